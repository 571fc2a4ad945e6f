// What an author of a plugin sees when `npm test` runs the suite.
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { checks } from '../../src/conformance/checks/index.ts';
import { readJsonFile } from '../../src/core/json-file.ts';
import { hostPlatform } from '../../src/core/platform.ts';
import { inspectionProject, writeFiles } from '../inspection-project.ts';
import { scratchFolder } from '../scratch.ts';

const kit = join(import.meta.dirname, '../..');
const entry = pathToFileURL(join(kit, 'dist/vitest.js')).href;

interface VitestJson {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly assertionResults: readonly { title: string; status: string; failureMessages: string[] }[] }[];
}

async function runTests(root: string): Promise<VitestJson> {
  await writeFiles(root, {
    'test/conformance.test.mjs': `import { conformanceTests } from ${JSON.stringify(entry)};\nconformanceTests();\n`,
  });
  const args = [
    join(kit, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--root',
    root,
    '--reporter',
    'json',
    '--outputFile',
    join(root, 'out.json'),
  ];
  await new Promise((resolve) => execFile(process.execPath, args, { cwd: root, env: { ...process.env, NODE_PATH: '' } }, resolve));
  return (await readJsonFile(join(root, 'out.json'))) as VitestJson;
}

test('a good project has one passing test a check, and the report lies in the project', async () => {
  const root = await inspectionProject(await scratchFolder(), 'test/plugins/good/plain.c', {
    app: { name: 'Plain C brightness', version: '1.0.0' },
  });
  const { testResults, numFailedTests } = await runTests(root);
  expect(numFailedTests).toBe(0);
  const made = testResults.flatMap(({ assertionResults }) => assertionResults);
  // golden tests compare the images, mvas bench judges the budget, and what has no end is made on demand
  const elsewhere = ['golden/images', 'golden/budget', 'robustness/long-fuzz'];
  expect(made.map(({ title }) => title).slice(1)).toEqual(
    checks.filter(({ id }) => !elsewhere.includes(id)).map(({ id, title }) => `${id}: ${title}`),
  );
  const report = await readJsonFile(join(root, `reports/conformance.${hostPlatform()}.json`));
  expect(report).toMatchObject({ ok: true, profile: 'strict', plugin: { path: `bin/${hostPlatform()}/plugin.bin` } });
  expect(JSON.stringify(report)).not.toContain(root);
});

test('a broken rule is one failing test with what was seen, how to mend it and how to see it again', async () => {
  const root = await inspectionProject(await scratchFolder(), 'test/plugins/broken/infer/stride.c');
  await writeFiles(root, { 'models/model.txt': 'gain 100\nend\n' });
  const { testResults } = await runTests(root);
  const failed = testResults.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status === 'failed');
  expect(failed.map(({ title }) => title).filter((title) => title.startsWith('infer/'))).toEqual([
    'infer/stride: Padding between rows changes nothing in the result',
  ]);
  const text = failed.find(({ title }) => title.startsWith('infer/'))?.failureMessages.join('\n') ?? '';
  expect(text).toContain('fix: Address pixels as data + y · stride + x · channels');
  expect(text).toContain('again: npx mvas conform . --profile strict --only infer/stride --seed 1');
});

test('without a build one test fails and names the command that builds', async () => {
  const root = await inspectionProject(await scratchFolder(), 'test/plugins/good/plain.c');
  await rm(join(root, 'bin'), { recursive: true });
  const { testResults, numFailedTests, numPassedTests } = await runTests(root);
  expect([numFailedTests, numPassedTests]).toEqual([1, 0]);
  const [failed] = testResults.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status === 'failed');
  expect(failed?.failureMessages.join('\n')).toContain('npm run build');
});
