// `mvas timestamp`: has a timestamp authority say that a signature existed, in one step or, without a network, in two.
import { resolve } from 'node:path';
import { KitError } from '../../core/kit-error.ts';
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .argument('[file]', 'signed package (default: the package of the project here)')
      .option('--query <file>', 'write the request for an authority (.tsq) and change nothing')
      .option('--token <file>', 'put the answer of an authority (.tsr) into the package')
      .option('--tsa <url>', 'ask this authority over the network (RFC 3161)')
      .option('--tsa-cmd <command>', 'ask by a program: request on stdin, answer on stdout')
      .option('--signer <key id>', 'the signature to stamp, by the start of its key id (default: the one without a timestamp)')
      .option('--replace', 'replace a timestamp that is there')
      .option('-o, --output <file>', 'package to write (default: in place)')
      .option('--json', 'print the result as JSON')
      .addHelpText(
        'after',
        '\nA timestamp of an authority that is pinned (mvas trust add --tsa) lets a signature outlive its certificate.',
      ),
  examples: [
    'mvas timestamp bottle-cap-1.0.0.mvapp --tsa https://timestamp.example.com',
    'mvas timestamp bottle-cap-1.0.0.mvapp --query cap.tsq',
    'mvas timestamp bottle-cap-1.0.0.mvapp --token cap.tsr',
  ],
  async run(io, options, file) {
    const { packageHere } = await import('../package-here.ts');
    const { askedTimestamp, timestampFromFile } = await import('../timestamp-flags.ts');
    requireOneWay([options.query, options.token, options.tsa, options.tsaCmd]);
    const path = file === undefined ? await packageHere(io.cwd) : resolve(io.cwd, file);
    if (options.query !== undefined) return await writeQuery(path, resolve(io.cwd, options.query), options.signer, io.print);
    const stamp = options.token === undefined ? await askedTimestamp(options, io) : await timestampFromFile(options.token, io);
    if (stamp === undefined) return 2;
    const { timestampPackage } = await import('../../signing/timestamp-package.ts');
    const stamped = await timestampPackage(path, {
      stamp,
      ...(options.signer === undefined ? {} : { signer: options.signer }),
      ...(options.output === undefined ? {} : { output: resolve(io.cwd, options.output) }),
      replace: options.replace ?? false,
      signal: io.signal,
    });
    const { keyId, time, authority } = stamped;
    if (options.json) io.print(JSON.stringify(stamped, null, 2));
    else io.print(`${stamped.path}  signature of key ${keyId.slice(0, 16)} stamped ${time} by ${authority}`);
    return 0;
  },
});
export default command;

function requireOneWay(ways: readonly (string | undefined)[]): void {
  if (ways.filter((way) => way !== undefined).length === 1) return;
  throw new KitError('FLAG_INVALID', 'exactly one of --query, --token, --tsa and --tsa-cmd says where the timestamp comes from', {
    hint: 'with a network: --tsa https://…; without one: --query cap.tsq, and --token cap.tsr when you have the answer',
  });
}

async function writeQuery(path: string, query: string, signer: string | undefined, print: (line: string) => void): Promise<number> {
  const { writeFileAtomic } = await import('../../core/atomic-write.ts');
  const { signatureToStamp } = await import('../../signing/timestamp-package.ts');
  const { timestampQuery } = await import('../../signing/timestamp-token.ts');
  await writeFileAtomic(query, timestampQuery(await signatureToStamp(path, signer)));
  print(`${query}  hand it to a timestamp authority, then: mvas timestamp --token <its answer>`);
  return 0;
}
