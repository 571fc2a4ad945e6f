// Reads a script app: what its manifest, its transforms and its rules say, and whether that can be run here.
import { join } from 'node:path';
import { readJsonFile } from '../core/json-file.ts';
import { KitError } from '../core/kit-error.ts';
import { decodeImage } from '../image/decode-image.ts';
import type { Config } from '../manifest/effective-config.ts';
import type { ScriptManifest } from '../manifest/script-manifest.ts';
import { modelLimits } from './open-model.ts';
import { readTransforms, refuse } from './read-transforms.ts';
import { type Rules, readRules, ruleProblems, valueAt, withSettings } from './rules.ts';
import type { ColourOrder } from './transforms/pixels.ts';
import type { Step } from './transforms/steps.ts';

/** A folder with a script's manifest and the files that it names. */
export interface ScriptFolder {
  readonly root: string;
  readonly manifest: ScriptManifest;
}

/** All that a script does with a picture. */
export interface ScriptPlan {
  readonly app: ScriptManifest['app'];
  /** Absolute path. */
  readonly model: string;
  readonly threads?: number;
  /** Most memory of the model's process, in MiB, where the manifest says that the app needs more than others. */
  readonly memoryMb?: number;
  /** How the first transform gets the picture. */
  readonly colours: ColourOrder;
  readonly steps: readonly Step[];
  readonly rules: Rules;
}

/**
 * Reads the rules as they are written.
 *
 * @throws {@link KitError} `MANIFEST_INVALID` for what is not run yet, with the reason; `FILE_NOT_FOUND`, `FILE_INVALID`.
 */
export async function readWrittenRules({ root, manifest }: ScriptFolder): Promise<unknown> {
  requireRunnable(manifest);
  const { postprocessing } = manifest;
  if (postprocessing === undefined)
    throw notRun(manifest, 'names no rules: nothing says which scores pass', 'write postprocessing/rules.json and name it in the manifest');
  const path = join(root, postprocessing);
  const rules = await readJsonFile(path);
  refuse(path, ruleProblems(rules));
  return rules;
}

/** The manifest with the values of the rules as the defaults of the settings that address them: the file says what holds. */
export function withRuleDefaults(manifest: ScriptManifest, rules: unknown): Pick<ScriptManifest, 'configuration'> {
  const { configuration } = manifest;
  const settings = configuration.user_configurable.map((setting) => ({
    ...setting,
    default: (valueAt(rules, setting.key) as typeof setting.default | undefined) ?? setting.default,
  }));
  return { configuration: { ...configuration, user_configurable: settings } };
}

/**
 * Reads all of a script, with settings laid over its rules.
 *
 * @throws {@link KitError} as {@link readWrittenRules}, and `CONFIG_INVALID` for a setting that is no part of the rules.
 */
export async function readScript(folder: ScriptFolder, settings: Config = {}): Promise<ScriptPlan> {
  const written = await readWrittenRules(folder);
  const { root, manifest } = folder;
  const { preprocessing, postprocessing = '', models, v1, app, requirements } = manifest;
  if (preprocessing === undefined)
    throw notRun(
      manifest,
      'names no transforms: nothing says how a picture becomes the model’s input',
      'write preprocessing/transforms.json and name it in the manifest',
    );
  const changed = withSettings(written, settings);
  const problems = ruleProblems(changed);
  if (problems.length > 0)
    throw new KitError(
      'CONFIG_INVALID',
      problems.map(({ pointer, rule }) => `${pointer.slice(1).replaceAll('/', '.')} ${rule}`).join('; '),
      {
        hint: 'settings of a script are places of its rules, such as thresholds.anomaly_score.review',
      },
    );
  const steps = await readTransforms(root, preprocessing);
  const roi = v1?.input?.roi_mask;
  const mask: Step[] = typeof roi === 'string' ? [{ op: 'apply_mask', params: {}, mask: await decodeImage(join(root, roi)) }] : [];
  return {
    app,
    model: join(root, models[0]?.path ?? ''),
    ...(v1?.model.runtime?.num_threads && { threads: Math.min(v1.model.runtime.num_threads, 256) }),
    ...(requirements.system_memory_mb !== undefined && { memoryMb: Math.max(modelLimits.memoryMb, requirements.system_memory_mb) }),
    colours: firstColours(manifest, steps),
    steps: [...mask, ...steps],
    rules: readRules(changed as Parameters<typeof readRules>[0], join(root, postprocessing)),
  };
}

/** Refuses what would be left out: a verdict without it would be another app's. */
function requireRunnable(manifest: ScriptManifest): void {
  const { pipeline, processors, models, package_type: kind } = manifest;
  if (kind === 'pipeline' || pipeline !== undefined)
    throw notRun(manifest, 'is a pipeline, which is not run yet', 'scripts of one model, its transforms and its rules are run');
  if (processors.length > 0)
    throw notRun(
      manifest,
      `needs the Python processors ${processors.map(({ id }) => id).join(', ')}, which are not run yet`,
      'decide by thresholds in rules.json',
    );
  if (models.length !== 1) throw notRun(manifest, `has ${models.length} models, and a script of one is run`, 'name one model');
  const { framework = 'onnx', path } = models[0] ?? { path: '' };
  if (!/^onnx(runtime)?$/i.test(framework) || !path.toLowerCase().endsWith('.onnx'))
    throw notRun(manifest, `has the model ${path} of ${framework}, and ONNX models are run`, 'export the model as ONNX');
}

/** bgr2rgb turns BGR into RGB, so a chain that begins with it means pictures in BGR; else the manifest says, or RGB holds. */
function firstColours({ v1 }: ScriptManifest, steps: readonly Step[]): ColourOrder {
  const swap = steps.find(({ op }) => op === 'bgr2rgb' || op === 'rgb2bgr');
  if (swap !== undefined) return swap.op === 'bgr2rgb' ? 'BGR' : 'RGB';
  const mode = v1?.input?.color_mode?.toUpperCase() ?? 'RGB';
  return mode === 'BGR' ? 'BGR' : /^GR[AE]Y(SCALE)?$|^MONO$/.test(mode) ? 'GRAY' : 'RGB';
}

function notRun({ app }: ScriptManifest, rule: string, hint: string): KitError {
  return new KitError('MANIFEST_INVALID', `${app.id} ${rule}`, { hint });
}
