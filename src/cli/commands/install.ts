// `mvas install`: verifies a package and puts it to use.
import { resolve } from 'node:path';
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .argument('<file>', 'package to install')
      .option('--allow-downgrade', 'replace a newer version by this one')
      .option('--allow-unsigned', 'take a package that has no signature at all: for development only')
      .option('--json', 'print what was installed as JSON'),
  examples: ['mvas install scratch-1.0.0.mvapp', 'mvas install scratch-0.9.0.mvapp --allow-downgrade'],
  async run(io, { json, allowDowngrade = false, allowUnsigned = false }, file) {
    const { installPackage } = await import('../../runtime/installation/install.ts');
    const installed = await installPackage(resolve(io.cwd, file), { io, allowDowngrade, allowUnsigned });
    const { id, version, signer, replaced } = installed;
    if (json) io.print(JSON.stringify(installed, null, 2));
    else
      io.print(
        `${id} ${version} installed, ${signer === null ? 'UNSIGNED' : `signed by ${signer}`}${replaced === null ? '' : `; ${replaced} was in use before`}`,
      );
    return 0;
  },
});
export default command;
