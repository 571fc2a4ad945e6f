// Damages a binary in memory in ways that matter to readers of tables: numbers at their limits, holes, cuts.
import { seededRandom } from './random.ts';

const extremes = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

/**
 * Shows `count` damaged forms of `original` to `visit`, one after the other in the same memory.
 * Half of the damage is in the places that `interesting` lists: headers and tables.
 */
export function forEachMutant(
  original: Buffer,
  { seed, count, interesting }: { seed: number; count: number; interesting: readonly { offset: number; bytes: number }[] },
  visit: (mutant: Buffer, round: number) => void,
): void {
  const random = seededRandom(seed);
  const mutant = Buffer.from(original);
  for (let round = 0; round < count; round++) {
    const changed: { at: number; length: number }[] = [];
    for (let changes = 1 + random(4); changes > 0; changes--) {
      const { offset, bytes } = random(2) === 0 ? (interesting[random(interesting.length)] ?? whole(original)) : whole(original);
      const at = Math.min(original.length - 8, offset + random(Math.max(1, bytes))) & ~3;
      changed.push({ at, length: damage(mutant, at, random) });
    }
    const left = random(16) === 0 ? random(mutant.length) : mutant.length;
    visit(mutant.subarray(0, left), round);
    for (const { at, length } of changed) original.copy(mutant, at, at, at + length);
  }
}

function whole(original: Buffer): { offset: number; bytes: number } {
  return { offset: 0, bytes: original.length };
}

/** Writes over up to 64 bytes; returns how many. */
function damage(bytes: Buffer, at: number, random: (limit: number) => number): number {
  const kind = random(5);
  if (kind === 0) {
    bytes.writeUInt8(random(256), at + random(4));
    return 4;
  }
  if (kind === 1) {
    bytes.writeUInt32LE((bytes.readUInt32LE(at) ^ (1 << random(32))) >>> 0, at);
    return 4;
  }
  if (kind === 2) {
    bytes.writeUInt32LE(extremes[random(extremes.length)] ?? 0, at);
    return 4;
  }
  if (kind === 3) {
    bytes.writeUInt32LE((bytes.readUInt32LE(at) + random(9) - 4) >>> 0, at);
    return 4;
  }
  const length = Math.min(bytes.length - at, 1 + random(64));
  bytes.fill(random(2) * 255, at, at + length);
  return length;
}
