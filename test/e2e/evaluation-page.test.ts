import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EvaluationReport } from '../../src/golden/evaluation/evaluation-report.ts';
import { accessibilityProblems, browserPath, openFile } from '../browser.ts';
import { inspectionProject } from '../inspection-project.ts';
import { writePicture } from '../plugin-subject.ts';
import { schemaErrors } from '../report-schemas.ts';
import { cli } from '../scratch.ts';

let root = '';
let file = '';
let report: EvaluationReport;
// bright parts are defective; a dim defect is missed at 0.5, a bright good part is rejected
const pictures = { 'good/a.png': 20, 'good/b.png': 60, 'good/c<b>.png': 80, 'good/d.png': 150, 'bright/e.png': 110, 'bright/f.png': 190, 'spot/g.png': 210, 'masks/f.png': 240 }; // biome-ignore format: a table

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'mvas-evaluation-'));
  await inspectionProject(root, 'test/plugins/good/plain.c');
  const names = process.platform === 'win32' ? Object.entries(pictures).filter(([name]) => !name.includes('<')) : Object.entries(pictures);
  for (const [name, level] of names) await writePicture(join(root, 'images', name), level);
  await cli(['golden', 'evaluate', '--record'], { cwd: root });
  const run = await cli(['golden', 'evaluate', '--json', '--report', 'evaluation.html'], { cwd: root });
  expect(run).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('evaluation.html') });
  report = JSON.parse(run.stdout);
  file = join(root, 'evaluation.html');
});
afterAll(() => rm(root, { recursive: true, force: true, maxRetries: 3 }));

const outcome = (part: { defect: boolean; score: number }, threshold: number): string =>
  part.score >= threshold ? (part.defect ? 'found' : 'rejected') : part.defect ? 'missed' : 'passed';

/** Names and outcomes of the cards as they stand. */
const cards = (page: Page) =>
  page.evaluate<[string, string][]>("[...document.querySelectorAll('.part')].map(({ dataset }) => [dataset.name, dataset.status])");
const counts = async (page: Page): Promise<number[]> => (await page.locator('.confusion [data-count]').allTextContents()).map(Number);

describe.skipIf(!browserPath)('the page of an evaluation in a browser', () => {
  test('shows figures, curves and every picture, the ones on the wrong side first, and asks for nothing', async () => {
    expect(await schemaErrors('evaluation-report-v1', report)).toEqual([]);
    const { page, errors, requests } = await openFile(file);
    expect(report.atThreshold).toMatchObject({ missed: 1, rejected: 1 });
    expect(await page.locator('.verdict').first().textContent()).toContain('1 missed, 1 rejected wrongly');
    expect(await page.locator('.tile').first().textContent()).toContain(report.figures.auroc.toFixed(4));
    expect(
      (await cards(page))
        .slice(0, 2)
        .map(([, status]) => status)
        .sort(),
    ).toEqual(['missed', 'rejected']);
    expect(await cards(page)).toHaveLength(report.images.length);
    for (const [name, status] of await cards(page)) {
      const part = report.images.find(({ image }) => image === name);
      expect(part && outcome(part, 0.5), name).toBe(status);
    }
    const { found, missed, rejected, passed } = report.atThreshold;
    expect(await counts(page)).toEqual([found, missed, rejected, passed]);
    await expect.poll(() => page.evaluate<boolean>("[...document.querySelectorAll('.part img')].every((img) => (img.scrollIntoView(), img.naturalWidth > 0))")).toBe(true); // biome-ignore format: one expression
    expect([errors, requests]).toEqual([[], []]);
    expect((await stat(file)).size).toBeLessThan(3_000_000);
  });

  test('follows the threshold: counts, figures, marks, filters and the order of pictures', async () => {
    const { page, errors } = await openFile(file);
    const figures = async (): Promise<string[]> => await page.locator('.compare [data-figure]').allTextContents();
    await page.getByRole('button', { name: /^Best/ }).click();
    const { best } = report;
    expect(await counts(page)).toEqual([best.found, best.missed, best.rejected, best.passed]);
    expect(await figures()).toEqual([best.precision, best.recall, best.f1].map((value) => value.toFixed(4)));
    await page.locator('.move').focus();
    for (let press = 0; press < 60; press += 1) await page.keyboard.press('PageUp');
    expect(await counts(page)).toEqual([0, 3, 0, report.images.length - 3]);
    expect(await page.evaluate("document.querySelector('.curve .mark.set').getAttribute('cy')")).toBe('240');
    expect((await cards(page)).slice(0, 3).map(([, status]) => status)).toEqual(['missed', 'missed', 'missed']);
    await page.getByLabel(/Missed/).check();
    expect(await page.locator('.part:visible').count()).toBe(3);
    await page.getByRole('button', { name: /^Settings/ }).click();
    expect(await page.locator('.part:visible').count()).toBe(1);
    await page.getByLabel(/^All/).check();
    await page.getByLabel('Search pictures').fill('spot/');
    expect(await page.locator('.part:visible .name').allTextContents()).toEqual(['spot/g.png']);
    expect(errors).toEqual([]);
  });

  test('opens a picture, goes on by keys, hides layers, and gives the focus back', async () => {
    const { page } = await openFile(file);
    const name = (): Promise<string | null> => page.locator('dialog strong').textContent();
    await page.locator('button.open').first().click();
    const first = await name();
    await page.keyboard.press('ArrowRight');
    expect(await name()).not.toBe(first);
    await page.keyboard.press('ArrowLeft');
    expect(await name()).toBe(first);
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog').isVisible()).toBe(false);
    expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe(`Show ${first}`);
    const heats = (): Promise<number> => page.locator('.part .heat:visible').count();
    expect(await heats()).toBe(report.images.length);
    expect(await page.locator('.part .mask:visible').count()).toBe(1);
    await page.getByRole('button', { name: 'Anomaly' }).click();
    expect(await heats()).toBe(0);
  });

  test.each(['light', 'dark'] as const)('has no serious accessibility problem in %s, also with a picture open', async (colorScheme) => {
    const { page } = await openFile(file, { colorScheme });
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.locator('button.open').first().click();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test('fits a phone, and prints every picture', async () => {
    const { page } = await openFile(file, { viewport: { width: 360, height: 740 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.part:visible').count()).toBe(report.images.length);
    expect(await page.locator('.move:visible, .filter:visible').count()).toBe(0);
  });
});
