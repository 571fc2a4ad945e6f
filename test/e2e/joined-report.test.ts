import { appendFile, chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostPlatform } from '../../src/core/platform.ts';
import { accessibilityProblems, browserPath, openFile } from '../browser.ts';
import { inspectionProject } from '../inspection-project.ts';
import { writePicture } from '../plugin-subject.ts';
import { schemaErrors } from '../report-schemas.ts';
import { cli } from '../scratch.ts';

let root = '';
let index = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'mvas-joined-'));
  await inspectionProject(root, 'test/plugins/good/plain.c');
  for (const [name, level] of [['a.png', 20], ['b.png', 200]] as const) await writePicture(join(root, 'test/test_images', name), level); // biome-ignore format: a table
  await writeFile(join(root, 'test/benchmark.json'), '{"image": "test_images/a.png", "throughput_fps": 1}');
});
afterAll(() => rm(root, { recursive: true, force: true, maxRetries: 3 }));

const report = (kind: string, ending: string): string => join(root, 'reports', `${kind}.${hostPlatform()}.${ending}`);

/** A program that the system would open files with: it writes down what it was asked to open. */
async function opener(exitCode: number): Promise<{ env: Record<string, string>; opened: () => Promise<string> }> {
  const folder = join(root, `opener-${exitCode}`);
  await mkdir(folder, { recursive: true });
  const program = join(folder, process.platform === 'darwin' ? 'open' : 'xdg-open');
  await writeFile(program, `#!/bin/sh\nprintf '%s\\n' "$@" > '${folder}/opened'\nexit ${exitCode}\n`);
  await chmod(program, 0o755);
  return {
    env: { PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` },
    opened: () => readFile(join(folder, 'opened'), 'utf8'),
  };
}

test('before anything was tried there is nothing to join, which is exit 2 with the next step', async () => {
  const run = await cli(['report'], { cwd: root });
  expect(run).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/NOTHING_TESTED[\s\S]*mvas conform, mvas golden or mvas bench/) });
});

test('golden, benchmark and conformance are joined by one page, each report by its schema', async () => {
  await cli(['golden', 'record'], { cwd: root });
  expect((await cli(['golden'], { cwd: root })).exitCode).toBe(0);
  expect((await cli(['bench', '-n', '40'], { cwd: root })).exitCode).toBe(0);
  const part = await cli(['report'], { cwd: root });
  expect(part.exitCode).toBe(0);
  expect(await readFile(part.stdout.trim(), 'utf8')).toMatch(/1 not tried yet[\s\S]*Make it with: mvas conform/);
  await cli(['conform'], { cwd: root });
  const run = await cli(['report'], { cwd: root });
  index = run.stdout.trim();
  expect(run.exitCode).toBe(0);
  for (const [kind, schema] of [['golden', 'golden-report-v1'], ['bench', 'bench-report-v1'], ['conformance', 'conformance-report-v1']] as const) {
    expect(await schemaErrors(schema, JSON.parse(await readFile(report(kind, 'json'), 'utf8'))), kind).toEqual([]);
    expect((await stat(report(kind, 'html'))).size, kind).toBeLessThan(3_000_000);
  }
}); // biome-ignore format: a table

describe.skipIf(process.platform === 'win32')('mvas report open', () => {
  test('hands the index to the program that the system opens files with', async () => {
    const { env, opened } = await opener(0);
    const run = await cli(['report', 'open'], { cwd: root, env });
    expect(run).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('index.html') });
    expect((await opened()).trim()).toBe(run.stdout.trim());
  });

  test('names the file that is written when nothing can open it, and says what to do', async () => {
    const { env } = await opener(3);
    const failed = await cli(['report', 'open'], { cwd: root, env });
    expect(failed).toMatchObject({ exitCode: 3, stderr: expect.stringMatching(/ended with 3: .*index\.html is written but not open/) });
    const empty = join(root, 'nothing');
    await mkdir(empty, { recursive: true });
    const missing = await cli(['report', 'open'], { cwd: root, env: { PATH: empty } });
    expect(missing).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(/is not installed[\s\S]*open the file in a browser yourself/),
    });
  });
});

describe.skipIf(!browserPath)('the joined page in a browser', () => {
  test.each(['light', 'dark'] as const)('set to %s has no serious accessibility problem, and asks for nothing', async (colorScheme) => {
    const { page, errors, requests } = await openFile(index, { colorScheme });
    expect(await page.locator('.report h2').allTextContents()).toEqual(['Conformance', 'Golden images', 'Benchmark']);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect([errors, requests]).toEqual([[], []]);
  });

  test('leads to each page by click and by keyboard, and back', async () => {
    const { page, errors } = await openFile(index);
    for (const [name, heading] of [['Conformance', /Conformance/], ['Golden images', /Golden images/], ['Benchmark', /Benchmark/]] as const) {
      await page.getByRole('link', { name }).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(/(conformance|golden|bench)\.[\w-]+\.html$/);
      expect(await page.title()).toMatch(heading);
      expect(await page.locator('main .card, main .case').count()).toBeGreaterThan(0);
      await page.goBack();
      await page.waitForURL(/index\.html$/);
    }
    // the whole card leads there, not only its title
    await page.locator('.report').nth(2).click({ position: { x: 40, y: 120 } });
    await page.waitForURL(/bench\.[\w-]+\.html$/);
    expect(await page.title()).toMatch(/Benchmark/);
    expect(errors).toEqual([]);
  }); // biome-ignore format: a table

  test('fits a phone', async () => {
    const { page } = await openFile(index, { viewport: { width: 360, height: 740 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  });

  test('has the evaluation beside them where there are labelled pictures', async () => {
    for (const [name, level] of [['good/a.png', 20], ['bright/b.png', 200]] as const) await writePicture(join(root, 'images', name), level); // biome-ignore format: a table
    expect((await cli(['golden', 'evaluate'], { cwd: root })).exitCode).toBe(0);
    expect(await schemaErrors('evaluation-report-v1', JSON.parse(await readFile(report('evaluation', 'json'), 'utf8')))).toEqual([]);
    await cli(['report'], { cwd: root });
    const { page, errors } = await openFile(index);
    expect(await page.locator('.report h2').allTextContents()).toEqual(['Conformance', 'Golden images', 'Benchmark', 'Evaluation']);
    await page.getByRole('link', { name: 'Evaluation' }).click();
    await page.waitForURL(/evaluation\.[\w-]+\.html$/);
    expect(await page.locator('.verdict').first().textContent()).toContain('All told apart');
    expect(errors).toEqual([]);
  });

  test('says of every report that it is about another build, once the plugin is another', async () => {
    await appendFile(join(root, 'bin', hostPlatform(), 'plugin.bin'), '\n');
    await cli(['report'], { cwd: root });
    const { page } = await openFile(index);
    const notes = await page.locator('.report .note').allTextContents();
    expect(notes.filter((note) => note.startsWith('It is about another build of the plugin.'))).toHaveLength(4);
  });
});
