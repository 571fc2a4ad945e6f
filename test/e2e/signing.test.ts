import { execFile, spawn } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { type CliRun, cli, cliPath, scratchFolder } from '../scratch.ts';
import { writeUnsigned } from '../signed-package.ts';
import { optionalTool } from '../tools.ts';

const run = promisify(execFile);
const tools = ['bash', 'openssl', 'python3', 'sha256sum', 'unzip'].map(optionalTool);

/** A folder with a package, a home of its own, and the CLI in it. */
async function workplace(): Promise<{ folder: string; home: string; mvas: (...args: string[]) => Promise<CliRun> }> {
  const folder = await scratchFolder();
  const home = join(folder, 'home');
  await writeUnsigned(join(folder, 'cap.mvapp'));
  return {
    folder,
    home,
    mvas: (...args) => cli(args, { cwd: folder, env: { MVAS_HOME: home, MVAS_KEY_PASSPHRASE: '', SOURCE_DATE_EPOCH: '' } }),
  };
}

test('a developer key, a signature and a verification take three commands, and one home', async () => {
  const { folder, home, mvas } = await workplace();
  const made = await mvas('keygen', '--dev', '--namespace', 'com.acme.*', '--json');
  expect(made).toMatchObject({ exitCode: 0, stderr: '' });
  const { keyId, keyPath } = JSON.parse(made.stdout);
  expect(keyPath).toBe(join(home, 'keys', 'com.acme.key.pem'));
  if (process.platform !== 'win32') expect((await stat(keyPath)).mode & 0o777).toBe(0o600);
  expect(await mvas('sign', 'cap.mvapp')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(keyId.slice(0, 16)) });
  expect(await mvas('verify', 'cap.mvapp', '--platform', 'linux-x64')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('com.acme.cap 1.2.3 is trusted'),
  });
  expect(await mvas('trust', 'list')).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/com\.acme\.\*.*developer key/) });
  expect((await readdir(folder)).sort()).toEqual(['cap.mvapp', 'home']);
  expect(await mvas('keygen', '--dev', '--namespace', 'com.acme.*')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('FILE_EXISTS'),
  });
});

test('several processes that change whom to trust at once lose nothing', async () => {
  const { folder, home, mvas } = await workplace();
  const names = ['a', 'b', 'c'];
  for (const name of names) await mvas('keygen', '--ed25519', '--name', name);
  const changes = [
    ...names.map((name) => mvas('trust', 'add', `${name}.pub.pem`, '--namespace', `com.acme.${name}`)),
    mvas('trust', 'revoke', 'a.pub.pem'),
    mvas('keygen', '--dev', '--ed25519', '--namespace', 'com.acme.dev'),
  ];
  for (const change of await Promise.all(changes)) expect(change).toMatchObject({ exitCode: 0, stderr: '' });
  const { pins, revoked } = JSON.parse(await readFile(join(home, 'trust.local.json'), 'utf8'));
  expect(pins.map((pin: { namespaces: string[] }) => pin.namespaces[0]).sort()).toEqual(
    ['a', 'b', 'c', 'dev'].map((name) => `com.acme.${name}`),
  );
  expect(revoked).toHaveLength(1);
  expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('a revocation refuses what is named until it is taken back', async () => {
  const { folder, home, mvas } = await workplace();
  await mvas('keygen', '--dev', '--namespace', 'com.acme');
  await mvas('sign', 'cap.mvapp');
  const certificate = join(home, 'keys/com.acme.cert.pem');
  for (const [what, ...flags] of [[certificate], [certificate, '--kind', 'key'], ['cap.mvapp']] as const) {
    expect(await mvas('trust', 'revoke', what, ...flags, '--reason', 'the laptop was stolen')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await mvas('verify', 'cap.mvapp')).toMatchObject({
      exitCode: 16,
      stdout: expect.stringContaining('is revoked: the laptop was stolen'),
    });
    expect(await mvas('trust', 'list')).toMatchObject({ stdout: expect.stringMatching(/^revoked: .*, the laptop was stolen$/m) });
    expect(await mvas('trust', 'revoke', what, ...flags, '--undo')).toMatchObject({ exitCode: 0 });
    expect(await mvas('verify', 'cap.mvapp')).toMatchObject({ exitCode: 0 });
  }
  expect(await mvas('trust', 'revoke', 'cap.mvapp', '--undo')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('is not revoked here'),
  });
  expect(await mvas('trust', 'revoke', 'cap.mvapp', '--kind', 'key')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('is a package'),
  });
  await writeUnsigned(join(folder, 'bare.mvapp'));
  expect(await mvas('trust', 'revoke', 'bare.mvapp')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('has no signature') });
  expect(await mvas('trust', 'revoke', 'nowhere.pem')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('nowhere.pem') });
});

test('every way to distrust has its own exit code', async () => {
  const { folder, mvas } = await workplace();
  expect(await mvas('verify', 'cap.mvapp')).toMatchObject({ exitCode: 11, stderr: expect.stringContaining('--allow-unsigned') });
  expect(await mvas('verify', 'cap.mvapp', '--allow-unsigned')).toMatchObject({ exitCode: 0 });
  await mvas('keygen', '--dev', '--namespace', 'com.acme', '--days', '30');
  await mvas('sign', 'cap.mvapp');
  const good = await readFile(join(folder, 'cap.mvapp'));
  await writeFile(join(folder, 'cut.mvapp'), good.subarray(0, good.length - 5));
  expect((await mvas('verify', 'cut.mvapp')).exitCode).toBe(10);
  const changed = Buffer.from(good);
  changed[good.indexOf('weights')] = 0x57;
  await writeFile(join(folder, 'changed.mvapp'), changed);
  expect(await mvas('verify', 'changed.mvapp')).toMatchObject({ exitCode: 12, stdout: expect.stringContaining('models/m.onnx') });
  const forged = Buffer.from(good);
  forged[good.indexOf('payloadType') + 2] = 0x58;
  await writeFile(join(folder, 'forged.mvapp'), forged);
  expect((await mvas('verify', 'forged.mvapp')).exitCode).toBe(13);
  const later = new Date(Date.now() + 60 * 86_400_000).toISOString();
  expect(await mvas('verify', 'cap.mvapp', '--at', later)).toMatchObject({ exitCode: 15, stdout: expect.stringContaining('expired on') });
  expect(await mvas('verify', 'cap.mvapp', '--platform', 'windows-arm64')).toMatchObject({
    exitCode: 17,
    stdout: expect.stringContaining('No binary for platform: windows-arm64'),
  });
  const { keyId } = JSON.parse((await mvas('trust', 'list', '--json')).stdout).pins[0];
  expect((await mvas('trust', 'remove', keyId.slice(0, 12))).exitCode).toBe(0);
  expect(await mvas('verify', 'cap.mvapp', '--json')).toMatchObject({
    exitCode: 14,
    stdout: expect.stringContaining('"SIGNER_NOT_TRUSTED"'),
  });
  expect((await mvas('trust', 'add', 'home/keys/com.acme.cert.pem', '--namespace', 'com.acme.cap')).exitCode).toBe(0);
  expect((await mvas('verify', 'cap.mvapp')).exitCode).toBe(0);
});

test('what is no key is refused with exit 2, and the package stays as it was', async () => {
  const { folder, mvas } = await workplace();
  const before = await readFile(join(folder, 'cap.mvapp'));
  await writeFile(join(folder, 'text.pem'), 'no key');
  expect(await mvas('sign', 'cap.mvapp', '--key', 'text.pem')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/^KEY_INVALID: .*text\.pem/),
  });
  expect(await mvas('sign', 'cap.mvapp', '--key', 'none.pem')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('FILE_NOT_FOUND'),
  });
  expect(await mvas('sign', 'cap.mvapp')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('mvas keygen --dev --namespace "com.acme.*"'),
  });
  await mvas('keygen', '--out', 'one');
  await mvas('keygen', '--out', 'two');
  expect(await mvas('sign', 'cap.mvapp', '--key', 'one/mvas.key.pem', '--cert', 'two/mvas.cert.pem')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('not the key of the certificate'),
  });
  expect(await mvas('sign', 'cap.mvapp', '--key', 'one/mvas.cert.pem')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('holds no private key'),
  });
  expect(await mvas('trust', 'add', 'one/mvas.key.pem', '--namespace', 'com.acme')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('private key'),
  });
  expect(await mvas('trust', 'add', 'one/mvas.cert.pem', '--namespace', 'Not a namespace')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('no namespace'),
  });
  expect(await readFile(join(folder, 'cap.mvapp'))).toEqual(before);
});

test('a key with a passphrase opens with it alone', async () => {
  const { folder, home } = await workplace();
  const mvas = (passphrase: string, ...args: string[]) =>
    cli(args, { cwd: folder, env: { MVAS_HOME: home, MVAS_KEY_PASSPHRASE: passphrase } });
  await mvas('open sesame', 'keygen', '--ed25519');
  expect(await readFile(join(folder, 'mvas.key.pem'), 'utf8')).toContain('ENCRYPTED');
  expect(await mvas('', 'sign', 'cap.mvapp', '--key', 'mvas.key.pem')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('MVAS_KEY_PASSPHRASE'),
  });
  expect(await mvas('wrong', 'sign', 'cap.mvapp', '--key', 'mvas.key.pem')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('cannot be opened'),
  });
  expect((await mvas('open sesame', 'sign', 'cap.mvapp', '--key', 'mvas.key.pem')).exitCode).toBe(0);
  expect((await mvas('', 'trust', 'add', 'mvas.pub.pem', '--namespace', 'com.acme')).exitCode).toBe(0);
  expect((await mvas('', 'verify', 'cap.mvapp')).exitCode).toBe(0);
});

test.skipIf(tools.includes(undefined))(
  'the commands of the guide check signature and content without the kit: openssl, sha256sum',
  async () => {
    const { folder, home, mvas } = await workplace();
    await mvas('keygen', '--dev', '--namespace', 'com.acme.*');
    await mvas('sign', 'cap.mvapp');
    await copyFile(join(home, 'keys/com.acme.cert.pem'), join(folder, 'signer.cert.pem'));
    const guide = await readFile(join(import.meta.dirname, '../../docs/guide/package-format.md'), 'utf8');
    const script = /```bash\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', script], { cwd: folder });
    expect(stdout).toContain('Verified OK');
    expect(stdout).toContain('models/m.onnx: OK');
    expect(stdout).toMatch(/subject=.*com\.acme/);
    await writeFile(join(folder, 'content/models/m.onnx'), 'Weights');
    await expect(run('sha256sum', ['-c', '../files.sha256'], { cwd: join(folder, 'content') })).rejects.toThrow();
    const statement = join(folder, 'signed-bytes');
    await writeFile(statement, (await readFile(statement, 'latin1')).replace('com.acme.cap', 'com.acme.lid'), 'latin1');
    await expect(
      run(
        'bash',
        [
          '-c',
          script
            .split('\n')
            .filter((line) => line.startsWith('openssl dgst'))
            .join('\n'),
        ],
        { cwd: folder },
      ),
    ).rejects.toThrow();
  },
);

test('the time of signing is recorded only when SOURCE_DATE_EPOCH gives it', async () => {
  const { folder, home, mvas } = await workplace();
  await mvas('keygen', '--dev', '--namespace', 'com.acme.*');
  await copyFile(join(folder, 'cap.mvapp'), join(folder, 'timed.mvapp'));
  await mvas('sign', 'cap.mvapp');
  const timed = await cli(['sign', 'timed.mvapp'], { cwd: folder, env: { MVAS_HOME: home, SOURCE_DATE_EPOCH: '1767225600' } });
  expect(timed.exitCode).toBe(0);
  const statementOf = async (name: string) => {
    const text = await readFile(join(folder, name), 'latin1');
    return JSON.parse(Buffer.from(/"payload":"([^"]+)"/.exec(text)?.[1] ?? '', 'base64').toString());
  };
  expect((await statementOf('cap.mvapp')).predicate.signedAt).toBeUndefined();
  expect((await statementOf('timed.mvapp')).predicate.signedAt).toBe('2026-01-01T00:00:00.000Z');
});

test.skipIf(process.platform === 'win32')('Ctrl-C while signing leaves the package as it was', async () => {
  const { folder, home, mvas } = await workplace();
  await mvas('keygen', '--dev', '--namespace', 'com.acme.*');
  const large = await writeUnsigned(join(folder, 'large.mvapp'), { 'models/big.onnx': Buffer.alloc(400 * 1024 * 1024) });
  await mkdir(join(folder, 'out'));
  const out = join(folder, 'out', 'signed.mvapp');
  const child = spawn(process.execPath, [cliPath, 'sign', large, '-o', out], { stdio: 'ignore', env: { ...process.env, MVAS_HOME: home } });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  while ((await readdir(join(folder, 'out'))).length === 0 && child.exitCode === null)
    await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(await readdir(join(folder, 'out'))).toEqual([]);
});

test('an authority issues certificates for signers, and pinning it trusts them all, but never itself as a signer', async () => {
  const { folder, mvas } = await workplace();
  expect(await mvas('keygen', '--ca', '--name', 'Acme CA')).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await mvas('keygen', '--name', 'line-3', '--issuer', 'Acme-CA.key.pem')).toMatchObject({ exitCode: 0 });
  expect((await mvas('trust', 'add', 'Acme-CA.cert.pem', '--namespace', 'com.acme')).exitCode).toBe(0);
  expect((await mvas('sign', 'cap.mvapp', '--key', 'line-3.key.pem')).exitCode).toBe(0);
  const { signers } = JSON.parse((await mvas('verify', 'cap.mvapp', '--json')).stdout);
  expect(signers).toMatchObject([{ subject: 'CN=line-3', trusted: true }]);
  await run('openssl', ['verify', '-CAfile', 'Acme-CA.cert.pem', '-purpose', 'any', 'line-3.cert.pem'], { cwd: folder });
  expect(await mvas('sign', 'cap.mvapp', '--key', 'Acme-CA.key.pem')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('may not sign packages'),
  });
  expect(await mvas('keygen', '--name', 'x', '--issuer', 'line-3.key.pem')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('authority'),
  });
  for (const flags of [
    ['--ca', '--ed25519'],
    ['--dev', '--ca'],
    ['--ca', '--issuer', 'Acme-CA.key.pem'],
  ])
    expect(await mvas('keygen', ...flags), flags.join(' ')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('FLAG_INVALID') });
});

test('a request is one that openssl takes, and its certificate is found beside the key', async () => {
  const { folder, mvas } = await workplace();
  await mvas('keygen', '--ca', '--name', 'ca');
  await mvas('keygen', '--name', 'signer', '--csr');
  await writeFile(
    join(folder, 'leaf.cnf'),
    'keyUsage=critical,digitalSignature\nextendedKeyUsage=codeSigning\nbasicConstraints=critical,CA:FALSE\n',
  );
  await run('openssl', ['req', '-in', 'signer.csr.pem', '-verify', '-noout'], { cwd: folder });
  const issued = [
    'x509',
    '-req',
    '-in',
    'signer.csr.pem',
    '-CA',
    'ca.cert.pem',
    '-CAkey',
    'ca.key.pem',
    '-days',
    '30',
    '-extfile',
    'leaf.cnf',
  ];
  await run('openssl', [...issued, '-out', 'signer.cert.pem', '-set_serial', '7'], { cwd: folder });
  await mvas('trust', 'add', 'ca.cert.pem', '--namespace', 'com.acme');
  await mvas('sign', 'cap.mvapp', '--key', 'signer.key.pem');
  expect((await mvas('verify', 'cap.mvapp')).exitCode).toBe(0);
});

test('a PKCS#12 file of today’s openssl, or of an old one, opens with its passphrase and brings its certificates', async () => {
  const { folder, home } = await workplace();
  const mvas = (passphrase: string, ...args: string[]) =>
    cli(args, { cwd: folder, env: { MVAS_HOME: home, MVAS_KEY_PASSPHRASE: passphrase } });
  await mvas('', 'keygen', '--ca', '--name', 'ca');
  await mvas('', 'keygen', '--name', 'signer', '--issuer', 'ca.key.pem');
  await mvas('', 'trust', 'add', 'ca.cert.pem', '--namespace', 'com.acme');
  const parts = ['-inkey', 'signer.key.pem', '-in', 'signer.cert.pem', '-passout', 'pass:secret'];
  for (const [name, ...flags] of [
    ['new.p12'],
    ['old.pfx', '-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
  ] as const) {
    await run('openssl', ['pkcs12', '-export', ...parts, ...flags, '-out', name], { cwd: folder });
    const signed = await mvas('secret', 'sign', 'cap.mvapp', '--key', name, '-o', `${name}.mvapp`);
    expect(signed, name).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await mvas('', 'verify', `${name}.mvapp`), name).toMatchObject({ exitCode: 0 });
    expect(await mvas('wrong', 'sign', 'cap.mvapp', '--key', name), name).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('KEY_INVALID'),
    });
  }
  await writeFile(join(folder, 'text.p12'), 'no such file');
  expect(await mvas('', 'sign', 'cap.mvapp', '--key', 'text.p12')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('PKCS#12'),
  });
});

test('a program that holds the key signs in place of it; what it writes is checked before anything is written', async () => {
  const { folder, mvas } = await workplace();
  await mvas('keygen', '--name', 'hsm');
  await mvas('keygen', '--name', 'other');
  await mvas('trust', 'add', 'hsm.cert.pem', '--namespace', 'com.acme');
  await mvas('sign', 'cap.mvapp', '--key', 'hsm.key.pem', '-o', 'by-key.mvapp');
  const openssl = (key: string) => `openssl dgst -sha256 -sign ${key}.key.pem`;
  for (const command of [openssl('hsm'), `sh -c "${openssl('hsm')} | base64"`]) {
    expect(await mvas('sign', 'cap.mvapp', '--cert', 'hsm.cert.pem', '--signer-cmd', command, '-o', 'by-command.mvapp')).toMatchObject({
      exitCode: 0,
    });
    expect(await readFile(join(folder, 'by-command.mvapp'))).toEqual(await readFile(join(folder, 'by-key.mvapp')));
  }
  const before = await readFile(join(folder, 'cap.mvapp'));
  for (const [command, text] of [
    [openssl('other'), 'is no signature of the key'],
    ['sh -c "echo locked >&2; exit 3"', 'ended with 3: locked'],
    ['no-such-program', 'TOOL_MISSING'],
    ['cat /dev/zero', 'the signer command'],
  ] as const) {
    const { exitCode, stderr } = await mvas('sign', 'cap.mvapp', '--cert', 'hsm.cert.pem', '--signer-cmd', command);
    expect(stderr).toContain(text);
    expect(exitCode, command).toBe(command === 'no-such-program' ? 3 : 2);
  }
  expect(await readFile(join(folder, 'cap.mvapp'))).toEqual(before);
  expect(await mvas('sign', 'cap.mvapp', '--signer-cmd', 'x')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('needs --cert'),
  });
});
