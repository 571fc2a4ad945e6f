import { readdir, readFile, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { hostPlatform, platformKeys } from '../../src/core/platform.ts';
import { readNpy } from '../../src/image/npy.ts';
import { type InferOptions, inferOnce } from '../../src/runtime/infer-once.ts';
import { copyWithin, evenPng, inspectionProject, writeFiles } from '../inspection-project.ts';
import { pngBytes } from '../picture-files.ts';
import { scratchFolder } from '../scratch.ts';
import { testIo } from '../test-io.ts';

const moods = 'test/plugins/runtime/moods.c';
const red = [255, 0, 0] as const;
const green = [0, 255, 0] as const;
const blue = [0, 0, 255] as const;
const pictures: Record<string, Uint8Array> = {};

beforeAll(async () => {
  pictures['dark.png'] = await evenPng([20, 20, 20]);
  pictures['middle.png'] = await evenPng([90, 90, 90]);
  pictures['bright.png'] = await evenPng([250, 250, 250], 64, 48);
});

async function project(sections: Parameters<typeof inspectionProject>[2] = {}, source = moods): Promise<string> {
  const root = await inspectionProject(await scratchFolder(), source, sections);
  await writeFiles(join(root, 'photos'), pictures);
  return root;
}

async function infer(root: string, inputs: readonly string[], options: Partial<InferOptions> = {}) {
  const { records, ...rest } = await inferOnce(root, inputs, { io: testIo(root), ...options });
  return { ...rest, records, verdicts: records.map((record) => [record.image, 'error' in record ? record.error.code : record.decision]) };
}

const verdictsOfAll = [
  ['photos/bright.png', 'fail'],
  ['photos/dark.png', 'pass'],
  ['photos/middle.png', 'review'],
];

describe('a project', () => {
  test('is inspected with its own settings, and single settings change the verdict', async () => {
    const root = await project();
    expect((await infer(root, ['photos'])).verdicts).toEqual(verdictsOfAll);
    const strict = await infer(root, ['photos/middle.png'], { settings: { values: { threshold: '0.2' } } });
    expect(strict.verdicts).toEqual([['photos/middle.png', 'fail']]);
  });

  test('gives the same records in this process and in batches', async () => {
    const root = await project();
    const timeless = ({ records }: { records: readonly object[] }) =>
      records.map((record) => ({ ...record, inference_time_ms: 0, wall_time_ms: 0 }));
    const isolated = await infer(root, ['photos']);
    const batched = await infer(root, ['photos'], { batch: true });
    expect(batched.app.batchSize).toBe(4);
    expect(timeless(batched)).toEqual(timeless(isolated));
    expect(timeless(await infer(root, ['photos'], { inProcess: true }))).toEqual(timeless(isolated));
  });

  test('without a library for this machine is refused in the words of the documents', async () => {
    const other = platformKeys.find((key) => key !== hostPlatform()) ?? '';
    const root = await project({ plugin: { binaries: { [other]: 'bin/plugin.so' } } });
    await expect(infer(root, ['photos'])).rejects.toMatchObject({
      code: 'PLATFORM_UNSUPPORTED',
      message: `No binary for platform: ${hostPlatform()}`,
      hint: expect.stringContaining(other),
    });
  });

  test('that was never built names the missing library and the command', async () => {
    const root = await project();
    await rm(join(root, 'bin'), { recursive: true });
    await expect(infer(root, ['photos'])).rejects.toMatchObject({ code: 'FILE_NOT_FOUND', hint: expect.stringContaining('mvas build') });
  });

  test('is neither a folder without a manifest nor a missing path', async () => {
    const root = await project();
    for (const subject of ['photos', 'nowhere']) {
      await expect(inferOnce(join(root, subject), ['photos'], { io: testIo(root) })).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    }
  });
});

describe('the model', () => {
  test('that comes first is loaded, and nothing is said about the fallback', async () => {
    const root = await project({ plugin: { model: { path: 'models/model.txt', fallback: 'models/other.txt' } } });
    const { app } = await infer(root, ['photos/dark.png']);
    expect([app.model.role, app.model.name, app.passedOver]).toEqual(['model', 'models/model.txt', []]);
  });

  test('is the fallback when the first one is missing', async () => {
    const root = await project({ plugin: { model: { path: 'models/missing.txt', fallback: 'models/model.txt' } } });
    const { app, verdicts } = await infer(root, ['photos/dark.png']);
    expect(verdicts).toEqual([['photos/dark.png', 'pass']]);
    expect([app.model.role, app.passedOver]).toEqual(['fallback', ['models/missing.txt is missing']]);
  });

  test('is the fallback when the plugin cannot load the first one', async () => {
    const root = await project({ plugin: { model: { path: 'models/broken.txt', fallback: 'models/model.txt' } } });
    await writeFiles(root, { 'models/broken.txt': 'nonsense' });
    const { app } = await infer(root, ['photos/dark.png']);
    expect(app.model.role).toBe('fallback');
    expect(app.passedOver[0]).toMatch(/^models\/broken\.txt: Plugin init failed: /);
  });

  test('is missing altogether: the plugin says so, and the error tells of every model', async () => {
    const root = await project({ plugin: { model: { path: 'models/missing.txt', fallback: 'models/gone.txt' } } });
    await expect(infer(root, ['photos/dark.png'])).rejects.toMatchObject({
      code: 'PLUGIN_FAILED',
      message: expect.stringMatching(/Plugin init failed: .*gone\.txt.*before that: models\/missing\.txt is missing/),
    });
  });

  test('is not replaced when init refuses something else', async () => {
    const root = await project({
      plugin: { model: { path: 'models/model.txt', fallback: 'models/other.txt' } },
      configuration: { default_config: { threshold: 'high' }, user_configurable: [] },
    });
    await copyWithin(root, 'models/model.txt', 'models/other.txt');
    await expect(infer(root, ['photos'])).rejects.toMatchObject({ code: 'PLUGIN_FAILED', returned: -3 });
  });
});

describe('a bad picture', () => {
  test('of any kind is listed with its error, and the others are inspected', async () => {
    const root = await project();
    await writeFiles(join(root, 'photos'), {
      'a-text.png': 'no picture',
      'b-empty.png': '',
      'c-torn.png': pictures['bright.png'] ?? '',
      'd-deep.png': pngBytes(1, 1, 16, 0, [[0x80, 0x80]]),
      'e-tiny.png': await evenPng([20, 20, 20], 1, 1),
    });
    await truncate(join(root, 'photos', 'c-torn.png'), 80);
    expect((await infer(root, ['photos'])).verdicts).toEqual([
      ['photos/a-text.png', 'IMAGE_INVALID'],
      ['photos/b-empty.png', 'IMAGE_INVALID'],
      verdictsOfAll[0],
      ['photos/c-torn.png', 'IMAGE_INVALID'],
      ['photos/d-deep.png', 'fail'],
      verdictsOfAll[1],
      ['photos/e-tiny.png', 'pass'],
      verdictsOfAll[2],
    ]);
  });

  test('that the plugin refuses has the plugin’s own words, alone and in a batch', async () => {
    const root = await project();
    await writeFiles(join(root, 'photos'), { 'c-blue.png': await evenPng(blue) });
    for (const batch of [false, true]) {
      const { records, verdicts } = await infer(root, ['photos'], { batch });
      expect(verdicts).toEqual([verdictsOfAll[0], ['photos/c-blue.png', 'PLUGIN_FAILED'], verdictsOfAll[1], verdictsOfAll[2]]);
      expect(records[1]).toMatchObject({ error: { message: 'Inference failed: blue parts are not for me' } });
    }
  });

  test('that crashes the plugin is named, and a new process inspects the others, alone and in a batch', async () => {
    const root = await project();
    await writeFiles(join(root, 'photos'), { 'c-red.png': await evenPng(red) });
    for (const batch of [false, true]) {
      const { verdicts } = await infer(root, ['photos'], { batch });
      expect(verdicts).toEqual([verdictsOfAll[0], ['photos/c-red.png', 'PLUGIN_CRASHED'], verdictsOfAll[1], verdictsOfAll[2]]);
    }
  });

  test('that the plugin never comes back from is given up after the time that is allowed', async () => {
    const root = await project();
    await writeFiles(join(root, 'photos'), { 'c-green.png': await evenPng(green) });
    const { verdicts } = await infer(root, ['photos'], { timeoutMs: 300 });
    expect(verdicts).toEqual([verdictsOfAll[0], ['photos/c-green.png', 'PLUGIN_HUNG'], verdictsOfAll[1], verdictsOfAll[2]]);
  });

  test('after which the plugin dies again and again ends the attempt', async () => {
    const root = await project();
    const names = ['1.png', '2.png', '3.png', '4.png'];
    await writeFiles(
      join(root, 'red'),
      Object.fromEntries(await Promise.all(names.map(async (name) => [name, await evenPng(red)] as const))),
    );
    const { verdicts } = await infer(root, ['red', 'photos/dark.png']);
    expect(verdicts.map(([, verdict]) => verdict)).toEqual([
      'PLUGIN_CRASHED',
      'PLUGIN_CRASHED',
      'PLUGIN_CRASHED',
      'INFER_FAILED',
      'INFER_FAILED',
    ]);
  });
});

describe('the result folder', () => {
  const output = (root: string) => ({ output: { folder: join(root, 'out'), renderPage: () => 'page' } });

  test('holds overlay, map and record of every inspected picture', async () => {
    const root = await project();
    const { records } = await infer(root, ['photos'], output(root));
    expect((await readdir(join(root, 'out'), { recursive: true })).map((name) => name.replaceAll('\\', '/')).sort()).toEqual([
      'index.html',
      'maps',
      ...['bright', 'dark', 'middle'].map((name) => `maps/${name}.png.map.npy`),
      'overlays',
      ...['bright', 'dark', 'middle'].map((name) => `overlays/${name}.png.overlay.png`),
      'results.json',
    ]);
    expect(JSON.parse(await readFile(join(root, 'out', 'results.json'), 'utf8'))).toEqual(records);
    const [bright] = records;
    if (bright === undefined || 'error' in bright) throw new Error('not inspected');
    const map = await readNpy(join(root, 'out', bright.anomaly_map?.file ?? ''));
    expect([map.width, map.height, Math.max(...map.data)]).toEqual([16, 16, expect.closeTo(bright.anomaly_map?.max ?? 0, 6)]);
    expect(bright.bboxes[0]).toMatchObject({ x2: 64, y2: 48, class: 0, label: 'bright spot' });
  });

  test('replaces earlier results, but nothing else', async () => {
    const root = await project();
    await infer(root, ['photos'], output(root));
    await infer(root, ['photos/dark.png'], output(root));
    expect(await readdir(join(root, 'out', 'overlays'))).toEqual(['dark.png.overlay.png']);
    await expect(infer(root, ['photos'], { output: { folder: join(root, 'photos'), renderPage: () => '' } })).rejects.toMatchObject({
      code: 'NOTHING_TESTED',
    });
    await expect(infer(root, ['photos'], { output: { folder: join(root, 'models'), renderPage: () => '' } })).rejects.toMatchObject({
      code: 'FILE_EXISTS',
    });
  });

  test('is not there at all when the work was interrupted or failed', async () => {
    const root = await project();
    const interrupt = new AbortController();
    const run = infer(root, ['photos'], {
      ...output(root),
      io: testIo(root, { signal: interrupt.signal }),
      onRecord: () => interrupt.abort(),
    });
    await expect(run).rejects.toMatchObject({ code: 'INTERRUPTED' });
    const broken = infer(root, ['photos'], {
      output: {
        folder: join(root, 'out'),
        renderPage: () => {
          throw new Error('planted');
        },
      },
    });
    await expect(broken).rejects.toThrow('planted');
    expect((await readdir(root)).filter((name) => name.includes('out'))).toEqual([]);
  });

  test('shows the picture that the plugin drew, when it drew one', async () => {
    const root = await project({}, 'test/plugins/good/plain.c');
    let drawn: unknown;
    await infer(root, ['photos/dark.png'], {
      output: {
        folder: join(root, 'out'),
        renderPage: (_app, [first]) => {
          drawn = first?.drawn;
          return '';
        },
      },
    });
    expect(drawn).toBe(false);
  });
});
