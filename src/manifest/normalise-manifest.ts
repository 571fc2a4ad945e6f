// Brings both spellings of the documents to the one internal form.
import type { ManifestAuthor, ManifestMarketplace, ManifestRequirements, NativeManifest } from './native-manifest.ts';
import type { WrittenManifest } from './native-schema.ts';

/** Where the model lies when a manifest does not say. */
const defaultModelPath = 'models/model.onnx';

/** Normalises a manifest that passed its schema. */
export function normaliseManifest(written: WrittenManifest): NativeManifest {
  const { app, plugin, configuration, performance, testing } = written;
  const { author, tags = [], preview_images = [], ...appFields } = app;
  return {
    manifest_version: written.manifest_version,
    package_type: 'native',
    ...present({ minKitVersion: written.minKitVersion }),
    app: { ...appFields, tags, preview_images, ...present({ author: author === undefined ? undefined : normaliseAuthor(author) }) },
    plugin: {
      interface_version: plugin.interface_version ?? '2.0',
      binaries: plugin.binaries,
      model: { path: defaultModelPath, ...plugin.model, engines: plugin.model?.engines ?? {} },
      dependencies: plugin.dependencies ?? {},
    },
    requirements: normaliseRequirements(written.requirements ?? {}),
    interface: {
      thread_safe: written.interface?.thread_safe ?? false,
      input: written.interface?.input ?? {},
      output: written.interface?.output ?? {},
    },
    configuration: { ...configuration, user_configurable: configuration?.user_configurable ?? [] },
    performance: { ...present({ baseline: testing?.performance_baseline }), ...performance },
    testing: normaliseTesting(testing ?? {}),
    marketplace: normaliseMarketplace(written.marketplace ?? {}),
    extraFiles: written.extraFiles ?? [],
  };
}

function normaliseAuthor(author: NonNullable<WrittenManifest['app']['author']>): ManifestAuthor {
  if (typeof author === 'string') return { name: author };
  return { name: author.name, ...present({ email: author.email, url: author.url ?? author.website }) };
}

function normaliseRequirements(written: NonNullable<WrittenManifest['requirements']>): ManifestRequirements {
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
function normaliseTesting(written: NonNullable<WrittenManifest['testing']>): NativeManifest['testing'] {
  const suite = written.test_suite?.replace(/\/$/, '');
  return present({
    test_images: written.test_images ?? written.benchmark_images ?? (suite === undefined ? undefined : `${suite}/test_images`),
    expected_results: written.expected_results ?? (suite === undefined ? undefined : `${suite}/expected_results.json`),
  });
}

function normaliseMarketplace(written: NonNullable<WrittenManifest['marketplace']>): ManifestMarketplace {
  const { price, price_monthly_usd, ...fields } = written;
  return {
    ...(price === undefined ? {} : { pricing: price }),
    ...(price_monthly_usd === undefined ? {} : { price_usd: price_monthly_usd, period: 'month' }),
    ...fields,
  };
}

type Present<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Drops the fields that are undefined. */
function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}
