// Shows a verification in the terminal: one line a stage, then the verdict.
import type { Stage, StageName } from '../../signing/findings.ts';
import type { SignatureTimestamp } from '../../signing/timestamp-authority.ts';
import type { Verification } from '../../signing/verify.ts';

const questions: Record<StageName, string> = {
  container: 'the container is well formed',
  signatureFile: 'it carries a signature',
  signer: 'the signer is trusted here for this app',
  signature: 'the signature is that of the signer',
  files: 'the files are those that were signed',
  content: 'every byte is as it was signed',
  manifest: 'the manifest is valid and says what was signed',
  policy: 'the policy allows it',
};

const marks: Record<Stage['status'], string> = { passed: 'ok', failed: 'FAIL', waived: 'waived', notRun: '-' };

/** The lines to print. */
export function verificationLines({ path, stages, signers, ok, id, version, code, exit }: Verification): string[] {
  return [
    ...stages.flatMap(({ name, status, findings }) => [
      `${marks[status].padEnd(6)}  ${questions[name]}`,
      ...findings.map(({ message }) => `        ${message}`),
    ]),
    ...signers.flatMap(({ keyId, subject, trusted, timestamp }) => [
      `signer  ${keyId.slice(0, 16)}  ${subject ?? 'no certificate'}  ${trusted ? 'trusted' : 'not trusted'}`,
      ...(timestamp === undefined ? [] : [timeLine(timestamp)]),
    ]),
    ok ? `${path}: ${id} ${version} is ${signers.length > 0 ? 'trusted' : 'unsigned, as allowed'}` : `${path}: ${code}, exit ${exit}`,
  ];
}

function timeLine({ time, authority, reason }: SignatureTimestamp): string {
  return `time    ${time}  ${authority}  ${reason === undefined ? 'counts' : `does not count: ${reason}`}`;
}
