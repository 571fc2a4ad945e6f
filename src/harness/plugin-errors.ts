// What can go wrong inside a plugin, as errors that say in which call.
import { KitError } from '../core/kit-error.ts';
import { type AbiSymbol, describeCode } from './abi.ts';
import { itWrote } from './excerpt.ts';

/** A call that was under way or had just returned: its place in the sequence, function and arguments in words. */
export interface CallRecord {
  /** Counted from 1 over the life of the plugin. */
  readonly number: number;
  readonly function: AbiSymbol | 'load' | 'unload';
  /** Arguments in words: "640×480 GRAY stride 704". */
  readonly arguments: string;
  /** What the host was doing: inside the call, reading what it returned, or nothing since it returned. */
  readonly phase: 'inside' | 'reading' | 'after';
}

/** "in mvas_infer, call 17, 640×480 GRAY stride 704". */
export function describeCall(call: CallRecord): string {
  const place = { inside: 'in', reading: 'while reading the result of', after: 'after' }[call.phase];
  return `${place} ${call.function}, call ${call.number}${call.arguments === '' ? '' : `, ${call.arguments}`}`;
}

/** A plugin's function returned a code other than 0. */
export class PluginFailure extends KitError {
  readonly function: AbiSymbol;
  /** The code it returned. */
  readonly returned: number;
  /** What mvas_get_error gave, '' for nothing. */
  readonly errorText: string;
  readonly hasErrorText: boolean;

  /** `text` is what mvas_get_error gave; where the plugin has no such function, the message says so. */
  constructor(name: AbiSymbol, returned: number, text: string, hasErrorText = true) {
    const reason = text !== '' ? text : `code ${describeCode(returned)}${hasErrorText ? '' : ', plugin exports no mvas_get_error'}`;
    super('PLUGIN_FAILED', `${failureTitles[name] ?? `${name} failed`}: ${reason}`);
    this.function = name;
    this.returned = returned;
    this.errorText = text;
    this.hasErrorText = hasErrorText;
  }
}

const failureTitles: Partial<Record<AbiSymbol, string>> = {
  mvas_init: 'Plugin init failed',
  mvas_infer: 'Inference failed',
  mvas_infer_batch: 'Inference failed',
};

/** How a host process ended. */
export type Ending =
  | { readonly kind: 'crashed'; readonly signal: string }
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'hung'; readonly ms: number };

/** What a process wrote, capped. */
export interface CapturedOutput {
  readonly stdout: string;
  readonly stderr: string;
}

/** The plugin took its host process down, or had to be killed with it. */
export class PluginDeath extends KitError {
  readonly ending: Ending;
  readonly call: CallRecord | undefined;
  readonly output: CapturedOutput;

  constructor(library: string, ending: Ending, call: CallRecord | undefined, output: CapturedOutput) {
    const where = call === undefined ? 'before the first call' : describeCall(call);
    super(
      ending.kind === 'hung' ? 'PLUGIN_HUNG' : 'PLUGIN_CRASHED',
      `${library} ${describeEnding(ending)} ${where}${itWrote(output.stderr)}`,
      {
        hint: 'open it in a debugger as docs/guide/debug-a-crash.md shows',
      },
    );
    this.ending = ending;
    this.call = call;
    this.output = output;
  }
}

/** "crashed (SIGSEGV)", "ended its process with code 0", "did not return within 200 ms". */
export function describeEnding(ending: Ending): string {
  if (ending.kind === 'hung') return `did not return within ${ending.ms} ms`;
  return ending.kind === 'crashed' ? `crashed (${ending.signal})` : `ended its process with code ${ending.code}`;
}
