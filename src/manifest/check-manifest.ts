// Judges a manifest: every error and every warning at once, and the normalised form when there is no error.
import isAtLeast from 'semver/functions/gte.js';
import { appIdProblem } from '../core/app-id.ts';
import { closest } from '../core/closest.ts';
import { kitVersion } from '../core/kit-version.ts';
import { lazySchema, type SchemaCheck, type SchemaProblem } from '../schema/compile-schema.ts';
import { type ManifestKind, manifestKind } from './manifest-kind.ts';
import type { UserSetting } from './native-manifest.ts';
import { nativeManifestSchema, type WrittenManifest } from './native-schema.ts';
import { normaliseNative, normaliseScript, normaliseV1 } from './normalise-manifest.ts';
import type { Manifest } from './script-manifest.ts';
import { scriptManifestSchema, type WrittenScriptManifest } from './script-schema.ts';
import { settingError } from './setting-error.ts';
import { v1ManifestSchema, type WrittenV1Manifest } from './v1-schema.ts';

/** One thing that is wrong or doubtful in a manifest, or in a file beside it. */
export interface ManifestProblem {
  readonly severity: 'error' | 'warning';
  /** Path of the file beside the manifest; absent = the manifest. */
  readonly file?: string;
  /** RFC 6901 JSON pointer of the field. */
  readonly pointer: string;
  /** The rule, as a clause after the pointer. */
  readonly rule: string;
  readonly value?: unknown;
  /** What was probably meant. */
  readonly suggestion?: string;
}

/** What is known of a manifest after checking it; `manifest` is there exactly when no problem is an error. */
export interface ManifestReport {
  readonly kind: ManifestKind;
  readonly problems: readonly ManifestProblem[];
  readonly manifest?: Manifest;
}

/** How one kind is judged beyond its schema, and normalised. */
interface Reader {
  readonly check: SchemaCheck;
  judge(written: unknown): ManifestProblem[];
  normalise(written: unknown): Manifest;
}

const scriptReader: Reader = {
  check: lazySchema(scriptManifestSchema),
  judge: (written) => scriptProblems(written as WrittenScriptManifest),
  normalise: (written) => normaliseScript(written as WrittenScriptManifest),
};

const readers: Readonly<Record<ManifestKind, Reader>> = {
  native: {
    check: lazySchema(nativeManifestSchema),
    judge: (written) => nativeProblems(written as WrittenManifest),
    normalise: (written) => normaliseNative(written as WrittenManifest),
  },
  pipeline: scriptReader,
  script: scriptReader,
  v1: {
    check: lazySchema(v1ManifestSchema),
    judge: (written) => wrongIds(written as WrittenV1Manifest),
    normalise: (written) => normaliseV1(written as WrittenV1Manifest),
  },
};

/** Checks a manifest of any kind, read from JSON; never throws. */
export function checkManifest(value: unknown): ManifestReport {
  const kind = manifestKind(value);
  const { check, judge, normalise } = readers[kind];
  const problems = check(value).map(fromSchema);
  if (!problems.some(isError)) problems.push(...judge(value));
  return problems.some(isError) ? { kind, problems } : { kind, problems, manifest: normalise(value) };
}

function isError({ severity }: ManifestProblem): boolean {
  return severity === 'error';
}

function fromSchema({ unknownKey, ...problem }: SchemaProblem): ManifestProblem {
  return { severity: unknownKey ? 'warning' : 'error', ...problem };
}

function nativeProblems(written: WrittenManifest): ManifestProblem[] {
  return [...wrongIds(written), ...tooNew(written), ...wrongSettings(written), ...doubtfulOutputs(written)];
}

function scriptProblems(written: WrittenScriptManifest): ManifestProblem[] {
  return [...wrongIds(written), ...tooNew(written), ...wrongSettings(written), ...wrongGraph(written), ...doubtfulCounts(written)];
}

/** A pipeline without a graph has nothing to run; two models of one id cannot be told apart. */
function wrongGraph({ package_type, pipeline, models, processors = [] }: WrittenScriptManifest): ManifestProblem[] {
  const missing: ManifestProblem[] =
    package_type === 'pipeline' && pipeline === undefined
      ? [{ severity: 'error', pointer: '/pipeline', rule: 'is required for a package of type pipeline' }]
      : [];
  return [...missing, ...repeated(models, '/models'), ...repeated(processors, '/processors')];
}

function repeated(items: readonly { readonly id: string }[], pointer: string): ManifestProblem[] {
  return items.flatMap(({ id }, index) => {
    const isFirst = items.findIndex((other) => other.id === id) === index;
    return isFirst ? [] : [{ severity: 'error', pointer: `${pointer}/${index}/id`, rule: 'must be unique', value: id }];
  });
}

/** The numbers follow from the models: what a manifest says of them is compared, never used. */
function doubtfulCounts({ pipeline, models }: WrittenScriptManifest): ManifestProblem[] {
  const said = pipeline?.models_count;
  if (said === undefined || said === models.length) return [];
  const rule = `is not the number of models, which is ${models.length}`;
  return [{ severity: 'warning', pointer: '/pipeline/models_count', rule, value: said }];
}

function wrongIds({ app }: { readonly app: { readonly id: string } }): ManifestProblem[] {
  const rule = appIdProblem(app.id);
  return rule === undefined ? [] : [{ severity: 'error', pointer: '/app/id', rule, value: app.id }];
}

function tooNew({ minKitVersion }: Pick<WrittenManifest, 'minKitVersion'>): ManifestProblem[] {
  if (minKitVersion === undefined || isAtLeast(kitVersion, minKitVersion)) return [];
  const rule = `asks for a newer kit than this one, which is ${kitVersion}`;
  return [{ severity: 'error', pointer: '/minKitVersion', rule, value: minKitVersion }];
}

function wrongSettings({ configuration }: Pick<WrittenManifest, 'configuration'>): ManifestProblem[] {
  const seen = new Set<string>();
  return (configuration?.user_configurable ?? []).flatMap((setting, index): ManifestProblem[] => {
    const pointer = `/configuration/user_configurable/${index}`;
    const twice = seen.has(setting.key);
    seen.add(setting.key);
    if (twice) return [{ severity: 'error', pointer: `${pointer}/key`, rule: 'must be unique', value: setting.key }];
    return wrongSetting(setting, pointer);
  });
}

function wrongSetting(setting: UserSetting, pointer: string): ManifestProblem[] {
  if (setting.type === 'enum' && setting.options === undefined) {
    return [{ severity: 'error', pointer: `${pointer}/options`, rule: 'is required for a setting of type enum' }];
  }
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = setting;
  if (min > max) return [{ severity: 'error', pointer: `${pointer}/min`, rule: `must not be above max ${max}`, value: min }];
  const rule = settingError(setting, setting.default);
  return rule === undefined ? [] : [{ severity: 'error', pointer: `${pointer}/default`, rule, value: setting.default }];
}

const outputs = ['decision', 'anomaly_score', 'confidence', 'anomaly_map', 'bboxes', 'visualization', 'details'];

function doubtfulOutputs(written: WrittenManifest): ManifestProblem[] {
  const provides = written.interface?.output?.provides ?? [];
  return provides.flatMap((name, index): ManifestProblem[] => {
    if (outputs.includes(name)) return [];
    const suggestion = closest(name, outputs);
    const rule = `is none of the outputs ${outputs.join(', ')}`;
    const problem = { severity: 'warning', pointer: `/interface/output/provides/${index}`, rule, value: name } as const;
    return [suggestion === undefined ? problem : { ...problem, suggestion }];
  });
}
