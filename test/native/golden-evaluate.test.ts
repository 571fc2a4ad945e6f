import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hostPlatform } from '../../src/core/platform.ts';
import { inspectionProject } from '../inspection-project.ts';
import { writePicture } from '../plugin-subject.ts';
import { schemaErrors } from '../report-schemas.ts';
import { cli, scratchFolder } from '../scratch.ts';

test('labelled pictures give figures, a baseline shows their change, and reports are joined by one page', async () => {
  const cwd = await inspectionProject(await scratchFolder(), 'test/plugins/good/plain.c');
  for (const [name, level] of [['good/a.png', 20], ['good/b.png', 60], ['bright/c.png', 190], ['masks/c.png', 240]] as const) await writePicture(join(cwd, 'images', name), level); // biome-ignore format: a table
  const first = await cli(['golden', 'evaluate', '--json'], { cwd });
  expect(first.exitCode).toBe(0);
  const report = JSON.parse(first.stdout);
  expect(await schemaErrors('evaluation-report-v1', report)).toEqual([]);
  expect(report).toMatchObject({ figures: { auroc: 1 }, pixels: { auroc: 1, masks: 1 }, baseline: null });
  expect((await cli(['golden', 'evaluate', '--report', 'elsewhere.html'], { cwd })).exitCode).toBe(0);
  const pages = await Promise.all(
    ['elsewhere.html', `reports/evaluation.${hostPlatform()}.html`].map((page) => readFile(join(cwd, page), 'utf8')),
  );
  expect(pages[0]).toContain('· Evaluation</title>');
  expect(pages[1], 'the page that a joined report leads to').toBe(pages[0]);
  expect((await cli(['golden', 'evaluate', '--record'], { cwd, env: { CI: 'true' } })).exitCode).toBe(2);
  expect((await cli(['golden', 'evaluate', '--record'], { cwd })).exitCode).toBe(0);
  expect(await schemaErrors('evaluation-baseline', JSON.parse(await readFile(join(cwd, 'test/evaluation_baseline.json'), 'utf8')))).toEqual(
    [],
  );
  expect((await cli(['golden', 'evaluate', '--record'], { cwd })).stderr).toContain('ANSWER_MISSING');
  await writePicture(join(cwd, 'images/good/d.png'), 230);
  const worse = JSON.parse((await cli(['golden', 'evaluate', '--json'], { cwd })).stdout);
  expect(worse.baseline.otherPictures).toBe(true);
  expect(worse.baseline.delta.auroc).toBeCloseTo(-1 / 3, 10);
  await rm(join(cwd, 'images/bright'), { recursive: true });
  expect(await cli(['golden', 'evaluate'], { cwd })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('NOTHING_TESTED') });
  const alone = await cli(['report'], { cwd });
  expect(await readFile(alone.stdout.trim(), 'utf8'), 'an evaluation alone').toMatch(/href="\.\/evaluation\./);
  await mkdir(join(cwd, 'test'), { recursive: true });
  await writePicture(join(cwd, 'test/test_images/a.png'), 20);
  await cli(['golden', 'record'], { cwd });
  await cli(['golden'], { cwd });
  const joined = await cli(['report'], { cwd });
  expect(joined.exitCode).toBe(0);
  expect(await readFile(joined.stdout.trim(), 'utf8')).toMatch(/href="\.\/golden\.[a-z0-9-]+\.html".*all match.*mvas bench/s);
});
