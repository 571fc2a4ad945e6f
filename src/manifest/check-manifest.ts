// Judges a manifest: every error and every warning at once, and the normalised form when there is no error.
import semver from 'semver';
import { appIdProblem } from '../core/app-id.ts';
import { closest } from '../core/closest.ts';
import { kitVersion } from '../core/kit-version.ts';
import { lazySchema, type SchemaProblem } from '../schema/compile-schema.ts';
import type { NativeManifest, UserSetting } from './native-manifest.ts';
import { nativeManifestSchema, type WrittenManifest } from './native-schema.ts';
import { normaliseManifest } from './normalise-manifest.ts';
import { settingError } from './setting-error.ts';

/** One thing that is wrong or doubtful in a manifest. */
export interface ManifestProblem {
  readonly severity: 'error' | 'warning';
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
  readonly problems: readonly ManifestProblem[];
  readonly manifest?: NativeManifest;
}

const checkSchema = lazySchema(nativeManifestSchema);

/** Checks a manifest read from JSON; never throws. */
export function checkManifest(value: unknown): ManifestReport {
  const foreign = foreignKind(value);
  if (foreign !== undefined) return { problems: [foreign] };
  const problems = checkSchema(value).map(fromSchema);
  if (problems.some(({ severity }) => severity === 'error')) return { problems };
  const written = value as WrittenManifest;
  problems.push(...wrongIds(written), ...tooNew(written), ...wrongSettings(written), ...doubtfulOutputs(written));
  if (problems.some(({ severity }) => severity === 'error')) return { problems };
  return { problems, manifest: normaliseManifest(written) };
}

function fromSchema({ unknownKey, ...problem }: SchemaProblem): ManifestProblem {
  return { severity: unknownKey ? 'warning' : 'error', ...problem };
}

/** Other kinds of manifest are named as such instead of failing field by field. */
function foreignKind(value: unknown): ManifestProblem | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || 'plugin' in value) return undefined;
  const kind =
    'package_type' in value ? String(value.package_type) : 'pipeline' in value ? 'pipeline' : 'models' in value ? 'script' : undefined;
  if (kind !== undefined && kind !== 'native') {
    return {
      severity: 'error',
      pointer: '/package_type',
      rule: 'must be "native": this version of the kit reads native manifests',
      value: kind,
    };
  }
  if (!('manifest_version' in value) && 'model' in value) {
    return {
      severity: 'error',
      pointer: '/manifest_version',
      rule: 'is required: a manifest of version 1 is not read by this version of the kit',
    };
  }
  return undefined;
}

function wrongIds({ app }: WrittenManifest): ManifestProblem[] {
  const rule = appIdProblem(app.id);
  return rule === undefined ? [] : [{ severity: 'error', pointer: '/app/id', rule, value: app.id }];
}

function tooNew({ minKitVersion }: WrittenManifest): ManifestProblem[] {
  if (minKitVersion === undefined || semver.gte(kitVersion, minKitVersion)) return [];
  const rule = `asks for a newer kit than this one, which is ${kitVersion}`;
  return [{ severity: 'error', pointer: '/minKitVersion', rule, value: minKitVersion }];
}

function wrongSettings({ configuration }: WrittenManifest): ManifestProblem[] {
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
