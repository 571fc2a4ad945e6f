// What an ONNX file says of itself: inputs, outputs, opset. The weights are skipped, so that a model of any size takes no memory.
import { ByteStream, MalformedStream } from './byte-stream.ts';
import { walkMessage } from './protobuf-fields.ts';

/** An input or output of a model. */
export interface OnnxTensor {
  readonly name: string;
  /** Element type such as `float32`; `unknown` for what is no tensor. */
  readonly type: string;
  /** Sizes; a text names an open one, `?` one without a name. */
  readonly shape: readonly (number | string)[];
}

/** What is known without running the model. */
export interface OnnxHeader {
  readonly irVersion: number;
  /** Version of the standard operators; 0 where a model uses none. */
  readonly opset: number;
  readonly producer: string;
  readonly inputs: readonly OnnxTensor[];
  readonly outputs: readonly OnnxTensor[];
  readonly nodeCount: number;
}

/** The element types of onnx.proto by their number. */
const elementTypes = [
  ...['unknown', 'float32', 'uint8', 'int8', 'uint16', 'int16', 'int32', 'int64', 'string', 'bool', 'float16', 'float64'],
  ...['uint32', 'uint64', 'complex64', 'complex128', 'bfloat16'],
];
const textLimit = 4096;
const mostTensors = 4096;

interface Graph {
  readonly inputs: OnnxTensor[];
  readonly outputs: OnnxTensor[];
  readonly initializers: Set<string>;
  nodeCount: number;
}

/**
 * Reads the header of an ONNX model.
 *
 * @throws {@link MalformedStream} when the bytes are no ONNX model.
 */
export async function readOnnxHeader(chunks: AsyncIterable<Uint8Array>): Promise<OnnxHeader> {
  const stream = new ByteStream(chunks);
  const graph: Graph = { inputs: [], outputs: [], initializers: new Set(), nodeCount: 0 };
  const header = { irVersion: 0, opset: 0, producer: '' };
  let importsOperators = false;
  await walkMessage(stream, undefined, async ({ number, value, length }) => {
    if (number === 1 && value !== undefined) header.irVersion = value;
    if (length === undefined) return false;
    if (number === 2) header.producer = await readText(stream, length);
    else if (number === 7) await readGraph(stream, length, graph);
    else if (number === 8) {
      header.opset = Math.max(header.opset, await readOpset(stream, length));
      importsOperators = true;
    } else return false;
    return true;
  });
  if (header.irVersion === 0 || !importsOperators || graph.outputs.length === 0)
    throw new MalformedStream('it has no version, operators or outputs');
  const { outputs, nodeCount, initializers } = graph;
  // Until IR version 4 every weight was listed as an input too.
  return { ...header, inputs: graph.inputs.filter(({ name }) => !initializers.has(name)), outputs, nodeCount };
}

async function readGraph(stream: ByteStream, length: number, graph: Graph): Promise<void> {
  await walkMessage(stream, length, async ({ number, length: size }) => {
    if (size === undefined) return false;
    if (number === 1) graph.nodeCount += 1;
    if (number === 5) await readName(stream, size, 8, graph.initializers);
    else if (number === 11) graph.inputs.push(await readTensor(stream, size));
    else if (number === 12) graph.outputs.push(await readTensor(stream, size));
    else return false;
    if (graph.inputs.length + graph.outputs.length > mostTensors) throw new MalformedStream(`it has more than ${mostTensors} inputs`);
    return true;
  });
}

async function readName(stream: ByteStream, length: number, field: number, names: Set<string>): Promise<void> {
  await walkMessage(stream, length, async ({ number, length: size }) => {
    if (number !== field || size === undefined) return false;
    names.add(await readText(stream, size));
    return true;
  });
}

async function readOpset(stream: ByteStream, length: number): Promise<number> {
  let [domain, version] = ['', 0];
  await walkMessage(stream, length, async ({ number, value, length: size }) => {
    if (number === 2 && value !== undefined) version = value;
    if (number !== 1 || size === undefined) return false;
    domain = await readText(stream, size);
    return true;
  });
  return domain === '' || domain === 'ai.onnx' ? version : 0;
}

async function readTensor(stream: ByteStream, length: number): Promise<OnnxTensor> {
  let name = '';
  let tensor: Omit<OnnxTensor, 'name'> = { type: 'unknown', shape: [] };
  await walkMessage(stream, length, async ({ number, length: size }) => {
    if (size === undefined) return false;
    if (number === 1) name = await readText(stream, size);
    else if (number === 2) tensor = await readType(stream, size);
    else return false;
    return true;
  });
  return { name, ...tensor };
}

/** TypeProto holds a tensor type in field 1, which holds element type and shape. */
async function readType(stream: ByteStream, length: number): Promise<Omit<OnnxTensor, 'name'>> {
  let type = 'unknown';
  const shape: (number | string)[] = [];
  await walkMessage(stream, length, async ({ number: kind, length: size }) => {
    if (kind !== 1 || size === undefined) return false;
    await walkMessage(stream, size, async ({ number, value, length: shapeSize }) => {
      if (number === 1 && value !== undefined) type = elementTypes[value] ?? 'unknown';
      if (number !== 2 || shapeSize === undefined) return false;
      await walkMessage(stream, shapeSize, async ({ number: dimension, length: dimensionSize }) => {
        if (dimension !== 1 || dimensionSize === undefined) return false;
        if (shape.length < 64) shape.push(await readDimension(stream, dimensionSize));
        return shape.length < 64;
      });
      return true;
    });
    return true;
  });
  return { type, shape };
}

async function readDimension(stream: ByteStream, length: number): Promise<number | string> {
  let size: number | string = '?';
  await walkMessage(stream, length, async ({ number, value, length: textLength }) => {
    if (number === 1 && value !== undefined) size = value;
    if (number !== 2 || textLength === undefined) return false;
    size = (await readText(stream, textLength)) || '?';
    return true;
  });
  return size;
}

async function readText(stream: ByteStream, length: number): Promise<string> {
  return new TextDecoder().decode(await stream.bytes(length, textLimit));
}
