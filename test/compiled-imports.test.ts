// The compiled kit names compiled files.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const dist = join(import.meta.dirname, '../dist');

test('no module of the compiled kit imports a TypeScript file', () => {
  const modules = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
  expect(modules.length).toBeGreaterThan(100);
  expect(modules.filter((name) => /(from|import\()\s*'[^']*\.ts'/.test(readFileSync(join(dist, name), 'utf8')))).toEqual([]);
});
