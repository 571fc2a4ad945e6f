import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkManifest } from './check-manifest.ts';
import { fieldHostProblems, forFieldHost } from './field-host.ts';
import { parseAnyManifest, problemText } from './read-manifest.ts';

type Json = Record<string, unknown>;
const fixture = async (name: string): Promise<Json> =>
  JSON.parse(await readFile(join(import.meta.dirname, '../../test/fixtures', name), 'utf8'));
const [native, pipeline, v1] = await Promise.all(['native-manifest.json', 'pipeline-manifest.json', 'v1-manifest.json'].map(fixture));

const bare = {
  manifest_version: '2.0.0',
  app: { id: 'com.acme.cap', name: 'Cap', version: '1.2.3', author: { name: 'Acme', email: 'a@acme.com' } },
  plugin: { binaries: { 'linux-x64': 'bin/linux/plugin.so', 'windows-arm64': 'bin/windows-arm64/plugin.dll' } },
  requirements: { mvas_version: '>=2.0' },
  configuration: { default_config: { threshold: 0.5 } },
};

const problems = (written: Json) => fieldHostProblems(written, parseAnyManifest(written)).map(problemText);

test('what the documents allow and the field host does not is named, each with the cure', () => {
  expect(problems(bare).map((text) => text.split(' ')[0])).toEqual([
    '/app/author',
    '/plugin/model/path',
    '/plugin/interface_version',
    '/configuration/default_config',
    '/plugin/binaries/windows-arm64',
  ]);
  expect(problems({ ...bare, plugin: { binaries: { 'windows-arm64': 'bin/windows-arm64/plugin.dll' } } }).join()).toContain(
    'must name a library for a platform of the field host: windows-x64',
  );
});

test('a rewritten manifest has nothing left but platforms that are not known there, and means the same', () => {
  for (const written of [bare, native ?? {}]) {
    const { manifest } = forFieldHost(written);
    expect(problems(manifest).filter((text) => !text.includes('windows-arm64'))).toEqual([]);
    expect(checkManifest(manifest).problems).toEqual([]);
    const [before, after] = [parseAnyManifest(written), parseAnyManifest(manifest)];
    const { app, configuration, ...same } = after;
    expect(same).toEqual({ ...before, app: undefined, configuration: undefined, ...same });
    expect({ ...app, author: undefined }).toEqual({ ...before.app, author: undefined });
    expect(configuration.user_configurable).toEqual(before.configuration.user_configurable);
  }
  expect(forFieldHost(bare)).toMatchObject({
    manifest: {
      app: { author: 'Acme <a@acme.com>' },
      plugin: { interface_version: '2.0', model: { path: 'models/model.onnx' } },
      requirements: { min_mvas_version: '>=2.0' },
      configuration: { default_config: 'config/default_params.json' },
    },
    files: [{ name: 'config/default_params.json', bytes: Buffer.from('{\n  "threshold": 0.5\n}\n') }],
  });
});

test('version 1 loads there, pipelines do not', () => {
  expect(problems(v1 ?? {})).toEqual([]);
  expect(problems(pipeline ?? {}).join()).toContain('is not loaded by the field host');
  expect(problems({ ...v1, input: undefined }).join()).toContain('/input is required for the field host');
});
