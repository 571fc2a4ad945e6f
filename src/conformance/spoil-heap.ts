// Leaves freed memory full of NaN, so that what a plugin forgets to write, or reads beyond its end, shows.
import type { NativeMemory } from '../harness/native-memory.ts';

const blockBytes = [1 << 9, 1 << 11, 1 << 13, 1 << 15, 1 << 16];
const blocksOfEach = 8;

/** Later allocations of the plugin, where it uses the same heap, come from this memory. */
export function spoilHeap(memory: NativeMemory): void {
  const blocks = blockBytes.flatMap((length) =>
    Array.from({ length: blocksOfEach }, () => {
      const block = memory.allocate(length);
      block.write(new Uint8Array(length).fill(0xff));
      return block;
    }),
  );
  memory.allocate(16); // stays, so that the system does not get the freed memory back
  for (const block of blocks) block.release();
}
