// What an isolated host and its child say to each other; frames and arrays lie in the shared file.
import type { AbiSymbol } from '../abi.ts';
import type { CallRecord } from '../plugin-errors.ts';
import type { ConfigValues, InferenceResult, PluginInfo } from '../plugin-host.ts';
import { journalBytes } from './shared-file.ts';

/** Bytes in the shared file. */
export interface Span {
  readonly position: number;
  readonly length: number;
}

/** A frame whose bytes lie in the shared file. */
export interface SharedFrame {
  readonly data: Span;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly strideBytes: number;
  readonly format: string;
}

/** Everything a child is asked. */
export type Request =
  | { readonly call: 'open'; readonly library: string; readonly dependencies: readonly string[] }
  | { readonly call: 'info' | 'getConfig' | 'cleanup' | 'error' }
  | { readonly call: 'init'; readonly model: string | null; readonly config: string | null }
  | { readonly call: 'infer' | 'inferBatch'; readonly frames: readonly SharedFrame[]; readonly room: number }
  | { readonly call: 'setConfig'; readonly values: ConfigValues }
  | { readonly call: 'warmup'; readonly iterations: number };

/** A request with the time it may take, in milliseconds. */
export type NumberedRequest = Request & { readonly id: number; readonly deadlineMs: number };

/** A result whose arrays lie in the shared file. */
export type SharedResult = Omit<InferenceResult, 'anomalyMap' | 'visualization'> & {
  readonly anomalyMap?: { readonly width: number; readonly height: number; readonly data: Span };
  readonly visualization?: { readonly width: number; readonly height: number; readonly data: Span };
};

/** What `open` tells. */
export interface Opened {
  readonly exports: readonly AbiSymbol[];
  readonly loadTimeMs: number;
}

/** What a child answers, by request. */
export interface Answers {
  open: Opened;
  info: PluginInfo;
  init: undefined;
  infer: readonly SharedResult[];
  inferBatch: readonly SharedResult[];
  setConfig: undefined;
  getConfig: string | null;
  warmup: undefined;
  cleanup: undefined;
  error: string;
}

/** Why a request failed although the child lives on. */
export type Refusal =
  | {
      readonly kind: 'failure';
      readonly function: AbiSymbol;
      readonly returned: number;
      readonly text: string;
      readonly hasErrorText: boolean;
    }
  | { readonly kind: 'error'; readonly code: string | undefined; readonly message: string; readonly hint: string | undefined };

/** A child's message; `last` is the call it was about, not the freeing and asking around it, `calls` their number so far. */
export type Reply =
  | { readonly kind: 'ready' }
  | (Done & { readonly kind: 'answer'; readonly value: unknown })
  | (Done & { readonly kind: 'refusal'; readonly refusal: Refusal });

interface Done {
  readonly id: number;
  readonly last: CallRecord;
  readonly calls: number;
}

/** One journal entry as bytes: its length in two bytes, then JSON; cut to fit the page. */
export function encodeEntry(entry: CallRecord): Uint8Array {
  const fits = { ...entry, arguments: entry.arguments.slice(0, 600) };
  const text = Buffer.from(JSON.stringify(fits));
  const bytes = Buffer.alloc(Math.min(2 + text.length, journalBytes));
  bytes.writeUInt16LE(bytes.length - 2);
  text.copy(bytes, 2);
  return bytes;
}

/** The entry in a journal page; undefined where none was written. */
export function decodeEntry(page: Uint8Array): CallRecord | undefined {
  const length = (page[0] ?? 0) | ((page[1] ?? 0) << 8);
  if (length === 0) return undefined;
  return JSON.parse(Buffer.from(page.subarray(2, 2 + length)).toString('utf8')) as CallRecord;
}
