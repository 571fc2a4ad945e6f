import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hostile, model, weights } from '../hostile/change.ts';
import { archiveBytes, descriptor, goodArchive, type RawArchive, type RawEntry } from '../hostile-archives.ts';
import { readByKit, readByPython, readByUnzip, readByYauzl } from '../other-zip-readers.ts';
import { optionalTool } from '../tools.ts';

const run = promisify(execFile);
const worker = join(import.meta.dirname, '../../bench/package/read-mutants.js');
const folder = await mkdtemp(join(tmpdir(), 'mvas-test-'));
const kept = join(folder, 'kept');
beforeAll(() => mkdir(kept));
afterAll(() => rm(folder, { recursive: true }));

/** Unsigned, so the reader is less strict and more of what other readers think differs. */
function plain(change: Partial<RawEntry>): RawArchive {
  return { entries: model(change).entries.slice(1) };
}

const text = Buffer.from('weights weights weights weights');
const harmless: readonly (readonly [Hostile[0], RawArchive])[] = [
  ['signed', goodArchive()],
  ['streamed', model({ flags: 8, descriptor: descriptor(weights) })],
  ['unsigned', plain({})],
  ['dated', plain({ date: 0x5a21, time: 77, externalAttributes: 0x81ed0000, madeBy: (3 << 8) | 30 })],
  ['owned', plain({ extra: Buffer.from('5554050003aabbccdd', 'hex'), local: { extra: Buffer.from('7578040001020304', 'hex') } })],
  ['umlaut', plain({ flags: 2048, name: 'models/ä ö.onnx' })],
  ['deflated', plain({ method: 8, flags: 2, data: text })],
  ['bare', plain({ flags: 8, descriptor: descriptor(weights).subarray(4) })],
  ['windows', plain({ madeBy: 20, externalAttributes: 32 })],
  ['folders', { entries: [{ name: 'models/', data: Buffer.alloc(0), externalAttributes: 0x41ed0010 }, ...plain({}).entries] }],
  ['unordered', { ...plain({}), directoryOrder: [2, 0, 1] }],
];

async function writeHarmless(): Promise<string[]> {
  return await Promise.all(
    harmless.map(async ([title, archive]) => {
      const path = join(folder, `${title}.zip`);
      await writeFile(path, archiveBytes(archive));
      return path;
    }),
  );
}

test('a million damaged archives crash nothing, hang nothing and take no memory', { timeout: 300_000 }, async () => {
  const paths = await writeHarmless();
  const outcomes = await Promise.all(
    [20260101, 20260102].map(async (seed) => {
      const args = ['--max-old-space-size=64', worker, '500000', String(seed), kept, ...paths];
      return JSON.parse((await run(process.execPath, args)).stdout) as Record<string, number>;
    }),
  );
  for (const outcome of outcomes) {
    expect(outcome['grownMb']).toBeLessThanOrEqual(64);
    expect(outcome['CONTAINER_MALFORMED']).toBeGreaterThan(300_000);
    expect(outcome['taken']).toBeGreaterThan(1000);
  }
});

const [unzip, python] = [optionalTool('unzip'), optionalTool('python3')];

test.skipIf(unzip === undefined || python === undefined)(
  'whatever the reader takes, damaged or not, holds the same files and bytes for yauzl, Python and unzip',
  async () => {
    const paths = [...(await writeHarmless()), ...(await readdir(kept)).map((name) => join(kept, name))];
    expect(paths.length).toBeGreaterThan(100);
    const byPython = await readByPython(python ?? '', paths);
    for (const [index, path] of paths.entries()) {
      const own = await readByKit(path);
      expect(await readByYauzl(path), `yauzl, ${path}`).toEqual(own);
      expect(byPython[index], `Python, ${path}`).toEqual(own);
      expect(await readByUnzip(unzip ?? '', path, folder), `unzip, ${path}`).toEqual(own);
    }
  },
);
