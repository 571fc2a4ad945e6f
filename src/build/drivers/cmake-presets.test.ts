import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../../../test/scratch.ts';
import { presetNames, readPreset } from './cmake-presets.ts';

const presets = {
  configurePresets: [
    { name: 'base', hidden: true, cacheVariables: { CMAKE_BUILD_TYPE: 'Release', A: { type: 'BOOL', value: true }, B: 'base', C: 'c' } },
    { name: 'other', hidden: true, cacheVariables: { B: 'other', D: 'd' } },
    { name: 'asan', inherits: ['base', 'other'], cacheVariables: { C: null, E: '$' + '{sourceDir}/x', F: false } },
    { name: 'circle', inherits: 'circle', toolchainFile: 't.cmake' },
  ],
};

test('a preset has the variables it inherits, the first parent wins, its own win over all, null takes one away', async () => {
  const root = await scratchFolder();
  await writeFile(join(root, 'CMakePresets.json'), JSON.stringify(presets));
  expect(await readPreset(root, 'asan')).toEqual({
    CMAKE_BUILD_TYPE: 'Release',
    A: 'ON',
    B: 'base',
    D: 'd',
    E: `${root}/x`,
    F: 'OFF',
  });
  expect(await readPreset(root, 'circle')).toEqual({ CMAKE_TOOLCHAIN_FILE: 't.cmake' });
  expect(await readPreset(root, 'tsan')).toBeUndefined();
  expect(await presetNames(root)).toEqual(['asan', 'circle']);
});

test('a project without CMakePresets.json has no presets, one with a broken file is refused', async () => {
  const root = await scratchFolder();
  expect(await presetNames(root)).toEqual([]);
  await writeFile(join(root, 'CMakePresets.json'), '{');
  await expect(readPreset(root, 'asan')).rejects.toMatchObject({ code: 'FILE_INVALID' });
});
