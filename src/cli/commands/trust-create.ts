// `mvas trust create`: drafts the trust file of an organisation, or the next version of it.
import { basename, resolve } from 'node:path';
import type { Io } from '../../core/io.ts';
import { defineCommand } from '../command.ts';
import { collect, wholeNumber } from '../flag-values.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .option('--from <file>', 'the trust file that it follows; all that is not given anew is taken over')
      .option('--name <text>', 'the organisation')
      .option('--root <file>', 'certificate or public key, in PEM, of a key that signs it; may be repeated', collect)
      .option('--threshold <number>', 'how many of the root keys must sign (default: 1 of one, else 2)', wholeNumber(1))
      .option('--days <number>', 'how long new packages are taken by it', wholeNumber(1), 365)
      .option('--with-own', 'take over what is pinned and revoked on this machine')
      .option('-o, --output <file>', 'draft to write', 'trust.draft.json')
      .option('--json', 'print the draft as JSON')
      .addHelpText('after', '\nWrite policies into the draft with an editor, then sign it with: mvas trust sign'),
  examples: [
    'mvas trust create --name "Acme Vision" --root root-1.pub.pem --root root-2.pub.pem --with-own',
    'mvas trust create --from trust.json --days 180',
  ],
  async run(io, options) {
    const { draftText, draftTrust, readRootKeys } = await import('../../signing/draft-trust.ts');
    const { parseSignedTrust } = await import('../../signing/signed-trust.ts');
    const { writeFileAtomic } = await import('../../core/atomic-write.ts');
    const { refuseExisting } = await import('../../core/refuse-existing.ts');
    const { requireTrustFile } = await import('../../signing/effective-trust.ts');
    const from = options.from === undefined ? undefined : (await requireTrustFile(resolve(io.cwd, options.from))).file;
    const draft = draftTrust({
      from,
      name: options.name,
      roots:
        options.root &&
        (await readRootKeys(
          options.root.map((file) => resolve(io.cwd, file)),
          labelOf,
        )),
      threshold: options.threshold,
      expires: new Date(Date.now() + options.days * 86_400_000),
      own: options.withOwn ? await ownTrust(io.env) : undefined,
    });
    const path = resolve(io.cwd, options.output);
    await refuseExisting(path, 'edit that draft, or name another file with --output');
    parseSignedTrust(draftText(draft), 'the draft'); // nothing is written that could not be signed
    await writeFileAtomic(path, draftText(draft));
    if (options.json) io.print(JSON.stringify(draft, null, 2));
    else {
      io.print(`${path}  version ${draft.version} of ${draft.name}, until ${draft.expires}`);
      const { threshold, keys } = draft.root;
      io.print(`to be signed by ${threshold} of ${keys.map(({ keyId, label }) => label ?? keyId.slice(0, 16)).join(', ')}`);
    }
    return 0;
  },
});
export default command;

function labelOf(path: string): string {
  return basename(path).replace(/(\.(cert|pub))?\.pem$/, '');
}

async function ownTrust(env: Io['env']) {
  const { mvasHome } = await import('../../signing/mvas-home.ts');
  const { readLocalTrust } = await import('../../signing/trust-store.ts');
  return await readLocalTrust(mvasHome(env));
}
