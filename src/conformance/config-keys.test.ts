import { describe, expect, test } from 'vitest';
import { parseManifest } from '../manifest/read-manifest.ts';
import { configDifferences, configKeys, isSet, parseConfig } from './config-keys.ts';

function manifestWith(settings: readonly object[]) {
  return parseManifest({
    manifest_version: '2.0.0',
    package_type: 'native',
    app: { id: 'com.example.keys', name: 'Keys', version: '1.0.0', description: 'Settings', category: 'anomaly_detection' },
    plugin: { interface_version: '2.0', binaries: { 'linux-x64': 'plugin.so' }, model: { path: 'model.onnx' } },
    configuration: { user_configurable: settings },
  });
}

describe('keys that a manifest declares', () => {
  test('numbers are tried at their bounds and refused beyond', () => {
    const [key] = configKeys(manifestWith([{ key: 'threshold', type: 'float', default: 0.5, min: 0, max: 1 }]), { other: 1 });
    expect(key).toMatchObject({ key: 'threshold', kind: 'number', right: ['0.5', '0', '1', '0.25'], open: [] });
    expect(key?.wrong).toEqual(expect.arrayContaining(['nan', '', 'abc', '-1', '2']));
  });

  test('a fraction is wrong for a whole number, another word for an enum', () => {
    const keys = configKeys(
      manifestWith([
        { key: 'area', type: 'int', default: 16, min: 1, max: 100 },
        { key: 'look', type: 'enum', default: 'a', options: ['a', 'b'] },
      ]),
      {},
    );
    expect(keys[0]).toMatchObject({ right: ['16', '1', '100', '50'], wrong: expect.arrayContaining(['16.5', '0', '101']) });
    expect(keys[1]).toMatchObject({ kind: 'text', right: ['a', 'b'], wrong: ['', 'no such option'] });
  });
});

test('without a manifest the keys are those that the plugin tells, with no bounds to judge by', () => {
  const keys = configKeys(undefined, { ratio: 0.5, cells: 3, draw: true, label: 'x', nested: { a: 1 }, none: null });
  expect(keys.map(({ key, right, open }) => [key, right, open])).toEqual([
    ['ratio', ['0.5'], ['0.25', '0.75', '1']],
    ['cells', ['3'], ['0', '1', '2']],
    ['draw', ['true'], ['false']],
    ['label', ['x'], []],
  ]);
});

test('a value counts as set when it is the number, also as a float, or the very text', () => {
  expect([isSet(Math.fround(0.7), '0.7'), isSet(0.71, '0.7'), isSet(true, 'true'), isSet('a', 'b')]).toEqual([true, false, true, false]);
});

test('differences name the key with both values', () => {
  expect(configDifferences({ a: 1, b: 'x' }, { a: 2, c: true })).toEqual([
    'a is 2 instead of 1',
    'b is nothing instead of "x"',
    'c is true instead of nothing',
  ]);
});

test('only an object is a configuration', () => {
  expect([parseConfig('{"a": 1}'), parseConfig('[]'), parseConfig('null'), parseConfig('{"a": 0,5}'), parseConfig(null)]).toEqual([
    { a: 1 },
    ...Array.from({ length: 4 }, () => undefined),
  ]);
});
