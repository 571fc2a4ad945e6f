// Small ONNX models that run, one for each shape of model that `mvas new --model` takes.
import { type OnnxModelOptions, onnxModel } from './onnx-model.ts';

const float = (...shape: readonly (number | string)[]) => ({ type: 'float', shape }) as const;
/** Brightness, taken over some axes: the least that is an anomaly map, a score or values of classes. */
const mean = (axes: readonly number[], input: OnnxModelOptions['input'], output: OnnxModelOptions['output']): OnnxModelOptions => ({
  input,
  output,
  operator: 'ReduceMean',
  attributes: { axes, keepdims: 0 },
});

/** Each by its name, with the flags that fit it. */
export const smallModels: Readonly<Record<string, { readonly model: Uint8Array; readonly flags: readonly string[] }>> = {
  'map-colour': { model: onnxModel(mean([1], float(1, 3, 48, 64), float(1, 48, 64))), flags: ['--normalize', 'unit'] },
  'map-grey-open': {
    model: onnxModel(mean([1], float('batch', 1, 'height', 'width'), float('batch', 'height', 'width'))),
    flags: ['--input-size', '80x40'],
  },
  'map-channels-last': { model: onnxModel(mean([3], float('N', 32, 32, 3), float('N', 32, 32))), flags: ['--normalize', 'unit'] },
  'score-grey': { model: onnxModel(mean([1, 2, 3], float(1, 1, 32, 32), float(1))), flags: [] },
  'score-colour': { model: onnxModel(mean([1, 2, 3], float('N', 3, 24, 24), float('N'))), flags: ['--normalize', 'signed'] },
  'classes-three': { model: onnxModel(mean([2, 3], float(1, 3, 32, 32), float(1, 3))), flags: ['--normalize', 'raw'] },
};
