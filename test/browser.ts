// A report in the machine's Chromium, as a user opens it: from a file, without a network.
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, onTestFinished } from 'vitest';
import { scratchFolder } from './scratch.ts';
import { findTool } from './tools.ts';

/** Path of a Chromium; undefined without one, but with CI=true that is an error wherever the distribution has it. */
export const browserPath = ['chromium', 'chromium-browser', 'google-chrome', 'chrome', 'msedge']
  .map(findTool)
  .find((path) => path !== undefined);
if (browserPath === undefined && process.env['CI'] === 'true' && spawnSync('apt-cache', ['show', 'chromium']).status === 0)
  throw new Error('chromium is missing, and CI must have it: see scripts/apt-packages.txt');

/** An open page and what went wrong in it. */
export interface OpenPage {
  readonly page: Page;
  /** Uncaught errors and messages of the console's error level. */
  readonly errors: string[];
  /** Everything it asked for that is neither in the file nor the file itself. */
  readonly requests: string[];
}

let browser: Promise<Browser> | undefined;
afterAll(async () => {
  await (await browser)?.close();
  browser = undefined;
});

/** One browser for all tests of a file. */
function launched(): Promise<Browser> {
  // the sandbox does not start for root, which is what containers run as; the pages are our own
  const options = { ...(browserPath === undefined ? {} : { executablePath: browserPath }), chromiumSandbox: false };
  browser = browser ?? chromium.launch(options);
  return browser;
}

/** Opens a document from a file of its own; it is closed when the test ends. */
export async function openInBrowser(document: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const file = join(await scratchFolder(), 'report.html');
  await writeFile(file, document);
  return await openFile(file, options);
}

/** Opens a file that is there; the page is closed when the test ends. */
export async function openFile(file: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await (await launched()).newContext({ viewport: { width: 1280, height: 900 }, offline: true, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const errors: string[] = [];
  const requests: string[] = [];
  const own = pathToFileURL(file).href;
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('request', (request) => {
    const url = request.url();
    if (url !== own && !url.startsWith('data:') && !url.startsWith(`${own}#`)) requests.push(url);
  });
  await page.goto(own);
  return { page, errors, requests };
}

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Serious and critical accessibility problems that axe finds, each as "rule: element". */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(axePath, 'utf8'));
  const found = await page.evaluate<{ violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] }>(
    'axe.run()',
  );
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`));
}
