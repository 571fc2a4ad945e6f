// `mvas verify`: says whether a package may be trusted, stage by stage.
import { resolve } from 'node:path';
import { KitError } from '../../core/kit-error.ts';
import { defineCommand } from '../command.ts';
import { isoTime, platformKey } from '../flag-values.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .argument('[file]', 'package to verify (default: the package of the project here)')
      .option('--platform <key>', 'require a binary for this platform', platformKey)
      .option('--at <time>', 'judge certificates at this time, such as 2031-05-01T12:00:00Z (default: now)', isoTime)
      .option('--previous <file>', 'require that it may replace this earlier package: same signer or its successor, no older version')
      .option('--allow-downgrade', 'take an older version than that of --previous')
      .option('--allow-unsigned', 'take a package that has no signature at all')
      .option('--json', 'print the verification as JSON')
      .addHelpText('after', exitHelp()),
  examples: [
    'mvas verify',
    'mvas verify bottle-cap-1.0.0.mvapp --platform linux-x64',
    'mvas verify bottle-cap-1.1.0.mvapp --previous bottle-cap-1.0.0.mvapp',
  ],
  async run(io, options, file) {
    if (options.allowDowngrade && options.previous === undefined)
      throw new KitError('FLAG_INVALID', '--allow-downgrade needs --previous', {
        hint: 'name the package that it is to replace with --previous',
      });
    const { mvasHome } = await import('../../signing/mvas-home.ts');
    const { readPrevious } = await import('../../signing/previous-package.ts');
    const { verificationError } = await import('../../signing/require-trusted.ts');
    const { readTrust } = await import('../../signing/effective-trust.ts');
    const { verifyPackage } = await import('../../signing/verify.ts');
    const { packageHere } = await import('../package-here.ts');
    const { verificationLines } = await import('../render/verification.ts');
    const path = file === undefined ? await packageHere(io.cwd) : resolve(io.cwd, file);
    const trust = await readTrust(mvasHome(io.env));
    const verification = await verifyPackage(path, {
      trust,
      ...(options.previous && { installed: await readPrevious(resolve(io.cwd, options.previous), trust, io.signal) }),
      allowDowngrade: options.allowDowngrade ?? false,
      ...(options.at && { at: options.at }),
      ...(options.platform && { platform: options.platform }),
      allowUnsigned: options.allowUnsigned ?? false,
      signal: io.signal,
    });
    if (options.json) io.print(JSON.stringify(verification, null, 2));
    else for (const line of verificationLines(verification)) io.print(line);
    if (!verification.ok && !options.json) io.progress(verificationError(verification).hint ?? '');
    return verification.exit;
  },
});
export default command;

function exitHelp(): string {
  const lines = ['0 trusted', '10 container malformed', '11 unsigned', '12 content differs', '13 signature invalid'];
  return `\nExit codes:\n${[...lines, '14 signer not trusted', '15 certificate not valid at the time', '16 revoked', '17 policy'].map((line) => `  ${line}`).join('\n')}`;
}
