import { access, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { compareGolden as compare } from '../../src/golden/compare-golden.ts';
import type { GoldenCase, GoldenReport } from '../../src/golden/golden-report.ts';
import type { PluginSubject } from '../../src/golden/plugin-subject.ts';
import { recordGolden } from '../../src/golden/record-golden.ts';
import { compilePlugin } from '../compile-plugin.ts';
import { scratchSubject, writePicture } from '../plugin-subject.ts';
import { schemaErrors } from '../report-schemas.ts';

let plain = '';
let adjustable = '';
beforeAll(async () => {
  [plain, adjustable] = await Promise.all([compilePlugin('test/plugins/good/plain.c'), compilePlugin('test/plugins/adjustable.cpp')]);
});

const pictures = { 'good_1.png': 20, 'good_2.png': 60, 'sub/defect_10.png': 180 };
/** Every report of these tests, passed or not, is one by its published schema. */
async function bySchema<R>(name: string, report: Promise<R>): Promise<R> {
  expect(await schemaErrors(name, await report)).toEqual([]);
  return await report;
}
const compareGolden = (...args: Parameters<typeof compare>) => bySchema('golden-report-v1', compare(...args));
const record = (subject: PluginSubject, rest: Partial<Parameters<typeof recordGolden>[1]> = {}) =>
  bySchema('golden-record-v1', recordGolden(subject, { mode: 'changed', ci: false, ...rest }));
const statuses = ({ images }: GoldenReport): Record<string, string> =>
  Object.fromEntries(images.map(({ image, status }) => [image, status]));
const only = ({ images }: GoldenReport): GoldenCase => images[0] as GoldenCase;
const readJson = async (path: string): Promise<Record<string, unknown>> => JSON.parse(await readFile(path, 'utf8'));
const editEntry = async (subject: PluginSubject, change: (entry: Record<string, unknown>) => void): Promise<void> => {
  const file = JSON.parse(await readFile(subject.expectedResults, 'utf8'));
  change(file.images[0]);
  await writeFile(subject.expectedResults, JSON.stringify(file));
};

describe('recording and comparing', () => {
  test('what was recorded passes, and the files are where the documents want them', async () => {
    const subject = await scratchSubject(plain, pictures);
    const recorded = await record(subject);
    expect(recorded.recorded.map(({ image, decision }) => [image, decision])).toEqual([
      ['good_1.png', 'pass'],
      ['good_2.png', 'pass'],
      ['sub/defect_10.png', 'fail'],
    ]);
    expect(await readdir(join(subject.root, 'test'), { recursive: true })).toEqual(
      expect.arrayContaining([join('expected', 'good_1.png.map.npy'), join('expected', 'sub', 'defect_10.png.vis.png')]),
    );
    expect((await readdir(join(subject.root, 'test'))).sort()).toEqual(['expected', 'expected_results.json', 'test_images']);
    const report = await compareGolden(subject);
    expect(report).toMatchObject({
      ok: true,
      counts: { passed: 3, failed: 0, stale: 0, missing: 0 },
      plugin: { name: 'Plain C brightness' },
    });
    expect(new Set(only(report).lines.map(({ output }) => output)).size).toBe(7);
    const written = (await readdir(join(subject.root, 'reports')))[0] ?? '';
    expect(written).toMatch(/^golden\.[a-z]+-(x64|arm64)\.json$/);
    const text = await readFile(join(subject.root, 'reports', written), 'utf8');
    expect(JSON.parse(text)).toEqual(report);
    expect(text).not.toContain(subject.root);
    expect(await schemaErrors('expected-results', await readJson(subject.expectedResults))).toEqual([]);
    expect(await schemaErrors('expected-results', { images: [{ image: 'a.png' }] })).toEqual([
      "/images/0 must have required property 'decision'",
    ]);
  });

  test('another model output is a mismatch in every output that it touches, and is kept beside the reference', async () => {
    const subject = await scratchSubject(plain, { 'part.png': 100 });
    await record(subject);
    await writeFile(subject.model ?? '', 'mvas brightness model 1\n256 4\nend\n');
    const report = await compareGolden(subject);
    expect(only(report).status).toBe('stale');
    expect(only(report).reasons).toEqual(['the model changed since the reference was recorded']);
    const broken = new Set(
      only(report)
        .lines.filter(({ ok }) => !ok)
        .map(({ output }) => output),
    );
    expect([...broken]).toEqual(['confidence', 'anomaly_score', 'anomaly_map', 'bboxes', 'visualization', 'details']);
    expect((await readdir(join(subject.root, 'test/actual'))).sort()).toEqual(['part.png.json', 'part.png.map.npy', 'part.png.vis.png']);
    await record(subject, { reason: 'new model' });
    expect(await readdir(join(subject.root, 'test/actual'))).toEqual([]);
    expect((await compareGolden(subject)).ok).toBe(true);
    expect(await readJson(subject.expectedResults)).toMatchObject({ images: [{ provenance: { reason: 'new model' } }] });
  });

  test('a rebuilt plugin stays green, another configuration or picture is stale', async () => {
    const subject = await scratchSubject(plain, { 'part.png': 100 }, { threshold: 0.9 });
    await record(subject);
    await editEntry(subject, (entry) =>
      Object.assign(entry['provenance'] as object, { plugin: '0'.repeat(64), kit: '0.0.1', platform: 'macos-arm64' }),
    );
    expect((await compareGolden(subject)).ok).toBe(true);
    expect((await compareGolden({ ...subject, config: '{ "threshold": 0.90 }' })).ok).toBe(true);
    expect(only(await compareGolden({ ...subject, config: '{"threshold":0.95}' })).reasons).toEqual([
      'the configuration changed since the reference was recorded',
    ]);
    await writePicture(join(subject.testImages, 'part.png'), 101);
    expect(only(await compareGolden(subject)).reasons).toEqual(['the picture changed since the reference was recorded']);
  });

  test('other pixels from the same file are called a change of decoding, and the plugin is not asked', async () => {
    const subject = await scratchSubject(plain, { 'part.png': 100 });
    await record(subject);
    await editEntry(subject, (entry) => Object.assign(entry, { pixels_sha256: '0'.repeat(64) }));
    const { status, reasons, lines } = only(await compareGolden(subject));
    expect([status, lines]).toEqual(['failed', []]);
    expect(reasons[0]).toMatch(/^input decoding changed/);
  });

  test('an entry written by hand compares only what it says', async () => {
    const subject = await scratchSubject(plain, { 'part.png': 100 });
    const check = async (entry: object): Promise<string> => {
      await writeFile(subject.expectedResults, JSON.stringify({ images: [{ image: 'part.png', ...entry }] }));
      return only(await compareGolden(subject)).status;
    };
    expect(await check({ decision: 'review' })).toBe('passed');
    expect(await check({ decision: ['fail', 'review'], anomaly_score: { min: 0.4, max: 0.5 } })).toBe('passed');
    expect(await check({ decision: 'fail' })).toBe('failed');
    expect(await check({ decision: 'review', anomaly_score: { min: 0.46, max: 0.5 } })).toBe('failed');
    expect(await check({ decision: 'review', anomaly_map: null })).toBe('failed');
    expect(await check({ decision: 'review', anomaly_map: { file: 'none.npy', width: 16, height: 16 } })).toBe('failed');
    await expect(check({ decision: 'review', anomaly_scor: 1 })).rejects.toMatchObject({
      code: 'FILE_INVALID',
      message: expect.stringContaining('/images/0/anomaly_scor is not a known field (did you mean anomaly_score?)'),
    });
    await expect(check({ decision: 'review', image: '../part.png' })).rejects.toMatchObject({ code: 'FILE_INVALID' });
  });
});

describe('what is missing', () => {
  test('an image without reference fails, and recording with --missing adds only it', async () => {
    const subject = await scratchSubject(plain, { 'a.png': 20 });
    await record(subject);
    const before = await readFile(join(subject.root, 'test/expected/a.png.map.npy'));
    await writePicture(join(subject.testImages, 'b.png'), 90);
    const report = await compareGolden(subject);
    expect([report.ok, statuses(report)]).toEqual([false, { 'a.png': 'passed', 'b.png': 'missing' }]);
    expect((await record(subject, { mode: 'missing' })).recorded.map(({ image }) => image)).toEqual(['b.png']);
    expect(await readFile(join(subject.root, 'test/expected/a.png.map.npy'))).toEqual(before);
    expect((await compareGolden(subject)).ok).toBe(true);
    expect((await record(subject)).recorded).toEqual([]);
  });

  test('a picture that is gone or broken is a failed image, and the others are compared', async () => {
    const subject = await scratchSubject(plain, { 'a.png': 20, 'b.png': 30, 'c.png': 40 });
    await record(subject);
    await rm(join(subject.testImages, 'a.png'));
    await writeFile(join(subject.testImages, 'b.png'), 'no picture');
    expect(statuses(await compareGolden(subject))).toEqual({ 'a.png': 'failed', 'b.png': 'failed', 'c.png': 'passed' });
  });

  test('no picture at all means that nothing was tested', async () => {
    const subject = await scratchSubject(plain, { 'a.png': 20 });
    await rm(join(subject.testImages, 'a.png'));
    await expect(compareGolden(subject)).rejects.toMatchObject({ code: 'NOTHING_TESTED', exit: 2 });
    await rm(subject.testImages, { recursive: true });
    await expect(compareGolden(subject)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });

  test('an unknown case is named with the nearest one', async () => {
    const subject = await scratchSubject(plain, { 'part_1.png': 20 });
    await expect(compareGolden(subject, { cases: ['part_2.png'] })).rejects.toMatchObject({
      code: 'FLAG_INVALID',
      hint: expect.stringContaining('part_1.png'),
    });
  });
});

describe('recording is refused', () => {
  test('in continuous integration, whatever is asked, and nothing is written', async () => {
    const subject = await scratchSubject(plain, { 'a.png': 20 });
    await expect(record(subject, { ci: true, mode: 'all', reason: 'x' })).rejects.toMatchObject({ code: 'FLAG_INVALID' });
    expect(await readdir(join(subject.root, 'test'))).toEqual(['test_images']);
  });

  test('where the folder of the references cannot be made', async () => {
    const subject = await scratchSubject(plain, { 'a.png': 20 });
    await writeFile(join(subject.root, 'blocked'), '');
    const expectedResults = join(subject.root, 'blocked', 'expected_results.json');
    await expect(record({ ...subject, expectedResults })).rejects.toMatchObject({ code: 'WRITE_FAILED', exit: 3 });
  });

  test('without a reason when a reference would be replaced', async () => {
    const subject = await scratchSubject(plain, { 'a.png': 20 });
    await record(subject);
    const before = await readFile(subject.expectedResults);
    await expect(record(subject, { mode: 'all' })).rejects.toMatchObject({
      code: 'ANSWER_MISSING',
      message: expect.stringContaining('a.png'),
    });
    await expect(record(subject, { mode: 'all', reason: ' ' })).rejects.toMatchObject({ code: 'ANSWER_MISSING' });
    expect(await readFile(subject.expectedResults)).toEqual(before);
  });

  test('when the score drifts from call to call, and nothing is left behind', async () => {
    const subject = await scratchSubject(adjustable, { 'a.png': 20, 'b.png': 60 }, { drift: 0.001 });
    await expect(record(subject)).rejects.toMatchObject({
      code: 'GOLDEN_MISMATCH',
      message: expect.stringMatching(/does not repeat its result for b\.png: run 2 differs from run 1 in anomaly_score/),
    });
    expect(await readdir(join(subject.root, 'test'))).toEqual(['test_images']);
  });

  test('when only a fresh process shows the difference', async () => {
    const subject = await scratchSubject(adjustable, { 'a.png': 20 });
    const config = JSON.stringify({ marker: join(subject.root, 'marker') });
    await expect(record({ ...subject, config })).rejects.toMatchObject({
      message: expect.stringContaining('a run in a fresh process differs'),
    });
    await expect(access(subject.expectedResults)).rejects.toThrow();
  });

  test.skipIf(process.platform === 'win32')(
    'when a picture has a name that not every system takes, and nothing is left behind',
    async () => {
      const subject = await scratchSubject(plain, { 'part: 1.png': 20 });
      await expect(record(subject)).rejects.toMatchObject({
        code: 'FILE_INVALID',
        message: expect.stringContaining('/images/0/image must be a relative path'),
      });
      expect(await readdir(join(subject.root, 'test'))).toEqual(['test_images']);
    },
  );

  test('a small drift is recorded with its spread, and a tolerance below that is refused later', async () => {
    const subject = await scratchSubject(adjustable, { 'a.png': 20 }, { drift: 0.00001 });
    const suite = { tolerance: { details: { ignore: ['/calls'] } }, images: [] };
    await writeFile(subject.expectedResults, JSON.stringify(suite));
    await record(subject);
    const file = await readJson(subject.expectedResults);
    const spread = (file as { images: { provenance: { spread: Record<string, number> } }[] }).images[0]?.provenance.spread;
    expect(spread?.['anomaly_score']).toBeGreaterThan(0.00001);
    expect((await compareGolden(subject)).ok).toBe(true);
    await editEntry(subject, (entry) => Object.assign(entry, { tolerance: { anomaly_score: { abs: 0.000001, rel: 0 } } }));
    expect(only(await compareGolden(subject)).reasons[0]).toMatch(/^the tolerance of anomaly_score, 0\.000001, is below/);
  });

  test('a score near the threshold is recorded with a warning', async () => {
    const subject = await scratchSubject(adjustable, { 'a.png': 100, 'b.png': 20 }, { threshold: 0.3925 });
    const { recorded } = await record(subject);
    expect(recorded.map(({ warning }) => warning !== undefined)).toEqual([true, false]);
    expect(recorded[0]?.warning).toContain('where the decision changes');
  });
});

test('a plugin that crashes on one picture fails that one, and the next gets a fresh process', async () => {
  const subject = await scratchSubject(adjustable, { 'a.png': 20, 'b.png': 60, 'c.png': 90 });
  await record(subject);
  const crashing = { ...subject, config: '{"crash_on": 60}' };
  await editEntry(subject, (entry) => delete entry['provenance']);
  const report = await compareGolden(crashing);
  expect(report.images.map(({ status }) => status)).toEqual(['passed', 'failed', 'stale']);
  expect(report.images[1]?.reasons[0]).toMatch(/mvas_infer/);
});

test('an interrupted comparison says so', async () => {
  const subject = await scratchSubject(adjustable, { 'a.png': 20, 'b.png': 30 });
  const stop = new AbortController();
  const running = compareGolden(subject, { signal: stop.signal, onCase: () => stop.abort() });
  await expect(running).rejects.toMatchObject({ code: 'INTERRUPTED' });
});
