import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { KitError } from '../../src/core/kit-error.ts';
import { installPackage } from '../../src/runtime/installation/install.ts';
import { openInstalled } from '../../src/runtime/installation/open-installed.ts';
import { installablePackage } from '../installable-package.ts';
import { seededRandom } from '../random.ts';
import { cliPath, scratchFolder } from '../scratch.ts';
import { testIo } from '../test-io.ts';
import { optionalTool } from '../tools.ts';

const run = promisify(execFile);
const posix = process.platform !== 'win32';
const id = 'com.acme.cap';

/** Installs two packages in turn for ever, and says when each has been installed once. */
const endless = `
import { installPackage } from '${pathToFileURL(join(dirname(cliPath), '../runtime/installation/install.js')).href}';
const { paths, home } = JSON.parse(process.argv[1]);
const io = { env: { MVAS_HOME: home }, signal: new AbortController().signal };
for (;;) {
  for (const path of paths) await installPackage(path, { io, allowUnsigned: true, allowDowngrade: true });
  process.stdout.write('.');
}
`;

async function twoPackages(): Promise<{ paths: string[]; home: string }> {
  const folder = await scratchFolder();
  const paths = [await installablePackage(folder, { version: '1.0.0' }), await installablePackage(folder, { version: '1.1.0' })];
  return { paths, home: join(folder, 'home') };
}

async function startEndless(input: { paths: string[]; home: string }): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', endless, JSON.stringify(input)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  return child;
}

/** The version that would be loaded, or the code of the error. */
async function inUse(home: string): Promise<string> {
  try {
    return (await openInstalled(id, testIo(home, { env: { MVAS_HOME: home } }))).version;
  } catch (error) {
    if (error instanceof KitError) return error.code;
    throw error;
  }
}

const leftovers = async (home: string) => (await readdir(join(home, 'plugins', id))).filter((name) => name.startsWith('.'));

test.skipIf(!posix)(
  'at any of 200 moments of installing a kill -9 leaves a whole release in use, and the next installation clears up',
  async () => {
    const { paths, home } = await twoPackages();
    const random = seededRandom(20260711);
    const seen: string[] = [];
    let halves = 0;
    for (let round = 0; round < 10; round++) {
      const child = await startEndless({ paths, home });
      const end = once(child, 'exit');
      for (let moment = 0; moment < 20; moment++) {
        await setTimeout(random(40));
        expect(child.exitCode, 'it stopped by itself').toBeNull();
        child.kill(moment < 19 ? 'SIGSTOP' : 'SIGKILL'); // what is stopped writes no more than what is dead
        if (moment === 19) await end;
        seen.push(await inUse(home));
        halves += (await leftovers(home)).length;
        child.kill('SIGCONT');
      }
      const io = testIo(home, { env: { MVAS_HOME: home } });
      expect(await installPackage(paths[0] ?? '', { io, allowUnsigned: true, allowDowngrade: true })).toMatchObject({ version: '1.0.0' });
      expect(await leftovers(home)).toEqual([]);
    }
    expect(seen).toHaveLength(200);
    expect([...new Set(seen)].sort()).toEqual(['1.0.0', '1.1.0']);
    expect(halves, 'some moments were in the midst of it').toBeGreaterThan(0);
  },
);

test('several that install at once do so one after the other', async () => {
  const { paths, home } = await twoPackages();
  const env = { ...process.env, MVAS_HOME: home };
  const flags = ['--allow-unsigned', '--allow-downgrade'];
  await Promise.all([...paths, ...paths].map((path) => run(process.execPath, [cliPath, 'install', path, ...flags], { env })));
  expect(await inUse(home)).toMatch(/^1\.[01]\.0$/);
  expect(await leftovers(home)).toEqual([]);
  expect(await readdir(join(home, 'plugins'))).toEqual([id]);
});

const bash = posix ? optionalTool('bash') : undefined;

test.skipIf(bash === undefined)('a full disk ends the installation with exit 3 and leaves what was in use', async () => {
  const { paths, home } = await twoPackages();
  const install = (path: string, kilobytes: number | 'unlimited') =>
    run(
      'bash',
      ['-c', `ulimit -f ${kilobytes}; trap '' XFSZ; exec "$@"`, 'bash', process.execPath, cliPath, 'install', path, '--allow-unsigned'],
      {
        env: { ...process.env, MVAS_HOME: home },
      },
    );
  await install(paths[0] ?? '', 'unlimited');
  for (const kilobytes of [0, 1, 10])
    await expect(install(paths[1] ?? '', kilobytes)).rejects.toMatchObject({ code: 3, stderr: expect.stringContaining('WRITE_FAILED') });
  expect(await inUse(home)).toBe('1.0.0');
  expect(await leftovers(home)).toEqual([]);
});
