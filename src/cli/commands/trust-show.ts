// `mvas trust show`: what stands in a trust file, and who signed it.
import { resolve } from 'node:path';
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .argument('[file]', 'trust file or draft (default: the one that this machine follows)')
      .option('--json', 'print the content, and the root keys that signed it, as JSON'),
  examples: ['mvas trust show', 'mvas trust show trust.json --json'],
  async run(io, { json }, file) {
    const { requireImported, requireTrustFile } = await import('../../signing/effective-trust.ts');
    const { mvasHome } = await import('../../signing/mvas-home.ts');
    const { rootSigners } = await import('../../signing/signed-trust.ts');
    const { trustFileLines } = await import('../render/trust-file.ts');
    const signed = file === undefined ? await requireImported(mvasHome(io.env)) : await requireTrustFile(resolve(io.cwd, file));
    const signers = rootSigners(signed, signed.file.root);
    if (json) io.print(JSON.stringify({ ...signed.file, sha256: signed.sha256, signers }, null, 2));
    else for (const line of trustFileLines(signed.file, signers, new Date())) io.print(line);
    return 0;
  },
});
export default command;
