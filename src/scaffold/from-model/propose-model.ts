// Looks at an ONNX model and says what a plugin around it is like, or why the kit cannot write one.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { KitError, toErrorText } from '../../core/kit-error.ts';
import { readError } from '../../core/read-error.ts';
import { type OnnxHeader, type OnnxTensor, readOnnxHeader } from '../../model/onnx-header.ts';
import type { ModelFacts, ModelKind, Normalisation } from './model-facts.ts';

/** What the user says where a model leaves it open. */
export interface ModelWishes {
  /** `WIDTHxHEIGHT` for a model that takes any size; default 256x256. */
  readonly size?: string | undefined;
  /** Default imagenet for colour, unit for grey. */
  readonly normalise?: Normalisation | undefined;
}

/** What was found, and what was assumed in finding it. */
export interface ModelProposal {
  readonly facts: ModelFacts;
  readonly notes: readonly string[];
}

type Size = readonly [width: number, height: number];
type Input = Pick<ModelFacts, 'inputName' | 'width' | 'height' | 'channels' | 'layout'>;
type Output = Pick<ModelFacts, 'kind' | 'outputName' | 'outputIndex' | 'outputWidth' | 'outputHeight'>;

/**
 * Reads a model's inputs and outputs and proposes a plugin.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, `FILE_INVALID` for what is no ONNX model, `MODEL_UNSUPPORTED` with the reason,
 * `FLAG_INVALID` for a size that the model does not take.
 */
export async function proposeModel(path: string, wishes: ModelWishes): Promise<ModelProposal> {
  const header = await readHeader(path);
  const refuse = refuser(path, header);
  const notes: string[] = [];
  const input = readInput(header, sizeOf(wishes.size), refuse, notes);
  const output = readOutput(header, input, refuse, notes);
  const normalise = wishes.normalise ?? (input.channels === 1 ? 'unit' : 'imagenet');
  if (wishes.normalise === undefined)
    notes.push(`the model does not say how pixels are scaled: ${normalise} is taken; --normalize says otherwise`);
  return { facts: { ...input, ...output, normalise }, notes };
}

async function readHeader(path: string): Promise<OnnxHeader> {
  const found = await stat(path).catch((cause: unknown) => {
    throw readError(path, cause, 'check the path');
  });
  if (!found.isFile()) throw new KitError('FILE_NOT_FOUND', `${path} is no file`, { hint: 'name an ONNX model' });
  return await readOnnxHeader(createReadStream(path)).catch((cause: unknown) => {
    throw new KitError('FILE_INVALID', `${path} is no ONNX model: ${toErrorText(cause)}`, { cause, hint: 'export the model to ONNX' });
  });
}

type Refuse = (rule: string, hint?: string) => KitError;

function refuser(path: string, { inputs, outputs }: OnnxHeader): Refuse {
  const ports = `inputs ${inputs.map(textOf).join(', ') || 'none'}; outputs ${outputs.map(textOf).join(', ')}`;
  return (rule, hint = 'start with mvas new --template cpp-onnx and adapt src/inference_engine.cpp to the model') =>
    new KitError('MODEL_UNSUPPORTED', `${path} ${rule} (${ports})`, { hint });
}

const textOf = ({ name, type, shape }: OnnxTensor): string => `${name}: ${type} ${shape.join('x') || 'scalar'}`;

function sizeOf(text: string | undefined): Size | undefined {
  if (text === undefined) return undefined;
  const [, width, height] = /^(\d{1,5})x(\d{1,5})$/.exec(text) ?? [];
  const size = [Number(width), Number(height)] as const;
  if (size.every((pixels) => pixels >= 1 && pixels <= 16384)) return size;
  throw new KitError('FLAG_INVALID', `--input-size "${text}" is no size`, { hint: 'give width x height in pixels, such as 256x256' });
}

function readInput({ inputs }: OnnxHeader, wished: Size | undefined, refuse: Refuse, notes: string[]): Input {
  const [input] = inputs;
  if (input === undefined || inputs.length !== 1) throw refuse(`has ${inputs.length} inputs, and a plugin feeds one image`);
  const { name, type, shape } = input;
  if (type !== 'float32') throw refuse(`takes ${type}, and the preprocessing makes float32`, 'export it with an input of float32');
  if (shape.length !== 4) throw refuse('does not take images: an image has four dimensions, batch, channels, height and width');
  const layout = isChannels(shape[1]) ? 'NCHW' : isChannels(shape[3]) ? 'NHWC' : undefined;
  if (layout === undefined) throw refuse('does not take images of 1 or 3 channels');
  if (typeof shape[0] === 'number' && shape[0] !== 1)
    throw refuse(`takes ${shape[0]} images at once`, 'export it with a batch of 1, or an open one');
  const [channels, height, width] = layout === 'NCHW' ? shape.slice(1) : [shape[3], shape[1], shape[2]];
  const size = [sideOf(width, wished?.[0], 'wide'), sideOf(height, wished?.[1], 'high')] as const;
  if (wished === undefined && (typeof width !== 'number' || typeof height !== 'number'))
    notes.push(`the model takes pictures of any size: ${size.join('x')} is taken; --input-size says otherwise`);
  return { inputName: name, width: size[0], height: size[1], channels: channels === 1 ? 1 : 3, layout };
}

const isChannels = (size: number | string | undefined): boolean => size === 1 || size === 3;

function sideOf(size: number | string | undefined, wished: number | undefined, side: string): number {
  if (typeof size !== 'number') return wished ?? 256;
  if (wished === undefined || wished === size) return size;
  throw new KitError('FLAG_INVALID', `the model takes pictures ${size} pixels ${side}, not ${wished}`, { hint: 'leave --input-size out' });
}

/** Reads the outputs: an anomaly map before a score before classes; what is not float32, labels and masks, is left out. */
function readOutput({ inputs, outputs }: OnnxHeader, input: Input, refuse: Refuse, notes: string[]): Output {
  const known = new Map(
    [...(inputs[0]?.shape ?? [])].flatMap((size, at) => (typeof size === 'string' ? [[size, knownSize(at, input)] as const] : [])),
  );
  const found = outputs.flatMap((tensor, outputIndex) => {
    const output = tensor.type === 'float32' ? kindOf(tensor, known, input, notes) : undefined;
    return output === undefined ? [] : [{ ...output, outputName: tensor.name, outputIndex }];
  });
  for (const kind of ['map', 'score', 'classes'] as const) {
    const [one, ...others] = found.filter((output) => output.kind === kind);
    if (others.length > 0) throw refuse(`gives ${others.length + 1} outputs that may be the ${kindTexts[kind]}`);
    if (one !== undefined) return one;
  }
  throw refuse('gives neither an anomaly map, nor a score, nor values of classes; boxes and masks have no one layout that a file tells');
}

const kindTexts: Readonly<Record<ModelKind, string>> = { map: 'anomaly map', score: 'score', classes: 'values of classes' };

function knownSize(at: number, { layout, width, height }: Input): number {
  if (at === 0) return 1;
  if (layout === 'NCHW') return at === 2 ? height : width;
  return at === 1 ? height : width;
}

function kindOf(
  { name, shape }: OnnxTensor,
  known: ReadonlyMap<string, number>,
  { width, height }: Input,
  notes: string[],
): Pick<Output, 'kind' | 'outputWidth' | 'outputHeight'> | undefined {
  const sizes = shape.map((size, at) => (typeof size === 'number' ? size : (known.get(size) ?? (at === 0 ? 1 : undefined))));
  const [rows, columns] = [sizes.at(-2), sizes.at(-1)];
  const openMap = shape.length >= 3 && rows === undefined && columns === undefined && sizes.slice(0, -2).every((size) => size === 1);
  if (openMap) {
    notes.push(
      `the model does not say how large its map ${name} is: ${width}x${height} is taken; the plugin says at its start when it is not`,
    );
    return { kind: 'map', outputWidth: width, outputHeight: height };
  }
  if (sizes.some((size) => size === undefined)) return undefined;
  const large = sizes.filter((size) => size !== undefined && size > 1);
  if (large.length === 0) return { kind: 'score', outputWidth: 1, outputHeight: 1 };
  const [first = 1, second = 1] = large;
  if (large.length === 1 && shape.length >= 2) return { kind: 'classes', outputWidth: first, outputHeight: 1 };
  const isMap = large.length === 2 && shape.length >= 3 && first === rows && second === columns;
  return isMap ? { kind: 'map', outputWidth: second, outputHeight: first } : undefined;
}
