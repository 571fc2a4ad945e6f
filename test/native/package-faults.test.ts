import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { packProject } from '../../src/package/pack-project.ts';
import { type VerifyOptions, verifyPackage } from '../../src/signing/verify.ts';
import { type PackableProject, packableProject } from '../packable-project.ts';
import { seededRandom } from '../random.ts';
import { cli, cliPath, scratchFolder } from '../scratch.ts';
import { newEdKey, publicOf } from '../signed-package.ts';
import { optionalTool } from '../tools.ts';

const run = promisify(execFile);
const posix = process.platform !== 'win32';
const dist = (name: string) => pathToFileURL(join(dirname(cliPath), '..', name)).href;

/** Packs and signs to the same place for ever, removes the package each time where asked to, and says when it has done so once. */
const packAndSign = `
import { createPrivateKey } from 'node:crypto';
import { rmSync } from 'node:fs';
import { packProject } from '${dist('package/pack-project.js')}';
import { signPackage } from '${dist('signing/sign.js')}';
const { project, output, pem, remove } = JSON.parse(process.argv[1]);
const key = createPrivateKey(pem);
for (;;) {
  await packProject(project, { output });
  await signPackage(output, { key });
  if (remove) rmSync(output);
  process.stdout.write('.');
}
`;

/** A project with a model that takes a few milliseconds to write. */
async function projectWithModel(bytes: number): Promise<PackableProject> {
  const project = await packableProject(join(await scratchFolder(), 'cap'));
  await writeFile(join(project.root, 'models/model.onnx'), Buffer.alloc(bytes, 'weights'));
  return project;
}

/** Starts the endless packer; it is in its second round when this resolves. */
async function startPacker(project: PackableProject, output: string, pem: string, remove = false): Promise<ChildProcess> {
  const args = ['--input-type=module', '-e', packAndSign, JSON.stringify({ project, output, pem, remove })];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  const end = once(child, 'exit');
  expect(child.exitCode, 'it stopped by itself').toBeNull();
  child.kill('SIGKILL');
  await end;
}

/** What kill -9 would leave of a package right now: a process that is stopped, or dead, writes nothing more. */
async function verdictAt(child: ChildProcess, signal: 'SIGSTOP' | 'SIGKILL', output: string, options: VerifyOptions): Promise<number> {
  if (signal === 'SIGKILL') await killed(child);
  else child.kill(signal);
  const there = await stat(output).catch(() => undefined);
  const exit = there === undefined ? -1 : (await verifyPackage(output, options)).exit;
  child.kill('SIGCONT');
  return exit;
}

test.skipIf(!posix)('at any of 200 moments of packing and signing a kill -9 leaves a whole package or none', async () => {
  const project = await projectWithModel(3 * 1024 * 1024);
  const key = newEdKey();
  const pem = key.export({ type: 'pkcs8', format: 'pem' }).toString();
  const out = join(project.root, '..');
  const random = seededRandom(20260103);
  const verdicts: number[] = [];
  let halves = 0;
  for (let round = 0; round < 20; round++) {
    const output = join(out, `${round}.mvapp`);
    const child = await startPacker(project, output, pem, true);
    for (let moment = 0; moment < 10; moment++) {
      await setTimeout(random(30));
      verdicts.push(await verdictAt(child, moment < 9 ? 'SIGSTOP' : 'SIGKILL', output, { publicKey: publicOf(key) }));
      halves += (await readdir(out)).filter((name) => name.endsWith('.part')).length;
    }
  }
  expect(verdicts).toHaveLength(200);
  expect([...new Set(verdicts)].sort()).toEqual([-1, 0, 11]);
  expect(halves, 'some moments were in the midst of writing').toBeGreaterThan(0);
});

test('two that pack and sign to the same place at once never show anybody a half package', async () => {
  const project = await projectWithModel(3 * 1024 * 1024);
  const key = newEdKey();
  const pem = key.export({ type: 'pkcs8', format: 'pem' }).toString();
  const output = join(project.root, '..', 'a.mvapp');
  await packProject(project, { output });
  const packers = await Promise.all([startPacker(project, output, pem), startPacker(project, output, pem)]);
  const exits = new Set<number>();
  for (let round = 0; round < 100; round++) exits.add((await verifyPackage(output, { publicKey: publicOf(key) })).exit);
  for (const packer of packers) await killed(packer);
  expect([...exits].filter((exit) => exit !== 0 && exit !== 11)).toEqual([]);
});

const bash = posix ? optionalTool('bash') : undefined;

test.skipIf(bash === undefined)('a file that may grow no further ends packing and signing with exit 3 and changes nothing', async () => {
  const project = await projectWithModel(3 * 1024 * 1024);
  const [out, home] = [join(project.root, '..', 'out'), join(project.root, '..', 'home')];
  await mkdir(out);
  const { path } = await packProject(project, { output: join(out, 'a.mvapp') });
  const before = await readFile(path);
  const env = { ...process.env, MVAS_HOME: home, CI: '' };
  await run(process.execPath, [cliPath, 'keygen', '--dev', '--namespace', 'com.acme'], { env });
  for (const [kilobytes, ...args] of [
    [0, 'package', project.root, '-o', path],
    [1, 'sign', path],
    [2000, 'package', project.root, '-o', join(out, 'b.mvapp')],
    [3000, 'sign', path],
  ] as const) {
    const limited = ['-c', `ulimit -f ${kilobytes}; exec "$@"`, 'bash', process.execPath, cliPath, ...args];
    const failure = run(bash ?? '', limited, { env, cwd: project.root });
    await expect(failure, `${kilobytes} ${args[0]}`).rejects.toMatchObject({ code: 3, stderr: expect.stringContaining('WRITE_FAILED') });
    expect(await readdir(out)).toEqual(['a.mvapp']);
    expect(before.equals(await readFile(path))).toBe(true);
  }
});

/** A folder with a package that nobody may write to: root heeds no modes, so for root it is a mount. */
async function readOnlyFolder(content: string): Promise<string> {
  const folder = join(await scratchFolder(), 'fixed');
  await mkdir(folder);
  const root = process.getuid?.() === 0;
  if (root) await run('mount', ['-t', 'tmpfs', '-o', 'size=9m', 'tmpfs', folder]);
  onTestFinished(() => (root ? run('umount', [folder]).then(() => undefined) : chmod(folder, 0o755)));
  await copyFile(content, join(folder, 'a.mvapp'));
  await (root ? run('mount', ['-o', 'remount,ro', folder]) : chmod(folder, 0o555));
  return folder;
}

test.skipIf(process.platform !== 'linux')(
  'in a folder that is read-only a package can be verified, and nothing else happens to it',
  async () => {
    const project = await projectWithModel(1000);
    const folder = await readOnlyFolder((await packProject(project)).path);
    const env = { MVAS_HOME: join(project.root, '..', 'home') };
    await cli(['keygen', '--dev', '--namespace', 'com.acme'], { env });
    expect(await cli(['verify', join(folder, 'a.mvapp')], { env })).toMatchObject({ exitCode: 11 });
    for (const args of [
      ['sign', join(folder, 'a.mvapp')],
      ['package', project.root, '-o', join(folder, 'b.mvapp')],
      ['package', project.root, '-o', join(folder, 'new/b.mvapp')],
    ]) {
      expect(await cli(args, { env })).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('WRITE_FAILED') });
    }
    expect(await readdir(folder)).toEqual(['a.mvapp']);
  },
);

test.skipIf(!posix)('a device, a pipe or a folder is never replaced by a package', async () => {
  const project = await projectWithModel(1000);
  const out = await scratchFolder();
  await run('mkfifo', [join(out, 'pipe')]);
  await mkdir(join(out, 'folder'));
  for (const output of ['/dev/null', join(out, 'pipe'), join(out, 'folder')]) {
    await expect(packProject(project, { output })).rejects.toMatchObject({ code: 'WRITE_FAILED' });
    expect((await stat(output)).isFile()).toBe(false);
  }
  expect((await readdir(out)).sort()).toEqual(['folder', 'pipe']);
});

test.skipIf(!posix)('a pipe is no package, and nobody waits for what might come out of it', async () => {
  const folder = await scratchFolder();
  const pipe = join(folder, 'a.mvapp');
  await run('mkfifo', [pipe]);
  expect(await cli(['verify', pipe])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(`${pipe} is no file`) });
});

test('a name that others chose is shown, and does not steer the terminal', async () => {
  const { exitCode, stderr } = await cli(['verify', 'a\u001b[2J\u009b5A.mvapp']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('a\\u001b[2J\\u009b5A.mvapp');
});
