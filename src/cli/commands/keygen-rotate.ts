// `mvas keygen rotate`: lets an old key vouch for a new one, so that packages of the new key replace those of the old.
import { resolve } from 'node:path';
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .argument('<new>', 'certificate or public key, in PEM, of the new key')
      .option('--key <file>', 'private key, in PEM or PKCS#12, of the old key')
      .option('--cert <file>', 'certificate or public key of the old key, for --signer-cmd')
      .option('--signer-cmd <command>', 'program that signs in place of --key: bytes on stdin, signature on stdout; needs --cert')
      .option('-o, --output <file>', 'lineage to write (default: <new>.lineage.json beside <new>.cert.pem)')
      .option('--json', 'print the result as JSON')
      .addHelpText(
        'after',
        '\nThe lineage of the old key, <old>.lineage.json beside <old>.key.pem, is carried on. MVAS_KEY_PASSPHRASE opens an encrypted key.',
      ),
  examples: ['mvas keygen rotate release-2.cert.pem --key release-1.key.pem'],
  async run(io, options, file) {
    const { writeFileAtomic } = await import('../../core/atomic-write.ts');
    const { refuseExisting } = await import('../../core/refuse-existing.ts');
    const { keyId } = await import('../../signing/keys.ts');
    const { makeLink } = await import('../../signing/lineage.ts');
    const { lineageBeside, lineagePath } = await import('../../signing/lineage-file.ts');
    const { readPublicKeyFile } = await import('../../signing/public-key-file.ts');
    const { namedKey, signerFrom } = await import('../signer-flags.ts');
    const newPath = resolve(io.cwd, file);
    const path = options.output === undefined ? lineagePath(newPath) : resolve(io.cwd, options.output);
    await refuseExisting(path, 'use that lineage, or name another file with --output');
    const { key } = await readPublicKeyFile(newPath);
    const old = await signerFrom(options, io, () => namedKey(options, io));
    const earlier = await lineageBeside(resolve(io.cwd, options.key ?? options.cert ?? ''), old.key);
    const links = [...earlier, await makeLink(old, key)];
    await writeFileAtomic(path, `${JSON.stringify(links, null, 2)}\n`);
    const made = { path, from: keyId(old.key), to: keyId(key), links: links.length };
    io.print(
      options.json ? JSON.stringify(made, null, 2) : `${path}  key ${made.from.slice(0, 16)} vouches for key ${made.to.slice(0, 16)}`,
    );
    return 0;
  },
});
export default command;
