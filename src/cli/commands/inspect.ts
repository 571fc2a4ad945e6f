// `mvas inspect`: what is in a package, trusted or not; nothing of it runs.
import { resolve } from 'node:path';
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .argument('[file]', 'package to look into (default: the package of the project here)')
      .option('--json', 'print files, digests, models, signers and verdict as JSON'),
  examples: ['mvas inspect', 'mvas inspect bottle-cap-1.0.0.mvapp --json'],
  async run(io, { json }, file) {
    const { inspectPackage } = await import('../../package/inspect.ts');
    const { mvasHome } = await import('../../signing/mvas-home.ts');
    const { readTrust } = await import('../../signing/effective-trust.ts');
    const { verifyPackage } = await import('../../signing/verify.ts');
    const { packageHere } = await import('../package-here.ts');
    const { inspectionLines } = await import('../render/inspection.ts');
    const path = file === undefined ? await packageHere(io.cwd) : resolve(io.cwd, file);
    const inspection = await inspectPackage(path);
    const verification = await verifyPackage(path, { trust: await readTrust(mvasHome(io.env)), signal: io.signal });
    if (json) io.print(JSON.stringify({ ...inspection, verification }, null, 2));
    else for (const line of inspectionLines(inspection, verification)) io.print(line);
    return 0;
  },
});
export default command;
