// A script app that is ready: transforms here, the model in a process of its own, then rules, boxes and overlay.
import { setImmediate } from 'node:timers/promises';
import { KitError } from '../core/kit-error.ts';
import type { Picture } from '../image/picture.ts';
import { Deadline } from './deadline.ts';
import { drawFindings } from './draw-findings.ts';
import { findRegions } from './find-regions.ts';
import type { ModelMemory, ModelPort } from './model-messages.ts';
import { type Model, openModel } from './open-model.ts';
import type { ScriptPlan } from './read-script.ts';
import type { Rules } from './rules.ts';
import { readScriptOutput, type ScriptFindings } from './script-output.ts';
import { type ModelTensor, pixelsOf, type Value } from './transforms/pixels.ts';
import { runStep } from './transforms/steps.ts';
import { asTensor } from './transforms/to-tensor.ts';

/** What a script says about a picture: the same values as a plugin's. */
export interface ScriptResult {
  readonly decision: 'pass' | 'review' | 'fail';
  readonly confidence: number;
  /** As the model gave it. */
  readonly anomalyScore: number;
  /** Transforms, model and rules together. */
  readonly inferenceTimeMs: number;
  readonly anomalyMap?: { readonly width: number; readonly height: number; readonly data: Float32Array };
  readonly boxes: readonly { x1: number; y1: number; x2: number; y2: number; score: number; class: number }[];
  readonly visualization?: { readonly width: number; readonly height: number; readonly data: Uint8Array };
  /** JSON text. */
  readonly details: string;
  readonly wallTimeMs: number;
}

/** A script that is ready to inspect pictures. */
export interface Script extends AsyncDisposable {
  readonly plan: ScriptPlan;
  /** What starting the model's process and loading the model took, in milliseconds; `modelMs` is the latter alone. */
  readonly loadTimeMs: number;
  readonly modelMs: number;
  /** Of the model's process. */
  readonly memory: ModelMemory;
  /** Inspects one picture; when the model's process dies, the next picture gets a fresh one. */
  inspect(picture: Picture): Promise<ScriptResult>;
}

/** Longest inspection, as of plugins. */
const inspectionMs = 30_000;

/** Boxes that are told of; a map may have one in every fourth cell. */
const mostBoxes = 1000;

/** How to run a script. */
export interface ScriptOptions {
  readonly signal?: AbortSignal;
  /** Longest time of one inspection, transforms, model and drawing together; 30 s by default. */
  readonly timeoutMs?: number;
}

/**
 * Loads a script's model.
 *
 * @throws {@link KitError} `FILE_INVALID` when ONNX Runtime refuses it or it has more than one input, `INTERRUPTED`.
 */
export async function openScript(plan: ScriptPlan, options: ScriptOptions = {}): Promise<Script> {
  const start = performance.now();
  const { signal, timeoutMs = inspectionMs } = options;
  const open = () =>
    openModel(plan.model, {
      ...(signal && { signal }),
      ...(plan.memoryMb !== undefined && { memoryMb: plan.memoryMb }),
      ...(plan.threads !== undefined && { threads: plan.threads }),
    });
  let model: Model | undefined = await open();
  let { memory } = model;
  const { loadMs: modelMs } = model;
  const loadTimeMs = performance.now() - start;
  const close = async (): Promise<void> => {
    const former = model;
    model = undefined;
    await former?.[Symbol.asyncDispose]();
  };
  return {
    plan,
    loadTimeMs,
    modelMs,
    get memory() {
      return memory;
    },
    async inspect(picture) {
      model ??= await open();
      const begun = performance.now();
      const clock = new Deadline(plan.app.id, timeoutMs);
      const tensor = await transformed(picture, plan, clock, signal);
      const findings = await ran(model, tensor, plan, clock).catch(async (error: unknown) => {
        await close();
        throw error;
      });
      ({ memory } = model);
      const result = resultOf(picture, findings, plan, begun);
      clock.require('drawing its findings');
      return result;
    },
    [Symbol.asyncDispose]: close,
  };
}

/** Runs the transforms; between two of them an interrupt is heard and the time looked at. */
async function transformed(
  picture: Picture,
  { colours, steps }: ScriptPlan,
  clock: Deadline,
  signal: AbortSignal | undefined,
): Promise<ModelTensor> {
  let value: Value = pixelsOf(picture, colours);
  for (const [index, step] of steps.entries()) {
    await setImmediate();
    if (signal?.aborted) throw new KitError('INTERRUPTED', 'interrupted');
    try {
      value = runStep(value, step);
    } catch (error) {
      if (!(error instanceof KitError)) throw error;
      throw new KitError('INFER_FAILED', `transform ${index + 1}, ${step.op}, ${error.message}`, {
        cause: error,
        ...(error.hint !== undefined && { hint: error.hint }),
      });
    }
    clock.require(`transform ${index + 1}, ${step.op},`);
  }
  return asTensor(value);
}

async function ran(
  { ports, run }: Model,
  tensor: ModelTensor,
  { model, rules }: ScriptPlan,
  { leftMs }: Deadline,
): Promise<ScriptFindings> {
  const [input, ...others] = ports.inputs;
  if (input === undefined || others.length > 0)
    throw new KitError('FILE_INVALID', `${model} has ${ports.inputs.length} inputs, and a script feeds one`, {
      hint: 'export the model with one input',
    });
  requireFit(model, input, tensor);
  const { outputs } = await run(input.name, tensor, leftMs);
  return readScriptOutput(outputs, rules.metric);
}

function requireFit(path: string, { type, dims }: ModelPort, tensor: ModelTensor): void {
  const fits = dims.length === tensor.dims.length && dims.every((size, at) => size === -1 || size === tensor.dims[at]);
  if (fits && type === tensor.type) return;
  const wanted = `${type} ${dims.map((size) => (size === -1 ? '?' : size)).join('×')}`;
  throw new KitError('INFER_FAILED', `${path} takes ${wanted}, and the transforms make ${tensor.type} ${tensor.dims.join('×')}`, {
    hint: 'mend transforms.json: resize, to_tensor and add_batch_dim bring a picture to what a model takes',
  });
}

/** Decides as hosts do: below `pass` it passes, below `review` somebody looks, else it fails. */
function decide(score: number, { pass, review }: Rules): Pick<ScriptResult, 'decision' | 'confidence'> {
  const decision = score < Math.fround(pass) ? 'pass' : score < Math.fround(review) ? 'review' : 'fail';
  return { decision, confidence: Math.min(Math.max(decision === 'pass' ? 1 - score : score, 0), 1) };
}

function resultOf(picture: Picture, { score, map }: ScriptFindings, { rules }: ScriptPlan, begun: number): ScriptResult {
  const { outputs, drawing, metric, pass, review } = rules;
  const boxes = map === undefined ? [] : boxesOf(picture, map, rules);
  const shown = outputs.boxes ? boxes : [];
  const drawn = outputs.overlay ? drawFindings(picture, map, shown, drawing) : undefined;
  const ms = performance.now() - begun;
  return {
    ...decide(score, rules),
    anomalyScore: score,
    inferenceTimeMs: ms,
    ...(map && outputs.map && { anomalyMap: map }),
    boxes: shown,
    ...(drawn && { visualization: drawn }),
    details: JSON.stringify({ metric, regions: boxes.length, thresholds: { pass, review } }),
    wallTimeMs: ms,
  };
}

/** Regions of the map that reach the limit of refusal, in pixels of the picture. */
function boxesOf({ width, height }: Picture, map: NonNullable<ScriptFindings['map']>, { review, outputs }: Rules): ScriptResult['boxes'] {
  const [across, down] = [width / map.width, height / map.height];
  return findRegions(map, Math.fround(review), outputs.minArea / (across * down))
    .slice(0, mostBoxes)
    .map(({ x1, y1, x2, y2, peak }) => ({ x1: x1 * across, y1: y1 * down, x2: x2 * across, y2: y2 * down, score: peak, class: 0 }));
}
