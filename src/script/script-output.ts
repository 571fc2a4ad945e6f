// Takes score and anomaly map from what a script's model gives.
import { KitError } from '../core/kit-error.ts';
import type { HeatMap } from '../image/heat-map.ts';
import type { Tensor } from './model-input.ts';

/** Score and map as the model gives them: not confined to 0..1. */
export interface ScriptFindings {
  readonly score: number;
  readonly map?: HeatMap;
}

const scoreNames = ['anomaly_score', 'score', 'output_0', 'output'];
const mapNames = ['anomaly_map', 'heatmap', 'output_1', 'segmentation'];

/**
 * Reads the outputs by their names: the score from the one that has the metric's name, else from anomaly_score, score, output_0 or output,
 * its maximum where it has many values; the map from anomaly_map, heatmap, output_1 or segmentation. A single output is both.
 *
 * @throws {@link KitError} `FILE_INVALID` when no output is the score, `INFER_FAILED` when it is no finite number.
 */
export function readScriptOutput(outputs: Readonly<Record<string, Tensor>>, metric: string): ScriptFindings {
  const given = Object.entries(outputs);
  const named = (names: readonly string[]) => names.map((name) => (Object.hasOwn(outputs, name) ? outputs[name] : undefined)).find(Boolean);
  const single = given.length === 1 ? given[0]?.[1] : undefined;
  const source = single ?? named([metric, ...scoreNames]);
  if (source === undefined) {
    const shown = given.map(([name, { dims }]) => `${name} ${dims.join('×')}`).join(', ');
    throw new KitError('FILE_INVALID', `the model has no output that is the score: ${shown || 'none of real numbers'}`, {
      hint: `name one ${[...new Set([metric, ...scoreNames])].join(', ')}, or export the model with a single output`,
    });
  }
  const map = mapOf(single ?? named(mapNames));
  return { score: greatest(source.data), ...(map && { map }) };
}

function greatest(data: Float32Array): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const value of data) {
    if (!Number.isFinite(value))
      throw new KitError('INFER_FAILED', `the model gave ${value} where its score is taken from`, {
        hint: 'check its input range: normalize with the mean and std of its training',
      });
    if (value > most) most = value;
  }
  if (data.length > 0) return most;
  throw new KitError('INFER_FAILED', 'the model gave an empty score', { hint: 'check how the model was exported' });
}

/** Values of two dimensions, once those of size one are gone. */
function mapOf(tensor: Tensor | undefined): HeatMap | undefined {
  const sizes = (tensor?.dims ?? []).filter((size) => size > 1);
  const [height, width] = sizes;
  if (tensor === undefined || height === undefined || width === undefined || sizes.length !== 2) return undefined;
  return { width, height, data: tensor.data };
}
