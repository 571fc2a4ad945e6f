import { execFile } from 'node:child_process';
import { chmod, chown, cp, mkdir, readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { sha256File } from '../../src/core/digest.ts';
import { packableProject } from '../packable-project.ts';
import { cli, cliPath, scratchFolder } from '../scratch.ts';
import { optionalTool, otherNode } from '../tools.ts';

const run = promisify(execFile);
const bash = process.platform === 'win32' ? undefined : optionalTool('bash');

/** Where and how to pack the same project once more. */
interface Elsewhere {
  readonly title: string;
  readonly node?: string;
  readonly env?: Record<string, string>;
  readonly umask?: string;
  /** Number of another user. */
  readonly user?: number;
}

const node22 = otherNode();
const nobody = 65534;

const everywhere: readonly Elsewhere[] = [
  { title: 'another time zone', env: { TZ: 'Pacific/Kiritimati' } },
  { title: 'another language', env: { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' } },
  { title: 'another umask', umask: '077' },
  ...(process.getuid?.() === 0 ? [{ title: 'another user', user: nobody }] : []),
  ...(node22 === undefined ? [] : [{ title: 'Node 22', node: node22 }]),
];

/** Packs and signs a copy of the project in a folder of its own; the digests of both packages. */
async function packThere(project: string, keys: string, place: Elsewhere): Promise<{ packed: string; signed: string }> {
  const folder = join(await scratchFolder(), 'some where else');
  await mkdir(folder);
  await cp(project, join(folder, 'cap'), { recursive: true });
  await cp(keys, join(folder, 'keys'), { recursive: true });
  for (const name of [
    '',
    'cap',
    ...(await readdir(join(folder, 'cap'), { recursive: true })).map((file) => join('cap', file)),
    'keys',
    'keys/mvas.key.pem',
    'keys/mvas.cert.pem',
  ]) {
    await utimes(join(folder, name), 1e9, 1e9);
    await chmod(join(folder, name), 0o755);
    if (place.user !== undefined) await chown(join(folder, name), place.user, place.user);
  }
  if (place.user !== undefined) await chmod(join(folder, '..'), 0o755);
  const script = `umask ${place.umask ?? '022'}
    "$0" "$1" package cap -o a.mvapp >/dev/null
    "$0" "$1" sign a.mvapp --key keys/mvas.key.pem -o b.mvapp >/dev/null`;
  await run(bash ?? '', ['-euc', script, place.node ?? process.execPath, cliPath], {
    cwd: folder,
    env: { ...process.env, MVAS_HOME: join(folder, 'home'), MVAS_KEY_PASSPHRASE: '', SOURCE_DATE_EPOCH: '', ...place.env },
    ...(place.user === undefined ? {} : { uid: place.user, gid: place.user }),
  });
  return { packed: await sha256File(join(folder, 'a.mvapp')), signed: await sha256File(join(folder, 'b.mvapp')) };
}

test.skipIf(bash === undefined)('packed and signed with RSA anywhere, by anybody, a project gives the same bytes', async (context) => {
  const { root } = await packableProject(join(await scratchFolder(), 'cap'));
  const keys = await scratchFolder();
  await cli(['keygen', '--out', keys], { env: { MVAS_KEY_PASSPHRASE: '' } });
  const expected = await packThere(root, keys, { title: 'here' });
  expect(expected.signed).not.toBe(expected.packed);
  if (node22 === undefined) await context.annotate('there is no Node 22 here: node scripts/setup.js --node22');
  for (const place of everywhere) {
    if (place.user !== undefined && !(await canRead(place.user))) await context.annotate('the kit lies where no other user can read it');
    else expect(await packThere(root, keys, place), place.title).toEqual(expected);
  }
});

async function canRead(user: number): Promise<boolean> {
  try {
    await run(process.execPath, [cliPath, '--version'], { uid: user, gid: user, env: {} });
    return true;
  } catch {
    return false;
  }
}
