import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../scratch.ts';

const script = join(import.meta.dirname, '../../scripts/quickstart.js');

function quickstart(folder: string, ...flags: string[]) {
  return spawnSync(process.execPath, [script, '--folder', folder, ...flags], { encoding: 'utf8', env: { ...process.env, CI: '' } });
}

test('the quickstart goes the whole way and every decision is the expected one', async () => {
  const folder = await scratchFolder();
  const first = quickstart(folder);
  expect(first.stderr + first.stdout).not.toContain('✗');
  expect(first.status).toBe(0);
  for (const stage of ['new', 'build', 'conform', 'golden', 'bench', 'package', 'keygen', 'sign', 'verify', 'infer']) {
    expect(first.stdout).toMatch(new RegExp(`✓ ${stage} .* s `));
  }
  expect(first.stdout).not.toContain('← wrong');
  expect(existsSync(join(folder, 'inspected', 'index.html'))).toBe(true);
  const kept = quickstart(folder, '--keep');
  expect(kept.status).toBe(0);
  expect(kept.stdout).not.toContain('✓ new');
});

test('a misspelt flag of the quickstart exits with 2 and shows the usage', () => {
  const run = quickstart('unused', '--keeep');
  expect(run.status).toBe(2);
  expect(run.stderr).toContain('usage: npm run quickstart');
});
