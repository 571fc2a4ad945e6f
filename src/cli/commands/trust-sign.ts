// `mvas trust sign`: adds the signature of a root key to a trust file, or to the draft of one.
import { dirname, join, resolve } from 'node:path';
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .argument('<file>', 'draft that mvas trust create wrote, or a trust file that others signed')
      .option('--key <file>', 'private key of a root key, in PEM or PKCS#12')
      .option('--cert <file>', 'certificate or public key of the key that --signer-cmd signs with')
      .option('--signer-cmd <command>', 'program that signs in place of --key: bytes on stdin, signature on stdout; needs --cert')
      .option('-o, --output <file>', 'signed file to write (default: in place; for a draft: trust.json beside it)')
      .option('--json', 'print what was signed, by whom, and what is missing as JSON')
      .addHelpText(
        'after',
        '\nMVAS_KEY_PASSPHRASE opens an encrypted key. A draft that was signed already gains the signature in trust.json.',
      ),
  examples: [
    'mvas trust sign trust.draft.json --key root-1.key.pem',
    'mvas trust sign trust.json --key root-2.key.pem',
    'mvas trust sign trust.json --cert root.pub.pem --signer-cmd "pkcs11-sign --slot 0"',
  ],
  async run(io, options, file) {
    const { writeFileAtomic } = await import('../../core/atomic-write.ts');
    const { requireTrustFile } = await import('../../signing/effective-trust.ts');
    const { addTrustSignature, signedBefore } = await import('../../signing/sign-trust.ts');
    const { rootSigners, signedTrustText } = await import('../../signing/signed-trust.ts');
    const { namedKey, signerFrom } = await import('../signer-flags.ts');
    const path = resolve(io.cwd, file);
    const named = await requireTrustFile(path);
    const output = options.output === undefined ? signedPath(path, named.signatures.length) : resolve(io.cwd, options.output);
    const signed = await signedBefore(named, output);
    const signer = await signerFrom(options, io, () => namedKey(options, io));
    const made = await addTrustSignature(signed, signer);
    await writeFileAtomic(output, signedTrustText(made));
    const { name, version, root } = made.file;
    const signers = rootSigners(made, root);
    const own = made.signatures.at(-1)?.keyid ?? '';
    if (options.json) io.print(JSON.stringify({ path: output, name, version, keyId: own, threshold: root.threshold, signers }, null, 2));
    else io.print(`${output}  version ${version} of ${name}, signed by ${signers.length} of its root keys; ${root.threshold} are needed`);
    if (!signers.includes(own)) io.progress(`key ${own.slice(0, 16)} is none of its root keys: it counts only where it was one before`);
    return 0;
  },
});
export default command;

function signedPath(path: string, signatures: number): string {
  return signatures > 0 ? path : join(dirname(path), 'trust.json');
}
