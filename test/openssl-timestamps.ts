// A timestamp authority for tests: openssl ts, with certificates made here.
import { execFile } from 'node:child_process';
import type { KeyObject } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Certificate } from '../src/signing/certificates.ts';
import { authorityExtensions, type Issue, issue } from './certificate-authority.ts';
import { newRsaKey } from './signed-package.ts';

const run = promisify(execFile);
const day = 86_400_000;
const [rootKey, clockKey] = [newRsaKey(3072), newRsaKey(2048)];

/** Answers requests for timestamps. */
export interface OpensslAuthority {
  readonly key: KeyObject;
  readonly root: Certificate;
  readonly certificate: Certificate;
  /** Answers a TimeStampReq; `flags` are more of `openssl ts -reply`. */
  answer(query: Buffer, ...flags: string[]): Promise<Buffer>;
  /** A program and arguments that answer a request on standard input. */
  readonly command: string;
}

const timestampExtensions = [
  { name: 'basicConstraints', cA: false, critical: true },
  { name: 'keyUsage', digitalSignature: true, critical: true },
  { name: 'extKeyUsage', timeStamping: true, critical: true },
];

/** ISO time that many days from now. */
export function daysFromNow(days: number): string {
  return new Date(Date.now() + days * day).toISOString();
}

/** Makes an authority whose files lie in a folder; `change` is of its own certificate. */
export async function opensslAuthority(folder: string, name: string, change: Partial<Issue> = {}): Promise<OpensslAuthority> {
  const { key } = { key: clockKey, ...change };
  const years = { from: daysFromNow(-1), to: daysFromNow(3650) };
  const subject = `${name} root`;
  const root = issue({ subject, key: rootKey, issuer: subject, issuerKey: rootKey, extensions: authorityExtensions(), ...years });
  const certificate = issue({
    subject: `${name} clock`,
    key,
    issuer: subject,
    issuerKey: rootKey,
    extensions: timestampExtensions,
    ...years,
    ...change,
  });
  const at = (part: string) => join(folder, `${name}.${part}`);
  await writeFile(at('key.pem'), key.export({ type: 'pkcs8', format: 'pem' }));
  await writeFile(at('cert.pem'), certificate.x509.toString());
  await writeFile(at('root.pem'), root.x509.toString());
  await writeFile(at('cnf'), configuration(at('serial')));
  const own = ['ts', '-reply', '-config', at('cnf'), '-section', 'clock', '-inkey', at('key.pem'), '-signer', at('cert.pem')];
  // openssl opens its input by name, which only a pipe has
  await writeFile(at('sh'), `cat | openssl ${own.map((word) => `'${word}'`).join(' ')} -queryfile /dev/stdin\n`);
  return {
    key,
    root,
    certificate,
    command: `sh '${at('sh')}'`,
    async answer(query, ...flags) {
      await writeFile(at('tsq'), query);
      await run('openssl', [...own, ...flags, '-queryfile', at('tsq'), '-out', at('tsr')]);
      return readFile(at('tsr'));
    },
  };
}

function configuration(serial: string): string {
  return `[clock]
serial = ${serial.replaceAll('\\', '/')}
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
signer_digest = sha256
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
`;
}
