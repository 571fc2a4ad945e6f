import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { renderContactSheet } from '../../src/report/contact-sheet.ts';
import { evenPng, writeFiles } from '../inspection-project.ts';
import { scratchFolder } from '../scratch.ts';
import { findTool } from '../tools.ts';

const chromium = findTool('chromium') ?? findTool('google-chrome');
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

async function domOf(page: string): Promise<string> {
  const folder = await scratchFolder();
  await writeFiles(folder, { 'index.html': page });
  const args = [
    '--headless',
    ...quiet,
    `--user-data-dir=${join(folder, 'profile')}`,
    '--dump-dom',
    pathToFileURL(join(folder, 'index.html')).href,
  ];
  const { stdout } = await promisify(execFile)(chromium ?? '', args, { timeout: 60_000, maxBuffer: 1 << 26 });
  return stdout;
}

test.skipIf(!chromium)('in a browser the page runs its own script, and nothing that a file name smuggles in', async () => {
  const hostile = `x"><script>document.documentElement.dataset.broken = 'true'</script><img src=x onerror="document.documentElement.dataset.broken='true'">`;
  const preview = `data:image/png;base64,${(await evenPng([200, 0, 0])).toString('base64')}`;
  const page = renderContactSheet({
    title: hostile,
    facts: [],
    images: [
      { name: hostile, decision: 'fail', score: 0.9, preview, original: preview, file: `overlays/${hostile}.png` },
      { name: 'torn.png', decision: 'error', message: hostile },
    ],
  });
  const dom = await domOf(page);
  expect(dom).toMatch(/<html[^>]* data-ready="true"/);
  expect(dom).not.toMatch(/<html[^>]* data-broken/);
});

test.skipIf(!chromium)('in a browser a script that is not the page’s own does not run even where it got in', async () => {
  const page = renderContactSheet({ title: 'x', facts: [], images: [] });
  const dom = await domOf(page.replace('<main>', "<main><script>document.documentElement.dataset.broken = 'true'</script>"));
  expect(dom).toMatch(/<html[^>]* data-ready="true"/);
  expect(dom).not.toMatch(/<html[^>]* data-broken/);
});
