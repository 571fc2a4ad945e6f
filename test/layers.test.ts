import { execFile } from 'node:child_process';
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import { scratchFolder } from './scratch.ts';

vi.setConfig({ testTimeout: 30_000 }); // each starts dependency-cruiser

const root = join(import.meta.dirname, '..');
const depcruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

async function cruise(files: Record<string, string>): Promise<string> {
  const folder = await scratchFolder();
  for (const name of ['.dependency-cruiser.cjs', 'layers.json', 'tsconfig.json', 'package.json'])
    await cp(join(root, name), join(folder, name));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const run = promisify(execFile)(process.execPath, [depcruise, 'src', '--config', '.dependency-cruiser.cjs'], { cwd: folder });
  return await run.then(
    () => 'clean',
    (error: { stdout: string }) => error.stdout,
  );
}

test('a tree that keeps to the layer table is clean', async () => {
  expect(await cruise({ 'src/core/a.ts': 'export const a = 1;\n', 'src/image/b.ts': "export { a } from '../core/a.ts';\n" })).toBe('clean');
});

test('an import against the layer table is found', async () => {
  const found = await cruise({ 'src/core/a.ts': "export { b } from '../image/b.ts';\n", 'src/image/b.ts': 'export const b = 1;\n' });
  expect(found).toContain('layer-core');
});

test('a package that another layer owns is found', async () => {
  expect(await cruise({ 'src/image/a.ts': "export { load } from 'koffi';\n" })).toContain('owned-by-harness');
});

test('a folder that is no layer is found', async () => {
  expect(await cruise({ 'src/helpers/a.ts': "export { b } from '../core/b.ts';\n", 'src/core/b.ts': 'export const b = 1;\n' })).toContain(
    'undeclared-layer',
  );
});

test('an import cycle is found, of types as well', async () => {
  const found = await cruise({
    'src/core/a.ts': "import type { B } from './b.ts';\nexport type A = B | 1;\n",
    'src/core/b.ts': "import type { A } from './a.ts';\nexport type B = A | 2;\n",
  });
  expect(found).toContain('no-cycle');
});
