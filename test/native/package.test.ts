import { execFile, spawn } from 'node:child_process';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { sha256File } from '../../src/core/digest.ts';
import { readArchive } from '../../src/package/archive.ts';
import { packProject } from '../../src/package/pack-project.ts';
import { unpackTo } from '../../src/package/unpack.ts';
import { validate } from '../../src/package/validate.ts';
import { signPackage } from '../../src/signing/sign.ts';
import { verifyPackage } from '../../src/signing/verify.ts';
import { compilePlugin } from '../compile-plugin.ts';
import { packableProject } from '../packable-project.ts';
import { seededRandom } from '../random.ts';
import { cli, cliPath, scratchFolder } from '../scratch.ts';

const run = promisify(execFile);

test('a package holds what the manifest names and the folders of the standard, no source and no litter', async () => {
  const project = await packableProject(await scratchFolder());
  const packed = await packProject(project);
  await using archive = await readArchive(packed.path);
  expect(archive.entries.map(({ name }) => name)).toEqual([
    'manifest.json',
    project.library,
    'config/default_params.json',
    'models/model.onnx',
    'sbom.cdx.json',
    'test/test_images/good.png',
  ]);
  expect(packed.files).toHaveLength(6);
});

test('packing twice, from two places, gives the same bytes', async () => {
  const [one, two] = [await scratchFolder(), await scratchFolder()];
  const first = await packProject(await packableProject(one));
  await rm(first.path);
  const second = await packProject(await packableProject(two), { output: join(one, 'b.mvapp') });
  const again = await packProject(await packableProject(one), { output: join(one, 'c.mvapp') });
  expect(second.sha256).toBe(first.sha256);
  expect(again.sha256).toBe(await sha256File(second.path));
});

test('the content digest can be recomputed with unzip and sha256sum', async () => {
  const project = await packableProject(await scratchFolder());
  const packed = await packProject(project);
  const folder = join(project.root, 'out');
  await using archive = await readArchive(packed.path);
  const digests = new Map<string, string>();
  for (const entry of archive.entries) digests.set(entry.name, await archive.sha256(entry));
  await unpackTo(archive, folder, digests);
  const names = [...digests.keys()].sort();
  const { stdout } = await run('sha256sum', names, { cwd: folder });
  const { stdout: digest } = await run('sh', ['-c', 'sha256sum "$@" | sha256sum', 'sh', ...names], { cwd: folder });
  expect(stdout.split('\n')).toHaveLength(names.length + 1);
  expect(digest.split(' ')[0]).toBe(packed.contentDigest);
});

test.each([
  ['a missing binary', (root: string, library: string) => rm(join(root, library)), /plugin\.binaries\.\S+ names bin\S+, which is missing/],
  [
    'a missing model',
    (root: string) => rm(join(root, 'models/model.onnx')),
    /plugin\.model\.path names models\/model\.onnx, which is missing/,
  ],
  ['a missing config', (root: string) => rm(join(root, 'config/default_params.json')), /default_config names config\/default_params\.json/],
  ['a text as binary', (root: string, library: string) => writeFile(join(root, library), 'no library'), /is not a usable library/],
  ['a private key', (root: string) => writeFile(join(root, 'config/k.txt'), pem()), /config\/k\.txt holds a private key/],
  ['a key store', (root: string) => writeFile(join(root, 'models/k.p12'), 'x'), /models\/k\.p12 looks like a secret/],
  ['an environment file', (root: string) => writeFile(join(root, 'config/.env'), 'TOKEN=1'), /config\/\.env looks like a secret/],
  ['a link to a file', (root: string) => symlink('/etc/hostname', join(root, 'config/link')), /config\/link is a link/],
  ['a link to a folder', (root: string) => symlink('/etc', join(root, 'assets/etc')), /assets\/etc is a link/],
  ['a name for no other system', (root: string) => writeFile(join(root, 'models/a:b'), 'x'), /models\/a:b.*has the character :/],
  [
    'a model of 5 GiB',
    (root: string) => truncate(join(root, 'models/model.onnx'), 5 * 2 ** 30),
    /bytes are more than the 4294967294 of a package/,
  ],
])('packing refuses %s and writes nothing', async (_title, spoil, message) => {
  const project = await packableProject(await scratchFolder());
  await spoil(project.root, project.library);
  await expect(packProject(project)).rejects.toMatchObject({ code: 'PACKAGE_REFUSED', message: expect.stringMatching(message) });
  expect((await readdir(project.root)).filter((name) => name.includes('mvapp'))).toEqual([]);
});

test('a binary for another platform than its key is refused, naming both', async () => {
  const foreign = process.platform === 'win32' ? 'linux-x64' : 'windows-x64';
  const project = await packableProject(await scratchFolder(), (manifest) => {
    const plugin = manifest['plugin'] as { binaries: object };
    return { ...manifest, plugin: { ...plugin, binaries: { ...plugin.binaries, [foreign]: 'bin/other/plugin.dll' } } };
  });
  await mkdir(join(project.root, 'bin/other'));
  await copyFile(join(project.root, project.library), join(project.root, 'bin/other/plugin.dll'));
  await expect(packProject(project)).rejects.toThrow(
    new RegExp(`bin/other/plugin\\.dll is no library for ${foreign}.*${project.platform}`),
  );
  const packed = await packProject(project, { platforms: [project.platform] });
  expect(packed.platforms).toEqual([project.platform]);
  await using archive = await readArchive(packed.path);
  const entry = archive.find('manifest.json');
  const manifest = entry && JSON.parse((await archive.read(entry, 1e6)).toString());
  expect(Object.keys(manifest.plugin.binaries)).toEqual([project.platform]);
  expect(manifest.package_type).toBe('native');
});

test('a package whose only model runs on one GPU, and a large one, are packed with a warning', async () => {
  const project = await packableProject(await scratchFolder(), (manifest) => ({
    ...manifest,
    plugin: { ...manifest['plugin'], model: { path: 'models/model.engine' } },
  }));
  await writeFile(join(project.root, 'models/model.engine'), 'an engine');
  expect((await packProject(project)).warnings.filter((text) => !text.startsWith('reports/'))).toEqual([
    'models/model.engine runs only on the GPU that it was built on: add an ONNX model as plugin.model.fallback',
  ]);
  await truncate(join(project.root, 'models/model.engine'), 101e6);
  expect((await packProject(project)).warnings.join()).toContain('the package has 101 MB: packages above 100 MB take long to install');
});

test('a path that leads out of the project is refused by the manifest', async () => {
  const project = await packableProject(await scratchFolder(), (manifest) => ({ ...manifest, extraFiles: ['../secret.txt'] }));
  await expect(packProject(project)).rejects.toMatchObject({ code: 'MANIFEST_INVALID', message: expect.stringContaining('/extraFiles/0') });
});

test('reports of this very build go in; missing, stale and failing ones are named, and refused when required', async () => {
  const project = await packableProject(await scratchFolder());
  await mkdir(project.reportsFolder);
  const sha256 = await sha256File(join(project.root, project.library));
  const report = (kind: string, content: object) =>
    writeFile(join(project.reportsFolder, `${kind}.${project.platform}.json`), JSON.stringify(content));
  await report('conformance', { ok: true, plugin: { sha256 } });
  await report('golden', { ok: true, plugin: { sha256: '0'.repeat(64) } });
  const packed = await packProject(project);
  expect(packed.files.filter((name) => name.startsWith('reports/'))).toEqual([`reports/conformance.${project.platform}.json`]);
  expect(packed.warnings).toEqual([expect.stringMatching(/golden.*stale/), expect.stringMatching(/bench.*missing/)]);
  await expect(packProject(project, { requireReports: true })).rejects.toThrow(/golden.*stale.*bench.*missing/);
  await report('golden', { ok: false, plugin: { sha256 } });
  await report('bench', { ok: true, plugin: { sha256 } });
  await expect(packProject(project, { requireReports: true })).rejects.toThrow(/golden.*says that the plugin fails/);
  await report('golden', { ok: true, plugin: { sha256 } });
  expect((await packProject(project, { requireReports: true })).warnings).toEqual([]);
});

test('mvas package says what it made, and --json prints the library value', async () => {
  const project = await packableProject(await scratchFolder());
  const plain = await cli(['package'], { cwd: project.root });
  expect(plain).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('com.acme.cap-1.2.3.mvapp') });
  const json = await cli(['package', project.root, '-o', 'x.mvapp', '--json'], { cwd: project.root });
  expect(JSON.parse(json.stdout)).toMatchObject({
    id: 'com.acme.cap',
    path: join(project.root, 'x.mvapp'),
    sha256: await sha256File(join(project.root, 'x.mvapp')),
  });
  const wrong = await cli(['package', '--platform', 'amiga'], { cwd: project.root });
  expect(wrong).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('linux-x64') });
  expect(await cli(['validate', 'x.mvapp'], { cwd: project.root })).toMatchObject({ exitCode: 0 });
});

test.skipIf(process.platform === 'win32')('Ctrl-C while packing ends with exit 130 and leaves nothing', async () => {
  const project = await packableProject(await scratchFolder());
  await run('truncate', ['-s', '1500M', join(project.root, 'models/model.onnx')]);
  const out = await scratchFolder();
  const child = spawn(process.execPath, [cliPath, 'package', project.root, '-o', join(out, 'a.mvapp')], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  while ((await readdir(out)).length === 0 && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 10));
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(await readdir(out)).toEqual([]);
});

test('a file that changed after its verification is not unpacked', async () => {
  const project = await packableProject(await scratchFolder());
  const packed = await packProject(project);
  await using archive = await readArchive(packed.path);
  const digests = new Map(archive.entries.map(({ name }) => [name, '0'.repeat(64)]));
  const folder = join(project.root, 'out');
  await expect(unpackTo(archive, folder, digests)).rejects.toMatchObject({ code: 'CONTENT_DIFFERS' });
  expect((await readdir(project.root)).filter((name) => name.includes('out'))).toEqual([]);
  await mkdir(folder);
  await expect(unpackTo(archive, folder, digests)).rejects.toMatchObject({ code: 'FILE_EXISTS' });
});

test('the default settings of a project are compared with its file', async () => {
  const settings = [{ key: 'threshold', type: 'float', default: 0.5, max: 1 }];
  const project = await packableProject(await scratchFolder(), (manifest) => ({
    ...manifest,
    configuration: { default_config: 'config/default_params.json', user_configurable: settings },
  }));
  await writeFile(join(project.root, 'config/default_params.json'), '{"threshold": 0.7}');
  const differs = await cli(['validate'], { cwd: project.root });
  expect(differs).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('sets threshold to another value than its default 0.5') });
  await writeFile(join(project.root, 'config/default_params.json'), '{"threshold": 7}');
  const wrong = await cli(['validate', '--json'], { cwd: project.root });
  expect(wrong.exitCode).toBe(1);
  expect(JSON.parse(wrong.stdout).problems[0].rule).toContain('must not be above 1');
  expect(await readFile(project.manifestPath, 'utf8')).toContain('threshold');
});

function pem(): string {
  return ['-----BEGIN', 'PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQ\n'].join(' ');
}

test('compressed, a package is smaller, of the same content, and stays so when it is signed', async () => {
  const project = await packableProject(await scratchFolder());
  const random = seededRandom(6);
  const noise = (length: number, limit: number) => Buffer.from(Array.from({ length }, () => random(limit)));
  await writeFile(join(project.root, 'models/model.onnx'), noise(300_000, 16));
  await writeFile(join(project.root, 'models/zeros.bin'), Buffer.alloc(1_000_000));
  await writeFile(join(project.root, 'models/noise.bin'), noise(100_000, 256));
  const stored = await packProject(project);
  const packed = await packProject(project, { compress: true, output: join(project.root, 'small.mvapp') });
  expect(packed.contentDigest).toBe(stored.contentDigest);
  expect(packed.sizeBytes).toBeLessThan(stored.sizeBytes - 100_000);
  const { privateKey } = generateKeyPairSync('ed25519');
  await signPackage(packed.path, { key: privateKey });
  expect(await verifyPackage(packed.path, { publicKey: createPublicKey(privateKey) })).toMatchObject({ exit: 0 });
  await using archive = await readArchive(packed.path);
  const methods = ['models/model.onnx', 'models/zeros.bin', 'models/noise.bin', 'signature.json'].map((name) => archive.find(name)?.method);
  expect(methods).toEqual([8, 0, 0, 0]);
});

test('for the field host, the manifest has its types, and settings from the manifest become a file', async () => {
  const change = (manifest: Record<string, object>) => ({
    ...manifest,
    app: { ...manifest['app'], author: { name: 'Acme' } },
    configuration: { default_config: { threshold: 0.25 } },
  });
  const project = await packableProject(await scratchFolder(), change);
  const output = join(project.root, 'field.mvapp');
  expect(await cli(['validate', '--host', 'field'], { cwd: project.root })).toMatchObject({
    exitCode: 1,
    stdout: expect.stringMatching(/^error +\/app\/author must be one text for the field host/m),
  });
  await expect(packProject(project, { host: 'field', output })).rejects.toMatchObject({
    code: 'PACKAGE_REFUSED',
    message: expect.stringContaining('config/default_params.json is in the way'),
  });
  await rm(join(project.root, 'config/default_params.json'));
  expect(await cli(['package', '--host', 'field', '-o', output], { cwd: project.root })).toMatchObject({ exitCode: 0 });
  expect(await cli(['validate', '--host', 'field', output], { cwd: project.root })).toMatchObject({ exitCode: 0 });
  await using archive = await readArchive(output);
  const read = async (name: string) => {
    const entry = archive.find(name);
    return entry === undefined ? undefined : JSON.parse((await archive.read(entry, 1e6)).toString());
  };
  expect(await read('manifest.json')).toMatchObject({
    app: { author: 'Acme' },
    configuration: { default_config: 'config/default_params.json' },
  });
  expect(await read('config/default_params.json')).toEqual({ threshold: 0.25 });
});

test('for the field host, a library needs the one optional function that it binds', async () => {
  const project = await packableProject(await scratchFolder());
  const check = () => validate(project.root, { host: 'field' });
  const missing = { pointer: `/plugin/binaries/${project.platform}`, rule: 'must export mvas_get_error for the field host' };
  expect((await check()).problems).not.toContainEqual(expect.objectContaining(missing));
  await writeFile(join(project.root, 'bare.c'), 'int mvas_init(void) { return 0; }\n');
  await compilePlugin(join(project.root, 'bare.c'), { output: join(project.root, project.library) });
  expect((await check()).problems).toContainEqual(expect.objectContaining(missing));
  expect((await validate(project.root)).problems).toEqual([]);
  const { path } = await packProject(project);
  expect((await validate(path, { host: 'field' })).problems).toContainEqual(expect.objectContaining(missing));
});
