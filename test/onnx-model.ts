// Writes small ONNX files, so that tests need neither Python nor a model in the repository.

/** Element types of ONNX tensors that tests use. */
const elementTypes = { float: 1, uint8: 2, int64: 7 } as const;

/** A tensor's element type and sizes; a text in place of a size is an open dimension. */
export interface TensorType {
  readonly type: keyof typeof elementTypes;
  readonly shape: readonly (number | string)[];
}

export interface OnnxModelOptions {
  readonly input: TensorType;
  readonly output: TensorType;
  /** Operator that makes the output of the input, with integer or integer-list attributes. */
  readonly operator: string;
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>;
  /** Inputs and outputs that are declared besides, and that nothing computes. */
  readonly more?: { readonly inputs?: Readonly<Record<string, TensorType>>; readonly outputs?: Readonly<Record<string, TensorType>> };
}

/** The bytes of a model with one operator, input "input" and output "output" (IR version 8, opset 13). */
export function onnxModel(options: OnnxModelOptions): Uint8Array {
  const attributes = Object.entries(options.attributes ?? {}).map(([name, value]) => field(5, attribute(name, value)));
  const node = [field(1, 'input'), field(2, 'output'), field(4, options.operator), ...attributes].flat();
  const graph = [
    field(1, node),
    field(2, 'test'),
    field(11, valueInfo('input', options.input)),
    field(12, valueInfo('output', options.output)),
    ...Object.entries(options.more?.inputs ?? {}).map(([name, type]) => field(11, valueInfo(name, type))),
    ...Object.entries(options.more?.outputs ?? {}).map(([name, type]) => field(12, valueInfo(name, type))),
  ];
  return Uint8Array.from([field(1, 8), field(7, graph.flat()), field(8, field(2, 13))].flat());
}

function attribute(name: string, value: number | readonly number[]): number[] {
  const isList = typeof value !== 'number';
  const values = isList ? value.flatMap((item) => field(8, item)) : field(3, value);
  return [...field(1, name), ...values, ...field(20, isList ? 7 : 2)];
}

function valueInfo(name: string, { type, shape }: TensorType): number[] {
  const sizes = shape.flatMap((size) => field(1, typeof size === 'number' ? field(1, size) : field(2, size)));
  return [...field(1, name), ...field(2, field(1, [...field(1, elementTypes[type]), ...field(2, sizes)]))];
}

/** One field of a protocol buffer message: a number as varint, a text or a message with its length in front. */
function field(number: number, value: number | string | readonly number[]): number[] {
  if (typeof value === 'number') return [...varint(number << 3), ...varint(value)];
  const bytes = typeof value === 'string' ? [...new TextEncoder().encode(value)] : value;
  return [...varint((number << 3) | 2), ...varint(bytes.length), ...bytes];
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))];
}
