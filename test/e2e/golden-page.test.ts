import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderGoldenPage } from '../../src/report/golden/golden-page.ts';
import type { GoldenPage, PageCase } from '../../src/report/golden/golden-page-types.ts';
import { accessibilityProblems, browserPath, openFile, openInBrowser } from '../browser.ts';
import { compilePlugin } from '../compile-plugin.ts';
import { inspectionProject } from '../inspection-project.ts';
import { writePicture } from '../plugin-subject.ts';
import { cli } from '../scratch.ts';

let library = '';
let root = '';
let file = '';
beforeAll(async () => {
  library = await compilePlugin('test/plugins/adjustable.cpp');
  root = await mkdtemp(join(tmpdir(), 'mvas-page-'));
  file = await pageOfProject();
});
afterAll(() => rm(root, { recursive: true, force: true, maxRetries: 3 }));

/** A project whose second picture differs from its reference, and the path of its page. */
async function pageOfProject(): Promise<string> {
  await inspectionProject(root, 'test/plugins/good/plain.c');
  for (const [name, level] of [['a.png', 20], ['b.png', 100], ['c.png', 200]] as const) await writePicture(join(root, 'test/test_images', name), level); // biome-ignore format: a table
  expect(await cli(['golden', 'record'], { cwd: root })).toMatchObject({ exitCode: 0 });
  const references = join(root, 'test/expected_results.json');
  const expected = JSON.parse(await readFile(references, 'utf8'));
  expected.images[1].anomaly_score = 0.9;
  expected.images[1].provenance.kit = '0.0.1';
  expected.images[1].bboxes = [{ x1: 1, y1: 1, x2: 9, y2: 9, score: 0.5, class: 0 }];
  await writeFile(references, JSON.stringify(expected));
  const run = await cli(['golden', '--report', 'golden.html'], { cwd: root });
  expect(run).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('golden.html') });
  return join(root, 'golden.html');
}

describe.skipIf(!browserPath)('the page of golden images in a browser', () => {
  test('shows the worst image first, with its pictures, its checks and what changed around it', async () => {
    const { page, errors, requests } = await openFile(file);
    expect(await page.locator('.list .name').allTextContents()).toEqual(['b.png', 'a.png', 'c.png']);
    expect(await page.locator('.case:visible h2').allTextContents()).toEqual(['b.png']);
    expect(await page.locator('.case:visible tbody tr').first().textContent()).toMatch(/✕ does not hold anomaly_score/);
    expect(await page.locator('.case:visible .environment').textContent()).toMatch(/kit0\.0\.1\d+\.\d+\.\d+/);
    expect(await page.locator('.case:visible .wanted .moved, .case:visible .wanted .missing').count()).toBeGreaterThan(0);
    await expect
      .poll(() => page.evaluate<boolean>("[...document.querySelectorAll('.case[data-current] img')].every((img) => img.naturalWidth > 0)"))
      .toBe(true);
    expect([errors, requests]).toEqual([[], []]);
    expect((await stat(file)).size).toBeLessThan(3_000_000);
  });

  test('changes views by tabs and keys, slides, blinks and stops blinking', async () => {
    const { page, errors } = await openFile(file, { reducedMotion: 'no-preference' });
    const visible = (layer: string): Promise<number> => page.locator(`.case[data-current] .layer.${layer}:visible`).count();
    expect([await visible('expected'), await visible('actual')]).toEqual([1, 1]);
    await page.getByRole('tab', { name: 'Expected' }).click();
    expect([await visible('expected'), await visible('actual'), await visible('difference')]).toEqual([1, 0, 0]);
    await page.keyboard.press('ArrowRight');
    expect([await visible('expected'), await visible('actual')]).toEqual([0, 1]);
    await page.keyboard.press('3');
    expect(await visible('difference')).toBe(1);
    await page.getByRole('tab', { name: 'Slider' }).click();
    const cut = page.locator('.case[data-current] .cut');
    await cut.focus();
    for (let press = 0; press < 20; press += 1) await page.keyboard.press('ArrowLeft');
    expect(await page.evaluate("getComputedStyle(document.querySelector('.case[data-current] .layer.expected')).clipPath")).toContain(
      '70%',
    );
    const box = await cut.boundingBox();
    await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) * 0.9, (box?.y ?? 0) + 20);
    expect(Number(await cut.inputValue())).toBeGreaterThan(80);
    await page.getByRole('tab', { name: 'Blink' }).click();
    const shown = (): Promise<string> => page.evaluate("document.querySelector('.detail').dataset.shown");
    const first = await shown();
    await expect.poll(shown).not.toBe(first);
    await page.getByRole('button', { name: 'Pause' }).click();
    const stopped = await shown();
    await page.waitForTimeout(1000);
    expect(await shown()).toBe(stopped);
    expect(errors).toEqual([]);
  });

  test('does not blink by itself for who wants less motion', async () => {
    const { page } = await openFile(file, { reducedMotion: 'reduce' });
    await page.getByRole('tab', { name: 'Blink' }).click();
    expect(await page.getByRole('button', { name: 'Pause' }).getAttribute('aria-pressed')).toBe('true');
  });

  test('filters, searches, and goes through the list by arrow keys', async () => {
    const { page } = await openFile(file);
    const title = (): Promise<string[]> => page.locator('.case:visible h2').allTextContents();
    await page.getByLabel(/^✓ Passed/).check();
    expect(await page.locator('.list li:visible .name').allTextContents()).toEqual(['a.png', 'c.png']);
    expect(await title()).toEqual(['a.png']);
    await page.locator('.list a:visible').first().focus();
    await page.keyboard.press('ArrowDown');
    expect(await title()).toEqual(['c.png']);
    await page.getByLabel(/^All/).check();
    await page.getByLabel('Search images').fill('b.p');
    expect(await title()).toEqual(['b.png']);
    await page.getByLabel('Search images').fill('nothing');
    expect(await page.getByText('No image matches.').isVisible()).toBe(true);
  });

  test.each(['light', 'dark'] as const)('has no serious accessibility problem in %s', async (colorScheme) => {
    const { page } = await openFile(file, { colorScheme });
    for (const view of ['Slider', 'Difference']) {
      await page.getByRole('tab', { name: view }).click();
      expect(await accessibilityProblems(page), view).toEqual([]);
    }
  });

  test('fits a phone, and prints every image beside its reference', async () => {
    const { page } = await openFile(file, { viewport: { width: 360, height: 740 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.case:visible').count()).toBe(3);
    expect(await page.locator('.stage:visible').count()).toBe(6);
    expect(await page.locator('.viewer:visible, .list:visible').count()).toBe(0);
  });

  test('names and notes cannot become markup or script', async () => {
    const hostile = `"><img src=x onerror="document.documentElement.dataset.broken=1"></script><script>document.documentElement.dataset.broken=1</script>`;
    const check = { output: hostile, rule: hostile, value: hostile, limit: hostile, origin: hostile, ok: false, note: hostile };
    const one: PageCase = {
      name: hostile, status: 'failed', reasons: [hostile], checks: [check], environment: [[hostile, hostile, hostile]], badness: 1,
      expected: { decision: hostile, score: 1 }, actual: { decision: hostile },
    }; // biome-ignore format: a literal
    const page: GoldenPage = {
      kind: 'Golden images', title: hostile, verdict: { tone: 'fail', text: hostile }, facts: [[hostile, hostile]], sides: [hostile, hostile],
      statuses: [{ value: 'failed', label: hostile, tone: 'fail' }], cases: [one], scales: { heat: [], less: ['red', 'red'], more: ['red', 'red'], floor: 1 },
    }; // biome-ignore format: a literal
    const { page: tab, errors } = await openInBrowser(renderGoldenPage(page));
    expect(await tab.evaluate('document.documentElement.dataset.broken ?? null')).toBeNull();
    expect(await tab.evaluate("document.querySelectorAll('img').length")).toBe(0);
    expect(errors).toEqual([]);
  });
});

test.skipIf(!browserPath)('two plugins are shown by the same page, each side by its name', async () => {
  const run = await cli(['golden', 'compare', '.', library, '--report', 'both.html'], { cwd: root });
  expect(run.exitCode).toBe(1);
  const { page, errors, requests } = await openFile(join(root, 'both.html'));
  expect((await page.getByRole('tab').allTextContents()).slice(0, 2)).toEqual([`A: ${basename(root)}`, `B: ${basename(library)}`]);
  expect([errors, requests]).toEqual([[], []]);
});
