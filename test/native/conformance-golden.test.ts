// The checks on a project's own references and limits: each fails for its fault and for no other.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ConformanceReport } from '../../src/conformance/report-schema.ts';
import { evenPng, inspectionProject, writeFiles } from '../inspection-project.ts';
import { cli, scratchFolder } from '../scratch.ts';

async function recordedProject(): Promise<string> {
  const root = await inspectionProject(await scratchFolder(), 'test/plugins/good/plain.c');
  await writeFiles(root, {
    'test/test_images/dark.png': await evenPng([20, 20, 20]),
    'test/test_images/light.png': await evenPng([240, 240, 240]),
  });
  const { exitCode, stderr } = await cli(['golden', 'record', '--reason', 'first references'], { cwd: root });
  expect(exitCode, stderr).toBe(0);
  return root;
}

/** Status of golden/images, golden/fresh and golden/budget, and what they said. */
async function goldenOf(root: string): Promise<{ statuses: string[]; text: string; exitCode: number | null }> {
  const { stdout, stderr, exitCode } = await cli(['conform', '--only', 'golden', '--profile', 'strict', '--json'], { cwd: root });
  expect(stdout, stderr).not.toBe('');
  const { checks }: ConformanceReport = JSON.parse(stdout);
  return { statuses: checks.map(({ status }) => status), text: JSON.stringify(checks), exitCode };
}

async function changeReferences(root: string, change: (text: string) => string): Promise<void> {
  const path = join(root, 'test/expected_results.json');
  await writeFile(path, change(await readFile(path, 'utf8')));
}

test('a project without references is not judged by any, one with its own references keeps them', async () => {
  const bare = await inspectionProject(await scratchFolder(), 'test/plugins/good/plain.c');
  const none = await goldenOf(bare);
  expect([none.statuses, none.exitCode]).toEqual([['skip', 'skip', 'skip'], 0]);
  expect(none.text).toContain('no-references: ');
  const kept = await goldenOf(await recordedProject());
  expect([kept.statuses, kept.exitCode]).toEqual([['pass', 'pass', 'skip'], 0]);
});

test('golden/images fails for another result and nothing else does', async () => {
  const root = await recordedProject();
  await changeReferences(root, (text) => text.replace('"decision": "pass"', '"decision": "review"'));
  const { statuses, text, exitCode } = await goldenOf(root);
  expect([statuses, exitCode]).toEqual([['fail', 'pass', 'skip'], 1]);
  expect(text).toContain('dark.png: decision');
});

test.each([
  [
    'another model',
    (root: string) => writeFile(join(root, 'models/model.txt'), 'mvas brightness model 1\n255 0\nend\n'),
    'light.png: the model changed',
  ],
  [
    'a picture without a reference',
    async (root: string) => writeFiles(root, { 'test/test_images/new.png': await evenPng([128, 128, 128]) }),
    'new.png: no reference is recorded',
  ],
])('golden/fresh fails for %s', async (_title, change, said) => {
  const root = await recordedProject();
  await change(root);
  const { statuses, text } = await goldenOf(root);
  expect(statuses[1]).toBe('fail');
  expect(text).toContain(said);
});

test('a picture that is gone fails both, and references that cannot be read are a finding, not a crash of the suite', async () => {
  const root = await recordedProject();
  await rm(join(root, 'test/test_images/light.png'));
  const gone = await goldenOf(root);
  expect(gone.statuses).toEqual(['fail', 'fail', 'skip']);
  expect(gone.text).toContain('light.png: there is a reference but no picture');
  await changeReferences(root, () => '{"images": [{"image": 7}]}');
  const unreadable = await goldenOf(root);
  expect([unreadable.statuses, unreadable.exitCode]).toEqual([['fail', 'fail', 'skip'], 1]);
});

test('golden/budget warns of a limit that two runs break, and of no other', async () => {
  const root = await recordedProject();
  await writeFiles(root, { 'test/benchmark.json': JSON.stringify({ image: 'test_images/dark.png', load_ms: 100_000, memory_mb: 4000 }) });
  expect((await goldenOf(root)).statuses).toEqual(['pass', 'pass', 'pass']);
  await writeFiles(root, { 'test/benchmark.json': JSON.stringify({ image: 'test_images/dark.png', throughput_fps: 1e12 }) });
  const { statuses, text, exitCode } = await goldenOf(root);
  expect([statuses, exitCode]).toEqual([['pass', 'pass', 'warn'], 1]);
  expect(text).toMatch(/throughput_fps is .* \(\d+ samples\); benchmark.json allows 1000000000000/);
});
