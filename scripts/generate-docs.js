// Writes what the docs take from the code: every script in generate/ renders files. With --check it only compares, and fails on drift.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const check = process.argv.includes('--check');
const scripts = (await readdir(new URL('generate/', import.meta.url))).filter((name) => name.endsWith('.js')).sort();
let stale = 0;

for (const script of scripts) {
  const { render } = await import(new URL(`generate/${script}`, import.meta.url).href);
  for (const { path, text } of await render()) await place(fileURLToPath(new URL(path, root)), path, text);
}
if (stale > 0) {
  process.stderr.write(`${stale} generated file(s) differ from the code: run \`npm run docs\` and commit what it writes\n`);
  process.exitCode = 1;
}

async function place(file, path, text) {
  const former = await readFile(file, 'utf8').catch(() => undefined);
  if (former?.replaceAll('\r\n', '\n') === text) return;
  if (check) {
    stale += 1;
    process.stderr.write(`${path} is ${former === undefined ? 'missing' : 'stale'}\n`);
    return;
  }
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  process.stdout.write(`${path}\n`);
}
