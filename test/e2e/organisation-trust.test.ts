import { execFile } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { type CliRun, cli, scratchFolder } from '../scratch.ts';
import { packagedManifest, writeUnsigned } from '../signed-package.ts';
import { optionalTool } from '../tools.ts';

const run = promisify(execFile);
const tools = ['bash', 'openssl', 'python3'].map(optionalTool);

/** A folder with a package, keys of an author and a factory, two root keys, and a home of its own. */
async function workplace(): Promise<{ folder: string; home: string; mvas: (...args: string[]) => Promise<CliRun> }> {
  const folder = await scratchFolder();
  const home = join(folder, 'home');
  await writeUnsigned(join(folder, 'cap.mvapp'));
  const mvas = (...args: string[]) => cli(args, { cwd: folder, env: { MVAS_HOME: home, MVAS_KEY_PASSPHRASE: '', SOURCE_DATE_EPOCH: '' } });
  for (const name of ['author', 'factory', 'root-1', 'root-2', 'root-3'])
    expect(await mvas('keygen', '--ed25519', '--name', name)).toMatchObject({ exitCode: 0, stderr: '' });
  return { folder, home, mvas };
}

/** What the guide's commands say of the first signature of trust.json. */
async function checkedByHand(folder: string): Promise<string> {
  const guide = await readFile(join(import.meta.dirname, '../../docs/guide/trust.md'), 'utf8');
  const script = /without the kit[\s\S]*?```bash\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
  return (await run('bash', ['-euo', 'pipefail', '-c', script], { cwd: folder })).stdout;
}

async function change(path: string, edit: (value: Record<string, unknown>) => object): Promise<void> {
  await writeFile(path, JSON.stringify(edit(JSON.parse(await readFile(path, 'utf8'))), null, 2));
}

async function keyIdOf(mvas: (...args: string[]) => Promise<CliRun>, name: string): Promise<string> {
  const { pins } = JSON.parse((await mvas('trust', 'list', '--json')).stdout);
  return pins.find((pin: { label?: string }) => pin.label === name).keyId;
}

test('an organisation drafts, signs and publishes whom it trusts, and a machine follows it', async () => {
  const { folder, home, mvas } = await workplace();
  for (const name of ['author', 'factory'])
    expect((await mvas('trust', 'add', `${name}.pub.pem`, '--namespace', 'com.acme.*', '--label', name)).exitCode).toBe(0);
  const keyIds = [await keyIdOf(mvas, 'author'), await keyIdOf(mvas, 'factory')];
  const roots = ['--root', 'root-1.pub.pem', '--root', 'root-2.pub.pem'];
  expect(await mvas('trust', 'create', '--name', 'Acme Vision', ...roots, '--with-own')).toMatchObject({
    exitCode: 0,
    stderr: '',
    stdout: expect.stringContaining('to be signed by 2 of root-1, root-2'),
  });
  for (const keyId of keyIds) await mvas('trust', 'remove', keyId);
  await change(join(folder, 'trust.draft.json'), (draft) => ({
    ...draft,
    policies: [{ namespace: 'com.acme.*', signers: { threshold: 2, keyIds } }],
  }));
  expect(await mvas('trust', 'sign', 'trust.draft.json', '--key', 'root-1.key.pem')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('signed by 1 of its root keys; 2 are needed'),
  });
  expect(await mvas('trust', 'import', 'trust.json', ...roots)).toMatchObject({
    exitCode: 14,
    stderr: expect.stringContaining('SIGNER_NOT_TRUSTED'),
  });
  expect((await mvas('trust', 'sign', 'trust.json', '--key', 'root-2.key.pem')).exitCode).toBe(0);
  expect(await mvas('trust', 'import', 'trust.json')).toMatchObject({ exitCode: 14, stderr: expect.stringContaining('--root') });
  expect(await mvas('trust', 'import', 'trust.json', ...roots)).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('version 1 of the trust file of Acme Vision'),
  });
  const shown = await mvas('trust', 'show');
  if (!tools.includes(undefined)) expect(await checkedByHand(folder)).toContain('Verified Successfully');
  expect(shown.stdout).toContain('policy for com.acme.*: signed by 2 of author, factory');
  expect(shown.stdout).toContain('signed by 2 of 2 root keys, 2 are needed');
  expect(JSON.parse((await mvas('trust', 'show', 'trust.json', '--json')).stdout)).toMatchObject({ version: 1, signers: { length: 2 } });

  expect((await mvas('sign', 'cap.mvapp', '--key', 'author.key.pem')).exitCode).toBe(0);
  expect(await mvas('verify', 'cap.mvapp')).toMatchObject({
    exitCode: 17,
    stdout: expect.stringContaining('wants 2 of author, factory to have signed; only author did'),
    stderr: expect.stringContaining('mvas sign'),
  });
  expect((await mvas('sign', 'cap.mvapp', '--key', 'factory.key.pem')).exitCode).toBe(0);
  const verified = await mvas('verify', 'cap.mvapp', '--json');
  expect(verified.exitCode).toBe(0);
  const names = ['container', 'signatureFile', 'signer', 'signature', 'files', 'content', 'manifest', 'policy'];
  expect(JSON.parse(verified.stdout).stages).toEqual(names.map((name) => ({ name, status: 'passed', findings: [] })));
  expect(await mvas('verify', 'cap.mvapp', '--at', '2099-01-01')).toMatchObject({
    exitCode: 17,
    stdout: expect.stringContaining('expired on'),
  });

  expect(await mvas('trust', 'leave')).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await stat(join(home, 'trust.json')).catch(() => undefined)).toBeUndefined();
  expect((await mvas('verify', 'cap.mvapp')).exitCode).toBe(14);
  expect(await mvas('trust', 'show')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('follows no trust file') });
});

test('new root keys need the old ones, and an earlier version is never taken back', async () => {
  const { folder, mvas } = await workplace();
  await mvas('trust', 'create', '--name', 'Acme', '--root', 'root-1.pub.pem', '-o', 'v1.json');
  await mvas('trust', 'sign', 'v1.json', '--key', 'root-1.key.pem', '-o', 'v1.signed.json');
  expect((await mvas('trust', 'import', 'v1.signed.json', '--root', 'root-1.pub.pem')).exitCode).toBe(0);
  expect(
    await mvas('trust', 'create', '--from', 'v1.signed.json', '--root', 'root-2.pub.pem', '--root', 'root-3.pub.pem', '-o', 'v2.json'),
  ).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('version 2 of Acme'),
  });
  for (const root of ['root-2', 'root-3'])
    expect((await mvas('trust', 'sign', 'v2.json', '--key', `${root}.key.pem`, '-o', 'v2.signed.json')).exitCode).toBe(0);
  expect(await mvas('trust', 'import', 'v2.signed.json')).toMatchObject({
    exitCode: 14,
    stderr: expect.stringContaining('version 1, which is trusted here'),
  });
  expect(await mvas('trust', 'sign', 'v2.signed.json', '--key', 'root-1.key.pem')).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining('none of its root keys'),
  });
  expect((await mvas('trust', 'import', 'v2.signed.json')).exitCode).toBe(0);
  expect(await mvas('trust', 'import', 'v1.signed.json')).toMatchObject({ exitCode: 14 });
  await mvas('trust', 'create', '--from', 'v2.signed.json', '-o', 'v3.json');
  await change(join(folder, 'v3.json'), (draft) => ({ ...draft, version: 1 }));
  for (const root of ['root-2', 'root-3']) await mvas('trust', 'sign', 'v3.json', '--key', `${root}.key.pem`, '-o', 'v3.signed.json');
  expect(await mvas('trust', 'import', 'v3.signed.json')).toMatchObject({
    exitCode: 17,
    stderr: expect.stringContaining('version 2 was imported here'),
  });
  expect(await mvas('trust', 'create', '--from', 'v1.signed.json', '-o', 'v3.json')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('FILE_EXISTS'),
  });
  await mvas('trust', 'create', '--from', 'v1.signed.json', '--name', 'Other', '-o', 'other.json');
  expect(await mvas('trust', 'sign', 'other.json', '--key', 'root-1.key.pem', '-o', 'v2.signed.json')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('FILE_EXISTS'),
  });
  await change(join(folder, 'v1.json'), (draft) => ({ ...draft, polices: [] }));
  expect(await mvas('trust', 'sign', 'v1.json', '--key', 'root-1.key.pem')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('did you mean policies?'),
  });
  expect(await mvas('trust', 'sign', 'other.json')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--key') });
  expect(await mvas('trust', 'create', '--root', 'root-1.pub.pem', '-o', 'x.json')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('--name'),
  });
});

test('a package replaces an earlier one by the same signer or its successor, and no older version unasked', async () => {
  const { folder, mvas } = await workplace();
  for (const name of ['author', 'factory']) await mvas('trust', 'add', `${name}.pub.pem`, '--namespace', 'com.acme', '--label', name);
  const manifest = (version: string) => Buffer.from(JSON.stringify({ ...packagedManifest, app: { ...packagedManifest.app, version } }));
  const pack = async (name: string, version: string, key: string, ...flags: string[]) => {
    await writeUnsigned(join(folder, name), { 'manifest.json': manifest(version) });
    expect(await mvas('sign', name, '--key', `${key}.key.pem`, ...flags)).toMatchObject({ exitCode: 0, stderr: '' });
  };
  await pack('v1.mvapp', '1.0.0', 'author');
  await pack('v2.mvapp', '1.10.0', 'author');
  expect((await mvas('verify', 'v2.mvapp', '--previous', 'v1.mvapp')).exitCode).toBe(0);
  expect(await mvas('verify', 'v1.mvapp', '--previous', 'v2.mvapp')).toMatchObject({
    exitCode: 17,
    stdout: expect.stringContaining('its version 1.0.0 is below 1.10.0'),
    stderr: expect.stringContaining('--allow-downgrade'),
  });
  expect((await mvas('verify', 'v1.mvapp', '--previous', 'v2.mvapp', '--allow-downgrade')).exitCode).toBe(0);
  expect((await mvas('verify', 'v1.mvapp', '--allow-downgrade')).exitCode).toBe(2);

  await pack('new.mvapp', '2.0.0', 'factory');
  expect(await mvas('verify', 'new.mvapp', '--previous', 'v2.mvapp')).toMatchObject({
    exitCode: 17,
    stderr: expect.stringContaining('mvas keygen rotate'),
  });
  expect(await mvas('keygen', 'rotate', 'factory.pub.pem', '--key', 'author.key.pem')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('factory.lineage.json'),
  });
  await pack('new.mvapp', '2.0.0', 'factory');
  expect((await mvas('verify', 'new.mvapp', '--previous', 'v2.mvapp')).exitCode).toBe(0);
  expect(await mvas('keygen', 'rotate', 'root-1.pub.pem', '--key', 'factory.key.pem', '--json')).toMatchObject({
    stdout: expect.stringContaining('"links": 2'),
  });
  await mvas('trust', 'add', 'root-1.pub.pem', '--namespace', 'com.acme');
  await pack('third.mvapp', '3.0.0', 'root-1', '--lineage', 'root-1.lineage.json');
  expect((await mvas('verify', 'third.mvapp', '--previous', 'v1.mvapp')).exitCode).toBe(0);

  expect(await mvas('keygen', 'rotate', 'factory.pub.pem', '--key', 'author.key.pem')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('FILE_EXISTS'),
  });
  expect(await mvas('sign', 'v1.mvapp', '--key', 'author.key.pem', '--lineage', 'factory.lineage.json')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('is not the lineage of key'),
  });
  await writeFile(join(folder, 'cut.mvapp'), (await readFile(join(folder, 'v1.mvapp'))).subarray(0, -5));
  expect(await mvas('verify', 'v2.mvapp', '--previous', 'cut.mvapp')).toMatchObject({
    exitCode: 10,
    stderr: expect.stringContaining('cut.mvapp'),
  });
  expect(await mvas('verify', 'v2.mvapp', '--previous', 'none.mvapp')).toMatchObject({ exitCode: 2 });
});
