// The HTML form of a conformance report, as people use it in a browser.
import { expect, test } from 'vitest';
import { renderConformancePage } from '../../src/report/conformance/conformance-page.ts';
import { accessibilityProblems, browserPath, openInBrowser } from '../browser.ts';
import { goodView, mixedView } from '../conformance-view.ts';

const visible = '.check:not([hidden]) .id';

test.skipIf(!browserPath)(
  'failures come first and are open, the rest is closed, nothing is loaded and nothing of a plugin is markup',
  async () => {
    const { page, errors, requests } = await openInBrowser(renderConformancePage(mixedView));
    expect(await page.locator('.verdict').first().textContent()).toBe('✕ does not conform');
    expect((await page.locator('.check .id').allTextContents()).slice(0, 4)).toEqual([
      'infer/stride',
      'infer/bounds',
      'robustness/hangs',
      'result/scores',
    ]);
    const open = await page.locator('.check[open] .id').allTextContents();
    expect(open.sort()).toEqual([...mixedView.checks.filter(({ isGood }) => !isGood).map(({ id }) => id)].sort());
    expect(await page.locator('.seen img, .seen script').count()).toBe(0);
    expect([errors, requests]).toEqual([[], []]);
  },
);

test.skipIf(!browserPath)('status, group and words filter the list, also together', async () => {
  const { page } = await openInBrowser(renderConformancePage(mixedView));
  await page.getByRole('radio', { name: /Failed/ }).check({ force: true });
  expect(await page.locator(visible).count()).toBe(5);
  await page.getByLabel('Group').selectOption('infer');
  expect(await page.locator(visible).allTextContents()).toEqual(['infer/stride', 'infer/bounds']);
  await page.keyboard.press('/');
  await page.getByLabel('Search rules and findings').fill('SIGSEGV');
  expect(await page.locator(visible).allTextContents()).toEqual(['infer/bounds']);
  expect(await page.locator('#said').textContent()).toBe('1 of 9 checks are shown');
  await page.getByLabel('Search rules and findings').fill('no such words');
  expect(await page.getByText('No check matches.').isVisible()).toBe(true);
});

test.skipIf(!browserPath)('a check opens by keyboard, E opens all, and the line that repeats a failure is copied', async () => {
  const { page } = await openInBrowser(renderConformancePage(mixedView), { permissions: ['clipboard-read', 'clipboard-write'] });
  const summary = page.locator('.check', { hasText: 'binary/format' }).locator('summary');
  await summary.focus();
  await page.keyboard.press('Enter');
  expect(await page.getByText('mvas conform --explain binary/format').isVisible()).toBe(true);
  await page.keyboard.press('e');
  expect(await page.locator('.check:not([open])').count()).toBe(0);
  await page.keyboard.press('e');
  expect(await page.locator('.check[open]').count()).toBe(0);
  await page.locator('.check', { hasText: 'infer/bounds' }).locator('summary').click();
  await page.getByRole('button', { name: 'Copy the command that repeats infer/bounds' }).click();
  await expect.poll(() => page.locator('#said').textContent()).toBe('The command is copied');
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe("mvas conform 'a b.so' --seed 7");
});

const looks = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['on a phone', { viewport: { width: 390, height: 844 }, colorScheme: 'light' }],
] as const;

test.skipIf(!browserPath).each(looks)('it has no serious accessibility problem and never scrolls sideways: %s', async (_look, options) => {
  for (const view of [mixedView, goodView]) {
    const { page } = await openInBrowser(renderConformancePage(view), options);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  }
});
