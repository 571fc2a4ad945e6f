// Timestamps from the command line: asked by a program, over HTTP, and carried to an authority by hand.
import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { readArchive } from '../../src/package/archive.ts';
import { signPackage } from '../../src/signing/sign.ts';
import { askForTimestamp } from '../../src/signing/timestamp-service.ts';
import { daysFromNow, type OpensslAuthority, opensslAuthority } from '../openssl-timestamps.ts';
import { type CliRun, cli, scratchFolder } from '../scratch.ts';
import { writeUnsigned } from '../signed-package.ts';
import { optionalTool } from '../tools.ts';

const [openssl, python, bash] = ['openssl', 'python3', 'bash'].map(optionalTool);
const run = promisify(execFile);

interface Workplace {
  readonly folder: string;
  readonly authority: OpensslAuthority;
  readonly mvas: (...args: string[]) => Promise<CliRun>;
}

/** A package, a developer key that is valid for 30 days, and an authority that is pinned. */
async function workplace(): Promise<Workplace> {
  const folder = await scratchFolder();
  await writeUnsigned(join(folder, 'cap.mvapp'));
  const authority = await opensslAuthority(folder, 'tsa');
  const env = { MVAS_HOME: join(folder, 'home'), MVAS_KEY_PASSPHRASE: '', SOURCE_DATE_EPOCH: '' };
  const mvas = (...args: string[]) => cli(args, { cwd: folder, env });
  await mvas('keygen', '--dev', '--namespace', 'com.acme', '--days', '30');
  expect(await mvas('trust', 'add', 'tsa.root.pem', '--tsa', '--label', 'clocks')).toMatchObject({ exitCode: 0, stderr: '' });
  return { folder, authority, mvas };
}

const later = daysFromNow(60);

test.skipIf(openssl === undefined || process.platform === 'win32')(
  'a program that asks gives the signature a time, and with it the package outlives the certificate',
  async () => {
    const { authority, mvas } = await workplace();
    expect(await mvas('sign', 'cap.mvapp', '-o', 'bare.mvapp')).toMatchObject({ exitCode: 0 });
    expect(await mvas('verify', 'bare.mvapp', '--at', later)).toMatchObject({ exitCode: 15 });
    const signed = await mvas('sign', 'cap.mvapp', '--tsa-cmd', authority.command, '--json');
    expect(signed).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(signed.stdout)).toMatchObject({ timestamp: { authority: 'CN=tsa clock' } });
    expect(await mvas('verify', 'cap.mvapp', '--at', later)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^time .*counts$/m),
    });
    expect(await mvas('sign', 'cap.mvapp')).toMatchObject({ exitCode: 0 });
    expect(await mvas('verify', 'cap.mvapp', '--at', later)).toMatchObject({ exitCode: 0 });
    const { keyId } = JSON.parse((await mvas('trust', 'list', '--json')).stdout).pins.find(({ kind }: { kind: string }) => kind === 'tsa');
    expect(await mvas('trust', 'remove', keyId)).toMatchObject({ exitCode: 0 });
    expect(await mvas('verify', 'cap.mvapp')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('does not count: its authority is not'),
    });
    expect(await mvas('verify', 'cap.mvapp', '--at', later)).toMatchObject({
      exitCode: 15,
      stdout: expect.stringMatching(/expired on .*, and the timestamp of .* does not count: its authority is not pinned here/),
    });
  },
);

test.skipIf(openssl === undefined)('a request goes out as a file and its answer comes back as one, without a network', async () => {
  const { folder, authority, mvas } = await workplace();
  expect(await mvas('timestamp', 'cap.mvapp', '--query', 'cap.tsq')).toMatchObject({
    exitCode: 11,
    stderr: expect.stringContaining('mvas sign'),
  });
  await mvas('sign', 'cap.mvapp');
  await copyFile(join(folder, 'cap.mvapp'), join(folder, 'other.mvapp'));
  expect(await mvas('timestamp', 'cap.mvapp', '--query', 'cap.tsq')).toMatchObject({ exitCode: 0 });
  const { stdout } = await run('openssl', ['ts', '-query', '-in', join(folder, 'cap.tsq'), '-text']);
  expect(stdout).toContain('Hash Algorithm: sha256');
  await writeFile(join(folder, 'cap.tsr'), await authority.answer(await readFile(join(folder, 'cap.tsq'))));
  expect(await mvas('timestamp', 'cap.mvapp', '--token', 'cap.tsr')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('CN=tsa clock'),
  });
  expect(await mvas('verify', 'cap.mvapp', '--at', later)).toMatchObject({ exitCode: 0 });
  expect(await mvas('timestamp', 'cap.mvapp', '--token', 'cap.tsr')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('--replace'),
  });
  expect(await mvas('timestamp', 'cap.mvapp', '--token', 'cap.tsr', '--replace')).toMatchObject({ exitCode: 0 });
  await mvas('keygen', '--out', 'factory');
  expect(await mvas('sign', 'other.mvapp', '--key', 'factory/mvas.key.pem')).toMatchObject({ exitCode: 0 });
  expect(await mvas('timestamp', 'other.mvapp', '--token', 'cap.tsr')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('--signer'),
  });
  const { keyId } = JSON.parse((await mvas('sign', 'other.mvapp', '--key', 'factory/mvas.key.pem', '--json')).stdout);
  expect(await mvas('timestamp', 'other.mvapp', '--token', 'cap.tsr', '--signer', keyId.slice(0, 12))).toMatchObject({
    exitCode: 3,
    stderr: expect.stringMatching(/^TIMESTAMP_FAILED: .*it is of another signature/),
  });
});

test.skipIf(openssl === undefined)(
  'an authority on the network is asked when it is named, and a wrong answer leaves the package as it was',
  async () => {
    const { folder, authority, mvas } = await workplace();
    await mvas('sign', 'cap.mvapp');
    const before = await readFile(join(folder, 'cap.mvapp'));
    let kept: Buffer | undefined;
    const server = createServer(async (request, response) => {
      const query = Buffer.concat(await request.toArray());
      if (request.url === '/busy') {
        response.writeHead(503).end();
        return;
      }
      if (request.url === '/endless') {
        response.end(Buffer.alloc(1e6));
        return;
      }
      const fresh = await authority.answer(query);
      kept ??= fresh;
      response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(request.url === '/old' ? kept : fresh);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      expect(await mvas('timestamp', 'cap.mvapp', '--tsa', `${url}/ok`, '-o', 'stamped.mvapp')).toMatchObject({ exitCode: 0 });
      expect(await mvas('verify', 'stamped.mvapp', '--at', later)).toMatchObject({ exitCode: 0 });
      for (const [path, message] of [
        ['busy', 'it answered 503'],
        ['endless', 'more than 65536 bytes'],
        ['old', 'it is the answer to another request'],
      ] as const) {
        expect(await mvas('timestamp', 'cap.mvapp', '--tsa', `${url}/${path}`), path).toMatchObject({
          exitCode: 3,
          stderr: expect.stringContaining(message),
        });
      }
    } finally {
      server.close();
    }
    expect(await readFile(join(folder, 'cap.mvapp'))).toEqual(before);
    expect(await mvas('timestamp', 'cap.mvapp', '--tsa', url)).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('--tsa-cmd') });
    for (const flags of [[], ['--tsa', url, '--token', 'x'], ['--tsa', 'ftp://x'], ['--tsa', 'x'], ['--tsa-cmd', '']])
      expect(await mvas('timestamp', 'cap.mvapp', ...flags), flags.join(' ')).toMatchObject({ exitCode: 2 });
    expect(await mvas('trust', 'add', 'home/keys/com.acme.cert.pem', '--tsa')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('not time stamping alone'),
    });
    expect(await mvas('trust', 'add', 'tsa.root.pem')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--namespace') });
  },
);

test.skipIf(openssl === undefined || python === undefined || bash === undefined)(
  'openssl verifies the timestamp of a package as the guide says',
  async () => {
    const { folder, authority } = await workplace();
    const { privateKey } = generateKeyPairSync('ed25519');
    const stamp = (signature: Buffer) => askForTimestamp(signature, (query) => authority.answer(query));
    await signPackage(join(folder, 'cap.mvapp'), { key: privateKey, stamp });
    await using archive = await readArchive(join(folder, 'cap.mvapp'));
    const [entry] = archive.entries;
    if (entry === undefined) throw new Error('the signature comes first');
    const signature = await archive.read(entry, 1e6);
    await mkdir(join(folder, 'content'));
    await writeFile(join(folder, 'content/signature.json'), signature);
    await writeFile(join(folder, 'signature.bin'), Buffer.from(JSON.parse(signature.toString()).signatures[0].sig, 'base64'));
    await copyFile(join(folder, 'tsa.root.pem'), join(folder, 'timestamp-root.pem'));
    const guide = await readFile(join(import.meta.dirname, '../../docs/guide/package-format.md'), 'utf8');
    const block = /A timestamp is checked[\s\S]*?```bash\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
    const { stdout, stderr } = await run('bash', ['-euc', block], { cwd: folder });
    expect(stdout + stderr).toMatch(/Verification: OK[\s\S]*Time stamp:/);
  },
);
