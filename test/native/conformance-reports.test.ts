// The forms of a conformance report that `mvas conform --report` writes, of a plugin that really fails.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compileTwin } from '../compile-twin.ts';
import { twinModel } from '../conformance-subject.ts';
import { schemaErrors } from '../report-schemas.ts';
import { cli, scratchFolder } from '../scratch.ts';

const crash = async (...flags: string[]) => ['conform', await compileTwin('infer/bounds.c'), '--model', twinModel, ...flags];

test('every form is written by its extension, all of one run, and each names the failure and how to see it again', async () => {
  const folder = await scratchFolder();
  const forms = ['json', 'xml', 'sarif', 'md', 'html'];
  const { exitCode, stderr } = await cli([...(await crash()), ...forms.flatMap((form) => ['--report', `out/report.${form}`])], {
    cwd: folder,
  });
  expect(exitCode).toBe(1);
  const texts = await Promise.all(forms.map((form) => readFile(join(folder, 'out', `report.${form}`), 'utf8')));
  for (const [index, form] of forms.entries()) {
    expect(stderr).toContain(`report: ${join(folder, 'out', `report.${form}`)}`);
    expect(texts[index]).toContain('infer/bounds');
    expect(texts[index]).toMatch(/call \d+, 32×24×3 stride 109, format RGB/);
    expect(texts[index]).toMatch(/--only infer\/bounds --seed 1/);
  }
  expect(await schemaErrors('conformance-report-v1', JSON.parse(texts[0] ?? ''))).toEqual([]);
});

test('an extension of no form, and a file that is named twice, are wrong calls before anything runs', async () => {
  const cwd = await scratchFolder();
  const unknown = await cli(await crash('--report', 'report.pdf'), { cwd });
  expect([unknown.exitCode, unknown.stdout]).toEqual([2, '']);
  expect(unknown.stderr).toContain('--report report.pdf');
  expect(unknown.stderr).toContain('.json .xml .sarif .md .html');
  const twice = await cli(await crash('--report', 'a.md', '--report', './a.md'), { cwd });
  expect([twice.exitCode, existsSync(join(cwd, 'a.md'))]).toEqual([2, false]);
});

test('the summary of a GitHub job is Markdown behind what is there', async () => {
  const folder = await scratchFolder();
  const summary = join(folder, 'step_summary_1');
  await writeFile(summary, '# Build\n');
  const { exitCode } = await cli(await crash('--report', summary), { env: { GITHUB_STEP_SUMMARY: summary } });
  expect(exitCode).toBe(1);
  expect(await readFile(summary, 'utf8')).toMatch(/^# Build\n## ❌ `.*` does not conform\n/);
});

test('a folder that cannot be written to is a fault of the machine: exit 3, and the verdict is not lost in silence', async () => {
  const folder = await scratchFolder();
  await writeFile(join(folder, 'file'), '');
  const { exitCode, stderr } = await cli(await crash('--report', join(folder, 'file/report.md')));
  expect(exitCode).toBe(3);
  expect(stderr).toContain('file/report.md cannot be written');
});
