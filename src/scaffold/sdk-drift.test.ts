import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { scratchFolder } from '../../test/scratch.ts';
import { testIo } from '../../test/test-io.ts';
import { openProject } from '../project/project.ts';
import { scaffold } from './scaffold.ts';
import { checkSdkDrift } from './sdk-drift.ts';

const template = join(import.meta.dirname, '../../test/fixtures/templates/small');

// yeoman takes seconds to load on a busy machine: not within the first test's time
beforeAll(async () => void (await import('./generator.ts')), 60_000);

async function freshProject() {
  const cwd = await scratchFolder();
  const { root } = await scaffold({ folder: 'cap', template, answers: { appId: 'com.acme.cap' } }, testIo(cwd));
  return { root, project: await openProject(root) };
}

test('a fresh project has the SDK as the kit has it, with other line ends as well', async () => {
  const { root, project } = await freshProject();
  expect(await checkSdkDrift(project)).toEqual([]);
  const header = join(root, 'include/mvas_plugin.h');
  await writeFile(header, (await readFile(header, 'utf8')).replaceAll('\n', '\r\n'));
  expect(await checkSdkDrift(project)).toEqual([]);
});

test('a file of the SDK that was changed or is missing is named with the file to copy', async () => {
  const { root, project } = await freshProject();
  await writeFile(join(root, 'include/mvas_plugin.h'), '// mine\n');
  await rm(join(root, 'cmake/mvas_exports.map'));
  const drift = await checkSdkDrift(project);
  expect(drift.map(({ path, state }) => [path, state])).toEqual([
    ['include/mvas_plugin.h', 'changed'],
    ['cmake/mvas_exports.map', 'missing'],
  ]);
  for (const { path, source, message } of drift) {
    expect(message).toContain(`copy ${source} to ${join(root, path)}`);
    await writeFile(join(root, path), await readFile(source));
  }
  expect(await checkSdkDrift(project)).toEqual([]);
});

test('a project in Rust has its crate compared, and what cargo wrote into it does not count', async () => {
  const cwd = await scratchFolder();
  const { root } = await scaffold({ folder: 'cap', template: 'rust', answers: { appId: 'com.acme.cap' } }, testIo(cwd));
  const project = await openProject(root);
  await writeFile(join(root, 'mvas-plugin/Cargo.lock'), '');
  expect(await checkSdkDrift(project)).toEqual([]);
  await writeFile(join(root, 'mvas-plugin/src/lib.rs'), '// mine\n');
  expect(await checkSdkDrift(project)).toMatchObject([{ path: 'mvas-plugin/src/lib.rs', state: 'changed' }]);
});
