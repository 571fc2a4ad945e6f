// A plugin as the rest of the kit sees it: the same typed calls whether it runs in a process of its own or in this one.
import type { Frame } from '../image/frame.ts';
import type { AbiSymbol } from './abi.ts';

/** Who the plugin says it is. Texts that it leaves NULL are '', the format then 'RGB'. */
export interface PluginInfo {
  readonly name: string;
  readonly version: string;
  readonly author: string;
  readonly description: string;
  readonly modelType: string;
  /** Pixels. */
  readonly inputWidth: number;
  readonly inputHeight: number;
  /** 'RGB', 'BGR', 'GRAY' or 'RGBA' in a correct plugin. */
  readonly inputFormat: string;
}

/** A defect's place: corners in pixels of the submitted image, score 0..1. */
export interface Box {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly score: number;
  readonly class: number;
}

/** What an inspection found; every value is a copy that stays. */
export interface InferenceResult {
  /** 'pass', 'fail' or 'review' in a correct plugin; 'unknown' where it gave none. */
  readonly decision: string;
  readonly confidence: number;
  readonly anomalyScore: number;
  /** The plugin's own figure, in milliseconds. */
  readonly inferenceTimeMs: number;
  /** Row after row, width · height values. */
  readonly anomalyMap?: { readonly width: number; readonly height: number; readonly data: Float32Array };
  readonly boxes: readonly Box[];
  /** RGB, row after row, width · height · 3 bytes. */
  readonly visualization?: { readonly width: number; readonly height: number; readonly data: Uint8Array };
  /** The plugin's JSON object as it wrote it, not parsed. */
  readonly details?: string;
  /** What mvas_infer took by the host's clock, in milliseconds; of a batch each result has an equal share. */
  readonly wallTimeMs: number;
}

/** Configuration values as text, in order. */
export type ConfigValues = Readonly<Record<string, string>>;

/**
 * The calls of a plugin. A non-zero return is a {@link PluginFailure}, a death of the host process a {@link PluginDeath}.
 * An optional function that the plugin does not export is a KitError `PLUGIN_FAILED`, but warmup and getConfig.
 */
export interface PluginCalls {
  /** Who the plugin is; in every state. */
  info(): Promise<PluginInfo>;
  /** `model` is a path or null, `config` JSON text (default '{}') or null. */
  init(model: string | null, config?: string | null): Promise<void>;
  /** Inspects one frame. */
  infer(frame: Frame): Promise<InferenceResult>;
  /** By mvas_infer_batch. */
  inferBatch(frames: readonly Frame[]): Promise<InferenceResult[]>;
  /** Changes values from the next inspection on: all of them or none. */
  setConfig(values: ConfigValues): Promise<void>;
  /** JSON text, or null where the plugin gives none or does not export the function. */
  getConfig(): Promise<string | null>;
  /** Does nothing where the plugin does not export the function; default 10 iterations. */
  warmup(iterations?: number): Promise<void>;
  /** Allowed in every state. */
  cleanup(): Promise<void>;
  /** Text of mvas_get_error, '' for none. */
  error(): Promise<string>;
}

/** An open plugin: calls in the wrong state are a KitError `STATE_INVALID` and never reach the plugin. */
export interface PluginHost extends PluginCalls {
  /** Absolute path of the library. */
  readonly library: string;
  /** 'closed' after dispose or after the host process died. */
  readonly state: 'unloaded' | 'ready' | 'closed';
  /** The functions the library exports. */
  readonly exports: ReadonlySet<AbiSymbol>;
  /** Process id the plugin runs in. */
  readonly pid: number;
  /** What opening the library took, in milliseconds. */
  readonly loadTimeMs: number;
  /** The same calls without the state checks. */
  readonly raw: PluginCalls;
  /** Cleans up where needed and ends the host; a second call does nothing. Rejects when the plugin crashes on the way. */
  dispose(): Promise<void>;
}

/** Longest time each call may take, in milliseconds; then the host process is killed and `PLUGIN_HUNG` thrown. */
export interface Deadlines {
  /** Opening the library, its constructors included. */
  readonly load: number;
  readonly init: number;
  /** One inspection; a batch and a warm-up have it once per image. */
  readonly infer: number;
  /** Every other call. */
  readonly call: number;
}

/** What is allowed when nothing else is said. */
export const defaultDeadlines: Deadlines = { load: 30_000, init: 120_000, infer: 30_000, call: 10_000 };

/** How to open a plugin. */
export interface OpenOptions {
  /** Replaces single values of {@link defaultDeadlines}; the in-process host has no deadlines. */
  readonly deadlines?: Partial<Deadlines>;
  /** Folders with libraries the plugin needs; used on Windows, elsewhere the library's own RUNPATH decides. */
  readonly dependencies?: readonly string[];
  /** Working directory of the host process. */
  readonly cwd?: string;
  /** Environment of the host process, replacing the parent's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Kills the host and rejects what is under way with `INTERRUPTED`. */
  readonly signal?: AbortSignal;
}
