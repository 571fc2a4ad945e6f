// Puts configuration entries into native memory, as mvas_set_config takes them.
import type { NativeBlock, NativeMemory } from '../harness/native-memory.ts';
import type { NativeStruct } from '../harness/raw-plugin.ts';

/** Keys and values in order; null is NULL, in place of the array too. */
export type ConfigEntries = Readonly<Record<string, string>> | readonly ConfigEntry[] | null;

/** One key with its value. */
export type ConfigEntry = readonly [key: string | null, value: string | null];

/** Entries as a plugin sees them. */
export interface LentConfig {
  /** Undefined for NULL. */
  readonly params: NativeStruct<'MVASConfigParam'> | undefined;
  readonly count: number;
  /** Writes "x" over every byte of keys and values. */
  overwrite(): void;
}

/** Makes the array; it stays until the process ends. */
export function lendConfig(memory: NativeMemory, entries: ConfigEntries): LentConfig {
  if (entries === null) return { params: undefined, count: 0, overwrite: () => undefined };
  const pairs: readonly ConfigEntry[] = Array.isArray(entries) ? entries : Object.entries(entries);
  const params = memory.struct('MVASConfigParam', Math.max(1, pairs.length));
  const texts: NativeBlock[] = [];
  const place = (field: 'key' | 'value', text: string | null, index: number) => {
    if (text === null) return;
    const block = memory.text(text);
    texts.push(block);
    params.set(field, block.address, index);
  };
  for (const [index, [key, value]] of pairs.entries()) {
    place('key', key, index);
    place('value', value, index);
  }
  const overwrite = () => {
    for (const block of texts) block.write(new Uint8Array(block.length - 1).fill(0x78));
  };
  return { params, count: pairs.length, overwrite };
}
