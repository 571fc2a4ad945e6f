import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { benchPlugin } from '../../src/bench/bench-plugin.ts';
import type { BenchReport } from '../../src/bench/bench-report.ts';
import { benchHtml } from '../../src/cli/render/bench-page.ts';
import { accessibilityProblems, browserPath, openInBrowser } from '../browser.ts';
import { compilePlugin } from '../compile-plugin.ts';
import { scratchSubject } from '../plugin-subject.ts';

let plugin = '';
beforeAll(async () => {
  plugin = await compilePlugin('test/plugins/bench.c');
});

let measured: BenchReport | undefined;

/** A page with every tab. */
async function page(): Promise<string> {
  if (measured === undefined) {
    const subject = await scratchSubject(plugin, { 'a.png': 20, 'b.png': 200 }, { busy_us: 200, stall_every: 40, stall_us: 20_000 });
    const asked = { iterations: 300, warmup: 2, taktMs: 4, soakMs: 1500, sweep: true, distinct: true, cameras: 2, idleMs: 20 };
    measured = await benchPlugin(subject, { ...asked, imageFolder: join(subject.root, 'test/test_images') });
  }
  return benchHtml(measured);
}

const drawn = 'figure.chart:visible .plot[data-drawn] canvas';

describe.skipIf(!browserPath)('the page of a benchmark in a browser', () => {
  test.each(['light', 'dark'] as const)(
    'set to %s has no serious accessibility problem on any tab, and asks for nothing',
    async (colorScheme) => {
      const document = await page();
      expect(document.length).toBeLessThan(3_000_000);
      const { page: tab, errors, requests } = await openInBrowser(document, { colorScheme });
      for (const name of ['Latency', 'Takt', 'Soak', 'Pictures', 'Cameras', 'Machine']) {
        await tab.getByRole('tab', { name }).click();
        expect(await tab.getByRole('tabpanel').count()).toBe(1);
        expect(await accessibilityProblems(tab)).toEqual([]);
      }
      expect([errors, requests]).toEqual([[], []]);
    },
  );

  test('draws the charts of a tab when it is opened, zooms them by drag, button and key, and shows all again', async () => {
    const { page: tab } = await openInBrowser(await page());
    expect(await tab.locator(drawn).count()).toBe(3);
    const range = () =>
      tab.evaluate<[number, number]>(
        '(() => { const { min, max } = plots.get(document.querySelector("#timeline")).plot.scales.x; return [min, max]; })()',
      );
    const whole = await range();
    const width = async (): Promise<number> => (await range().then(([min, max]) => max - min)) / (whole[1] - whole[0]);
    const box = await tab.locator('#timeline .u-over').boundingBox();
    if (box === null) throw new Error('there is no plot');
    await tab.mouse.move(box.x + box.width * 0.25, box.y + 50);
    await tab.mouse.down();
    await tab.mouse.move(box.x + box.width * 0.75, box.y + 60, { steps: 5 });
    await tab.mouse.up();
    expect(await width()).toBeCloseTo(0.5, 1);
    await tab.locator('#timeline').getByRole('button', { name: 'Zoom in' }).click();
    expect(await width()).toBeCloseTo(0.25, 1);
    await tab.locator('#timeline .plot').focus();
    const before = await range();
    await tab.keyboard.press('ArrowRight');
    expect((await range())[0]).toBeGreaterThan(before[0]);
    await tab.keyboard.press('-');
    expect(await width()).toBeCloseTo(0.5, 1);
    await tab.keyboard.press('0');
    expect(await range()).toEqual(whole);
    await tab.getByRole('tab', { name: 'Soak' }).click();
    expect(await tab.locator(drawn).count()).toBe(2);
  });

  test('changes its colours with the switch, the charts too, and keeps the zoom', async () => {
    const { page: tab } = await openInBrowser(await page(), { colorScheme: 'light' });
    await tab.locator('#timeline').getByRole('button', { name: 'Zoom in' }).click();
    const look = () =>
      tab.evaluate<[string, number]>(
        '(() => { const { plot } = plots.get(document.querySelector("#timeline")); return [plot.axes[0].stroke().toString(), plot.scales.x.max - plot.scales.x.min]; })()',
      );
    const light = await look();
    await tab.getByRole('button', { name: 'Light or dark' }).click();
    const dark = await look();
    expect(light[1]).toBeLessThan((measured?.timeline.atMs.at(-1) ?? 0) / 1000 / 1.5);
    expect(dark[0]).not.toBe(light[0]);
    expect(dark[1]).toBeCloseTo(light[1], 6);
  });

  test('on a phone nothing scrolls sideways, and on paper every part is there', async () => {
    const { page: tab } = await openInBrowser(await page(), { viewport: { width: 360, height: 740 } });
    for (const name of ['Latency', 'Takt', 'Pictures', 'Cameras']) {
      await tab.getByRole('tab', { name }).click();
      expect(await tab.evaluate('document.documentElement.scrollWidth'), name).toBeLessThanOrEqual(360);
    }
    await tab.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await tab.locator('[role=tabpanel]:visible').count()).toBe(6);
    await tab.evaluate('dispatchEvent(new Event("afterprint"))');
    expect(await tab.locator('[role=tabpanel]:visible').count()).toBe(1);
  });
});
