// What a script may take of time and memory, and how it is told; what is measured of it.
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openModel } from '../../src/script/open-model.ts';
import { cpuAfter } from '../idle-cpu.ts';
import { onnxModel } from '../onnx-model.ts';
import { schemaErrors } from '../report-schemas.ts';
import { cli, scratchFolder } from '../scratch.ts';

let root: string;

beforeAll(async () => {
  root = join(await mkdtemp(join(tmpdir(), 'mvas-script-')), 'brick');
  expect(await cli(['new', root, '--yes', '--language', 'script', '--app-id', 'com.acme.brick'])).toMatchObject({ exitCode: 0 });
});

afterAll(async () => await rm(join(root, '..'), { recursive: true, force: true, maxRetries: 3 }));

test('a model that takes more memory than it may is stopped with that reason', async () => {
  const path = join(await scratchFolder(), 'bomb.onnx');
  const dims = [...Array<number>(63).fill(1), 4 << 20];
  // 64 whole numbers for each value that is not zero: 2 GiB
  const found = { type: 'int64', shape: [64, 'count'] } as const;
  await writeFile(path, onnxModel({ input: { type: 'float', shape: dims }, output: found, operator: 'NonZero' }));
  await using model = await openModel(path, { memoryMb: 400 });
  const run = model.run('input', { data: new Float32Array(4 << 20).fill(1), dims, type: 'float32' });
  await expect(run).rejects.toMatchObject({
    code: 'INFER_FAILED',
    message: `${path} took more than 400 MiB of memory and was stopped`,
    hint: expect.stringContaining('system_memory_mb'),
  });
});

test.skipIf(platform() !== 'linux' || availableParallelism() < 2)('a model’s threads do not wait for the next part in a loop', async () => {
  await using model = await openModel(join(root, 'models/model.onnx'), { threads: 2 });
  const children = (await readFile(`/proc/self/task/${process.pid}/children`, 'latin1')).split(' ').filter(Boolean);
  const own = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('model-entry.js'));
  const dims = [1, 3, 256, 256];
  const run = () => model.run('image', { data: new Float32Array(3 << 16), dims, type: 'float32' });
  expect(await cpuAfter(Number(own), run)).toBeLessThan(10); // some 40 when they do
});

test('a script is timed like a plugin, its results are held against the references, and its reports are joined', async () => {
  const { stdout, stderr, exitCode } = await cli([
    'bench',
    root,
    '-n',
    '12',
    '-w',
    '1',
    '--images',
    '--takt',
    '1ms',
    '--idle',
    '0.01',
    '--json',
  ]);
  expect(exitCode, stderr).toBe(0);
  const report = JSON.parse(stdout);
  expect(await schemaErrors('bench-report-v1', report)).toEqual([]);
  expect(report).toMatchObject({
    iterations: 12,
    latency: { samples: 12 },
    results: { reference: 'equal', changes: 0 },
    takt: { parts: 12 },
  });
  const { loadMs, initMs, firstInferMs } = report.cold;
  for (const ms of [loadMs, initMs, firstInferMs, report.memory.pluginMb, report.idle.latency.median]) expect(ms).toBeGreaterThan(0);
  expect(report.images.map(({ reference }: { reference: string }) => reference)).toEqual(Array(8).fill('equal'));
  expect(await cli(['golden', root])).toMatchObject({ exitCode: 0 });
  const joined = await cli(['report', root]);
  const index = await readFile(joined.stdout.trim(), 'utf8');
  expect(index).toContain('All in order');
  expect(index).not.toContain('conformance');
});

test('what cannot be measured of a script is refused with the reason', async () => {
  for (const flags of [['--sweep'], ['--distinct'], ['--hosts', '2'], ['--for', '1s']]) {
    const { exitCode, stderr } = await cli(['bench', root, ...flags]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`com.acme.brick is a script, and ${flags[0]} is for plugins: `);
  }
});

test('the time of an inspection holds for its transforms, too', async () => {
  const path = join(root, 'preprocessing/transforms.json');
  const { pipeline } = JSON.parse(await readFile(path, 'utf8')) as { pipeline: object[] };
  await writeFile(path, JSON.stringify({ pipeline: [{ op: 'gaussian_blur', params: { kernel_size: 255 } }, ...pipeline] }));
  const { stdout, stderr, exitCode } = await cli(['infer', root, join(root, 'test/test_images/good_01.png'), '--once', '--timeout', '1']);
  expect(exitCode).toBeGreaterThan(0);
  expect(stdout + stderr).toContain('com.acme.brick took longer than 1 ms: transform 1, gaussian_blur, was not done in time');
});
