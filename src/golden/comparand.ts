// One side of `golden compare`: a library, a project, a package or a bare model, opened for inspecting pictures.
import { basename, resolve } from 'node:path';
import { sha256File } from '../core/digest.ts';
import type { Io } from '../core/io.ts';
import type { Picture } from '../image/picture.ts';
import { openModelInspector } from '../script/model-inspector.ts';
import { openInspector } from './inspector.ts';
import { type OpenSubject, openSubject, type SubjectFlags } from './open-subject.ts';
import { type ActualOutputs, outputsOf, type ReferenceOutputs } from './outputs.ts';
import { digestSubject, type PluginSubject, type SubjectDigests } from './plugin-subject.ts';
import { thresholdsOf } from './thresholds.ts';

/** Who a side is. Digests are SHA-256; null where there is no such file. */
export interface ComparandHead {
  /** The last part of the path that was named. */
  readonly file: string;
  readonly kind: 'plugin' | 'model';
  readonly name: string;
  readonly version: string;
  readonly plugin: string | null;
  readonly model: string | null;
  readonly config: string | null;
}

/** One inspection by a side, as reference and as result. */
export interface SideOutputs {
  readonly reference: ReferenceOutputs;
  readonly actual: ActualOutputs;
}

/** A side that is ready. */
export interface Comparand extends AsyncDisposable {
  readonly head: ComparandHead;
  /** Score at or over which it calls a place defective. */
  readonly threshold: number;
  /** Inspects one picture. */
  inspect(picture: Picture): Promise<SideOutputs>;
}

/** Whether a path names a bare model. */
export function isModelFile(path: string): boolean {
  return path.toLowerCase().endsWith('.onnx');
}

/**
 * Opens a bare model by ONNX Runtime in a process of its own, configured by the model_config.json beside it.
 *
 * @throws {@link KitError} whatever {@link openModelInspector} throws.
 */
export async function openModelSide(path: string, signal: AbortSignal): Promise<Comparand> {
  const model = await openModelInspector(path, signal);
  return {
    head: {
      file: basename(path),
      kind: 'model',
      name: basename(path),
      version: '',
      plugin: null,
      model: await sha256File(path),
      config: null,
    },
    threshold: model.config.threshold,
    async inspect(picture) {
      const { decision, anomalyScore, anomalyMap } = await model.inspect(picture);
      const outputs = { decision, anomalyScore, ...(anomalyMap && { anomalyMap }) };
      return { reference: outputs, actual: outputs };
    },
    [Symbol.asyncDispose]: () => Promise.resolve(model[Symbol.asyncDispose]()),
  };
}

/** A plugin's files, before it is loaded. */
export interface PluginSide extends AsyncDisposable {
  readonly file: string;
  readonly subject: PluginSubject;
}

/**
 * Finds a plugin's files; a package is verified first.
 *
 * @throws {@link KitError} whatever {@link openSubject} throws.
 */
export async function findPluginSide(path: string, flags: SubjectFlags, io: Pick<Io, 'cwd' | 'env' | 'signal'>): Promise<PluginSide> {
  const open: OpenSubject = await openSubject(path, flags, io);
  return {
    file: basename(resolve(io.cwd, path)),
    subject: open.subject,
    [Symbol.asyncDispose]: () => Promise.resolve(open[Symbol.asyncDispose]()),
  };
}

/**
 * Loads a plugin in a process of its own.
 *
 * @throws {@link KitError} whatever loading and init throw.
 */
export async function openPluginSide(file: string, subject: PluginSubject, signal: AbortSignal): Promise<Comparand> {
  const digests: SubjectDigests = await digestSubject(subject);
  const inspector = await openInspector(subject, signal);
  const { name, version } = inspector.info;
  return {
    head: { file, kind: 'plugin', name, version, ...digests },
    threshold: thresholdsOf(subject.config).threshold,
    async inspect(picture) {
      const result = await inspector.inspect(picture);
      return { reference: outputsOf(result), actual: result };
    },
    [Symbol.asyncDispose]: () => inspector.close(),
  };
}
