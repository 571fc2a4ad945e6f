// Reads rules.json and the settings laid over it: limits of the score, what is returned, how it is drawn.
import type { FromSchema } from 'json-schema-to-ts';
import { KitError } from '../core/kit-error.ts';
import type { Config } from '../manifest/effective-config.ts';
import { lazySchema, type SchemaProblem } from '../schema/compile-schema.ts';
import { colourScales } from './colour-scales.ts';
import { rulesSchema } from './rules-schema.ts';

/** rules.json as it is written. */
type WrittenRules = FromSchema<typeof rulesSchema>;

/** How a score becomes a decision, and what goes with it. */
export interface Rules {
  /** The name of the score. */
  readonly metric: string;
  /** Below it a part passes. */
  readonly pass: number;
  /** Below it somebody looks at the part, from it on the part fails. */
  readonly review: number;
  readonly outputs: { readonly map: boolean; readonly boxes: boolean; readonly overlay: boolean; readonly minArea: number };
  readonly drawing: {
    readonly scale: string;
    readonly alpha: number;
    readonly colour: readonly [number, number, number];
    readonly line: number;
  };
}

const check = lazySchema(rulesSchema);

/** What is wrong with written rules; fields that no decision depends on may be unknown. */
export function ruleProblems(value: unknown): SchemaProblem[] {
  return check(value).filter(({ unknownKey, pointer }) => !unknownKey || /^\/(thresholds|decision_logic)\//.test(pointer));
}

/**
 * What rules say, with the defaults of what they leave out.
 *
 * @throws {@link KitError} `FILE_INVALID` naming what cannot be done: conditions, limits of other scores than the model's, an unknown colour scale.
 */
export function readRules(written: WrittenRules, name: string): Rules {
  const { decision_logic: logic = {}, outputs = {}, visualization = {} } = written;
  if ((logic.rules ?? []).length > 0)
    throw unfit(
      name,
      '/decision_logic/rules decides by conditions, which are not evaluated yet',
      'decide by thresholds alone: remove the rules',
    );
  const limits = Object.entries(written.thresholds ?? {});
  const metric = logic.primary ?? (limits.length === 1 ? (limits[0]?.[0] ?? '') : 'anomaly_score');
  const others = limits.map(([key]) => key).filter((key) => key !== metric);
  if (others.length > 0)
    throw unfit(
      name,
      `/thresholds has limits of ${others.join(', ')}, and a script decides by ${metric} alone`,
      'remove them, or name the score in decision_logic.primary',
    );
  const { pass, review } = limits[0]?.[1] ?? { pass: 0.3, review: 0.7 };
  if (pass > review) throw unfit(name, `/thresholds/${metric}/pass is ${pass}, above review, which is ${review}`, 'swap the two limits');
  return { metric, pass, review, outputs: outputsOf(outputs), drawing: drawingOf(visualization, name) };
}

function outputsOf(outputs: Partial<NonNullable<WrittenRules['outputs']>>): Rules['outputs'] {
  return {
    map: outputs.include_anomaly_map ?? true,
    boxes: outputs.include_bounding_boxes ?? true,
    overlay: outputs.include_heatmap_overlay ?? true,
    minArea: outputs.defect_min_area ?? 100,
  };
}

function drawingOf(written: Partial<NonNullable<WrittenRules['visualization']>>, name: string): Rules['drawing'] {
  const { heatmap_colormap: scale = 'jet', heatmap_alpha: alpha = 0.5, bbox_color: hex = '#FF0000', bbox_thickness: line = 2 } = written;
  if (!Object.hasOwn(colourScales, scale))
    throw unfit(
      name,
      `/visualization/heatmap_colormap ${JSON.stringify(scale)} is not known`,
      `write one of ${Object.keys(colourScales).join(', ')}`,
    );
  const colour = Number.parseInt(hex.slice(1), 16);
  return { scale, alpha, colour: [colour >> 16, (colour >> 8) & 255, colour & 255], line };
}

function unfit(name: string, rule: string, hint: string): KitError {
  return new KitError('FILE_INVALID', `${name}: ${rule}`, { hint });
}

/** The value at a dotted key, or undefined. */
export function valueAt(rules: unknown, key: string): unknown {
  return key.split('.').reduce<unknown>((value, part) => (isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined), rules);
}

/** The rules with settings laid over them, each at the place that its dotted key names. */
export function withSettings(rules: unknown, settings: Config): unknown {
  return Object.entries(settings).reduce((sum, [key, value]) => placed(sum, key.split('.'), value), rules);
}

/** Copies all the way down; a computed key is always the object's own, whatever its name. */
function placed(into: unknown, [part, ...rest]: readonly string[], value: unknown): unknown {
  if (part === undefined) return value;
  const former = isObject(into) ? into : {};
  return { ...former, [part]: placed(Object.hasOwn(former, part) ? former[part] : undefined, rest, value) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
