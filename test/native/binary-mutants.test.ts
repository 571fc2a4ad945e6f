// Damaged binaries: 100 000 of them end in a description or a refusal, each in bounded time and memory.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ByteReader, MalformedBinary } from '../../src/binary/byte-reader.ts';
import { structLayoutsOf } from '../../src/binary/dwarf/struct-layouts.ts';
import { readBytes } from '../../src/binary/read-binary.ts';
import { forEachMutant } from '../binary-mutants.ts';
import { compilePlugin } from '../compile-plugin.ts';
import { linkMac, macTools } from '../mac-library.ts';
import { scratchFolder } from '../scratch.ts';
import { optionalTool } from '../tools.ts';

const plain = 'test/plugins/good/plain.c';
const mostGrowth = 256 * 1024 * 1024;

function readAll(mutant: Buffer): 'read' | 'refused' {
  try {
    const binary = readBytes(ByteReader.ofBytes(mutant));
    structLayoutsOf(mutant, binary, ['MVASImage', 'MVASResult', 'MVASPluginInfo', 'MVASConfigParam']);
    return 'read';
  } catch (error) {
    if (error instanceof MalformedBinary || error instanceof RangeError) return 'refused';
    throw error;
  }
}

function survive(original: Buffer, seed: number, count: number): void {
  const { sections } = readBytes(ByteReader.ofBytes(original));
  const tables = sections.filter(({ isCode, bytes }) => !isCode && bytes > 0);
  const interesting = [{ offset: 0, bytes: 1024 }, { offset: original.length - 4096, bytes: 4096 }, ...tables];
  const before = process.memoryUsage.rss();
  const seen = { read: 0, refused: 0 };
  forEachMutant(original, { seed, count, interesting }, (mutant, round) => {
    try {
      seen[readAll(mutant)] += 1;
    } catch (cause) {
      throw new Error(`seed ${seed}, round ${round}`, { cause });
    }
  });
  expect(seen.read + seen.refused).toBe(count);
  // The damage reaches what the readers look at, and does not drown everything.
  expect(Math.min(seen.read, seen.refused)).toBeGreaterThan(count / 50);
  expect(process.memoryUsage.rss() - before).toBeLessThan(mostGrowth);
}

test('30 000 damaged libraries of this platform', async () => {
  survive(readFileSync(await compilePlugin(plain, { extraFlags: ['-s'] })), 1, 30_000);
});

test('10 000 damaged libraries of this platform with debug information', async () => {
  survive(readFileSync(await compilePlugin(plain, { extraFlags: ['-g'] })), 20260101, 10_000);
});

test.skipIf(!optionalTool('x86_64-w64-mingw32-gcc'))('30 000 damaged libraries for Windows', async () => {
  const options = { compiler: 'x86_64-w64-mingw32-gcc', flags: ['-shared', '-O1', '-s'], fileName: 'plugin.dll' };
  survive(readFileSync(await compilePlugin(plain, options)), 3, 30_000);
});

test.skipIf(macTools.includes(undefined))('30 000 damaged libraries for macOS, one half of them universal', async () => {
  const path = join(await scratchFolder(), 'plugin.dylib');
  linkMac(path, []);
  const thin = readFileSync(path);
  survive(thin, 7, 15_000);
  const head = Buffer.alloc(16384);
  for (const [at, word] of [0xcafebabe, 1, 0x0100000c, 0, 16384, thin.length, 14].entries()) head.writeUInt32BE(word, at * 4);
  survive(Buffer.concat([head, thin]), 8, 15_000);
});
