import { expect, test } from 'vitest';
import { parseManifest } from '../manifest/read-manifest.ts';
import { appSettings } from './app-settings.ts';

function manifestWith(configuration: Record<string, unknown>) {
  return parseManifest({
    manifest_version: '2.0.0',
    package_type: 'native',
    app: { id: 'com.acme.x', name: 'X', version: '1.0.0', description: 'x', category: 'anomaly_detection' },
    plugin: { interface_version: '2.0', binaries: { 'linux-x64': 'bin/linux/plugin.so' } },
    configuration,
  });
}

const manifest = manifestWith({
  default_config: 'config/default_params.json',
  user_configurable: [
    { key: 'threshold', type: 'float', default: 0.5, min: 0, max: 1 },
    { key: 'mode', type: 'enum', default: 'fast', options: ['fast', 'exact'] },
    { key: 'note', type: 'string', default: '' },
  ],
});
const readText = async () => '{"threshold": 0.6, "internal": [1]}';

test('later settings win key by key: declared, the app’s file, the call’s file, single values', async () => {
  const file = { name: 'mine.json', text: '{"threshold": 0.7, "mode": "exact"}' };
  expect(await appSettings(manifest, readText, {})).toEqual({ threshold: 0.6, mode: 'fast', note: '', internal: [1] });
  expect(await appSettings(manifest, readText, { file })).toMatchObject({ threshold: 0.7, mode: 'exact' });
  expect(await appSettings(manifest, readText, { file, values: { threshold: '0.8' } })).toMatchObject({ threshold: 0.8, mode: 'exact' });
});

test('a single value has the type that the manifest declares', async () => {
  const settings = await appSettings(manifest, readText, { values: { note: '12', threshold: '1', internal: '[2]' } });
  expect(settings).toMatchObject({ note: '12', threshold: 1, internal: [2] });
});

test('a setting that the app does not know is refused, a plugin would ignore it in silence', async () => {
  await expect(appSettings(manifest, readText, { values: { treshold: '0.8' } })).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: 'the app has no setting treshold',
    hint: 'did you mean threshold?',
  });
  await expect(appSettings(manifest, readText, { file: { name: 'mine.json', text: '{"modes": 1}' } })).rejects.toThrow('no setting modes');
});

test('an app that declares no settings takes any', async () => {
  expect(await appSettings(manifestWith({}), readText, { values: { anything: 'goes' } })).toEqual({ anything: 'goes' });
});

test('a value out of range, a wrong type and a file that is no JSON are refused', async () => {
  await expect(appSettings(manifest, readText, { values: { threshold: '2' } })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  await expect(appSettings(manifest, readText, { values: { threshold: 'high' } })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  await expect(appSettings(manifest, readText, { file: { name: 'mine.json', text: '{' } })).rejects.toThrow('mine.json is not valid JSON');
});
