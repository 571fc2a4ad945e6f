import { expect, test } from 'vitest';
import { filterBar } from '../../src/report/filter-bar.ts';
import { html } from '../../src/report/html.ts';
import { renderReportPage } from '../../src/report/report-page.ts';
import { accessibilityProblems, browserPath, openInBrowser } from '../browser.ts';

const statuses = ['pass', 'fail', 'pass'] as const;
const page = renderReportPage({
  kind: 'Shell',
  title: 'Scratch detector 1.2.0',
  verdict: { tone: 'fail', text: '1 of 3 failed' },
  lead: '3 things',
  facts: [['Model', 'models/model.onnx']],
  body: html`<section class="card"><div role="tablist" class="tabs" aria-label="View"><button role="tab" id="t1" aria-controls="p1" aria-selected="true" data-value="one">One</button><button role="tab" id="t2" aria-controls="p2" aria-selected="false" data-value="two">Two</button></div>
<div role="tabpanel" id="p1" aria-labelledby="t1"><p>first</p></div><div role="tabpanel" id="p2" aria-labelledby="t2"><p>second</p></div></section>
<section class="card" data-filtered><h2>Things</h2>${filterBar(
    'status',
    3,
    [
      { value: 'pass', label: 'Passed', tone: 'pass', count: 2 },
      { value: 'fail', label: 'Failed', tone: 'fail', count: 1 },
    ],
    'Search things',
  )}
<ul>${statuses.map((status, at) => html`<li data-status="${status}" data-name="thing ${at}">thing ${at}</li>`)}</ul><p class="nothing" hidden>Nothing.</p></section>`,
});

test.skipIf(!browserPath).each(['dark', 'light'] as const)(
  'in a browser set to %s the shell of reports has no serious accessibility problem, and asks for nothing',
  async (colorScheme) => {
    const { page: tab, errors, requests } = await openInBrowser(page, { colorScheme });
    expect(await accessibilityProblems(tab)).toEqual([]);
    expect([errors, requests]).toEqual([[], []]);
  },
);

test.skipIf(!browserPath)('in a browser the shell of reports filters, searches, changes tabs by key and switches the colours', async () => {
  const { page: tab } = await openInBrowser(page, { colorScheme: 'light' });
  const shown = (): Promise<string[]> => tab.locator('li:visible').allTextContents();
  await tab.getByLabel('Failed').check();
  expect(await shown()).toEqual(['thing 1']);
  await tab.getByLabel('All').check();
  await tab.getByLabel('Search things').fill('2');
  expect(await shown()).toEqual(['thing 2']);
  await tab.getByLabel('Search things').fill('none');
  expect(await tab.getByText('Nothing.').isVisible()).toBe(true);
  await tab.getByRole('tab', { name: 'One' }).focus();
  await tab.keyboard.press('ArrowRight');
  expect(await tab.getByText('second').isVisible()).toBe(true);
  expect(await tab.getByText('first').isVisible()).toBe(false);
  const background = (): Promise<string> => tab.evaluate('getComputedStyle(document.body).backgroundColor');
  const before = await background();
  await tab.getByRole('button', { name: 'Light or dark' }).click();
  expect(await background()).not.toBe(before);
});

test.skipIf(!browserPath)('on a phone the shell of reports does not scroll sideways', async () => {
  const { page: tab } = await openInBrowser(page, { viewport: { width: 360, height: 740 } });
  expect(await tab.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
});
