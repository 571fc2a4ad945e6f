import { expect, test } from 'vitest';
import { effectiveConfig } from './effective-config.ts';
import { parseManifest } from './read-manifest.ts';

const settings = [
  { key: 'threshold', type: 'float', default: 0.5, min: 0, max: 1 },
  { key: 'mode', type: 'enum', default: 'fast', options: ['fast', 'exact'] },
];

function manifest(default_config?: string | object) {
  return parseManifest({
    manifest_version: '2.0.0',
    app: { id: 'com.acme.cap', name: 'Cap', version: '1.0.0' },
    plugin: { binaries: { 'linux-x64': 'bin/linux/plugin.so' } },
    configuration: { user_configurable: settings, ...(default_config === undefined ? {} : { default_config }) },
  });
}

const noFile = () => Promise.reject(new Error('no file may be read'));

test('defaults, then the file, then overrides: the later wins key by key', async () => {
  const readText = (path: string) => Promise.resolve(path === 'config/x.json' ? '{"threshold": 0.7, "own": [1]}' : '');
  expect(await effectiveConfig(manifest('config/x.json'), readText)).toEqual({ threshold: 0.7, mode: 'fast', own: [1] });
  expect(await effectiveConfig(manifest('config/x.json'), readText, { threshold: 0.9 })).toMatchObject({ threshold: 0.9 });
});

test('settings inside the manifest count like those of a file', async () => {
  expect(await effectiveConfig(manifest({ mode: 'exact' }), noFile)).toEqual({ threshold: 0.5, mode: 'exact' });
  expect(await effectiveConfig(manifest(), noFile)).toEqual({ threshold: 0.5, mode: 'fast' });
});

test('a value outside what the manifest declares is refused, all at once', async () => {
  await expect(effectiveConfig(manifest(), noFile, { threshold: 2, mode: 'slow' })).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: 'threshold must not be above 1, not 2; mode must be one of fast, exact, not "slow"',
  });
});

test.each(['[1]', 'null', '{'])('a settings file with %s is refused by name', async (text) => {
  await expect(effectiveConfig(manifest('config/x.json'), () => Promise.resolve(text))).rejects.toThrow('config/x.json');
});
