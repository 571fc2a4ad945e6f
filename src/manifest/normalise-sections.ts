// Brings the sections that all kinds of manifests share to one spelling.
import type { FromSchema } from 'json-schema-to-ts';
import type { appSchema, marketplaceSchema } from './app-schema.ts';
import type { ManifestAuthor, ManifestMarketplace, ManifestRequirements, NativeManifest } from './native-manifest.ts';
import type { requirementsSchema } from './plugin-schema.ts';
import type { testingSchema } from './section-schemas.ts';

type Present<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Drops the fields that are undefined. */
export function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}

export function normaliseApp({ author, tags = [], preview_images = [], ...fields }: FromSchema<typeof appSchema>): NativeManifest['app'] {
  return { ...fields, tags, preview_images, ...present({ author: author === undefined ? undefined : normaliseAuthor(author) }) };
}

function normaliseAuthor(author: NonNullable<FromSchema<typeof appSchema>['author']>): ManifestAuthor {
  if (typeof author === 'string') return { name: author };
  return { name: author.name, ...present({ email: author.email, url: author.url ?? author.website }) };
}

export function normaliseRequirements(written: FromSchema<typeof requirementsSchema> = {}): ManifestRequirements {
  const { runtime = {}, min_mvas_version, min_memory_mb, dependencies = {}, ...fields } = written;
  return {
    gpu_required: runtime.gpu_required ?? false,
    gpu_recommended: runtime.gpu_recommended ?? false,
    ...present({
      mvas_version: min_mvas_version,
      gpu_memory_mb: runtime.gpu_memory_mb,
      system_memory_mb: min_memory_mb ?? runtime.min_memory_mb,
    }),
    ...fields,
    dependencies,
  };
}

/** `test_suite` is the folder that holds what the more exact fields name. */
export function normaliseTesting(written: FromSchema<typeof testingSchema> = {}): NativeManifest['testing'] {
  const suite = written.test_suite?.replace(/\/$/, '');
  return present({
    test_images: written.test_images ?? written.benchmark_images ?? (suite === undefined ? undefined : `${suite}/test_images`),
    expected_results: written.expected_results ?? (suite === undefined ? undefined : `${suite}/expected_results.json`),
  });
}

export function normaliseMarketplace(written: FromSchema<typeof marketplaceSchema> = {}): ManifestMarketplace {
  const { price, price_monthly_usd, ...fields } = written;
  return {
    ...(price === undefined ? {} : { pricing: price }),
    ...(price_monthly_usd === undefined ? {} : { price_usd: price_monthly_usd, period: 'month' }),
    ...fields,
  };
}
