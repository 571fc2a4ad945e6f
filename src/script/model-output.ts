// Reads a model's outputs: which is the anomaly map, which the score, and what they decide.
import { KitError } from '../core/kit-error.ts';
import type { HeatMap } from '../image/heat-map.ts';
import type { ModelConfig } from './model-config-schema.ts';
import type { Tensor } from './model-input.ts';

/** What a bare model says about a picture. */
export interface ModelVerdict {
  readonly decision: 'pass' | 'review' | 'fail';
  readonly anomalyScore: number;
  readonly anomalyMap?: HeatMap;
}

/**
 * Reads the outputs by name where the configuration names them, else by shape.
 *
 * @throws {@link KitError} `FILE_INVALID` when there is neither a map nor a score, or more than one of a kind.
 */
export function readModelOutput(
  outputs: Readonly<Record<string, Tensor>>,
  { output = {}, threshold, review_ratio: ratio = 1 }: ModelConfig,
): ModelVerdict {
  const map = choose(outputs, output.map, 'anomaly map', ({ dims }) => dims.filter((size) => size > 1).length === 2);
  const score = choose(outputs, output.score, 'anomaly score', ({ data }) => data.length === 1);
  const anomalyMap = map && heatMap(map, output);
  const anomalyScore = score?.data[0] ?? anomalyMap?.data.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  if (anomalyScore === undefined) {
    throw new KitError('FILE_INVALID', `the model gives neither an anomaly map nor a score: ${shapes(outputs)}`, {
      hint: 'name them in model_config.json: output.map and output.score',
    });
  }
  const decision = anomalyScore >= threshold ? 'fail' : anomalyScore >= ratio * threshold ? 'review' : 'pass';
  return { decision, anomalyScore, ...(anomalyMap && { anomalyMap }) };
}

function choose(
  outputs: Readonly<Record<string, Tensor>>,
  name: string | undefined,
  what: string,
  fits: (tensor: Tensor) => boolean,
): Tensor | undefined {
  if (name !== undefined) {
    const tensor = outputs[name];
    if (tensor !== undefined && fits(tensor)) return tensor;
    throw new KitError('FILE_INVALID', `the model gives no ${what} called ${name}: ${shapes(outputs)}`, {
      hint: 'mend output in model_config.json',
    });
  }
  const fitting = Object.values(outputs).filter(fits);
  if (fitting.length <= 1) return fitting[0];
  throw new KitError('FILE_INVALID', `the model gives ${fitting.length} outputs that may be the ${what}: ${shapes(outputs)}`, {
    hint: 'name the right one in model_config.json: output.map, output.score',
  });
}

function heatMap({ data, dims }: Tensor, { width, height }: NonNullable<ModelConfig['output']>): HeatMap {
  const [rows = 0, columns = 0] = dims.filter((size) => size > 1);
  if ((width ?? columns) === columns && (height ?? rows) === rows) return { width: columns, height: rows, data };
  throw new KitError('FILE_INVALID', `the model's map has ${columns}×${rows} values, model_config.json says ${width}×${height}`, {
    hint: 'mend output.width and output.height in model_config.json',
  });
}

function shapes(outputs: Readonly<Record<string, Tensor>>): string {
  return (
    Object.entries(outputs)
      .map(([name, { dims }]) => `${name} ${dims.join('×')}`)
      .join(', ') || 'no output of float32'
  );
}
