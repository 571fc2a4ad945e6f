// The plugins of the guides for plain C and for Go, pasted as a reader pastes them, keep the contract.
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { sdkInclude } from '../compile-plugin.ts';
import { cliPath, scratchFolder } from '../scratch.ts';
import { optionalTool } from '../tools.ts';

const run = promisify(execFile);

/** Pastes the first commands of a page into an empty folder; tells what they print at the end. */
async function pasted(page: string): Promise<string> {
  const cwd = await scratchFolder();
  await mkdir(join(cwd, 'bin'));
  await writeFile(join(cwd, 'bin/npx'), `#!/bin/sh\nshift\nexec '${process.execPath}' '${cliPath}' "$@"\n`, { mode: 0o755 });
  const text = await readFile(join(import.meta.dirname, '../../docs/guide', page), 'utf8');
  const block = /```bash\n([\s\S]*?)```/.exec(text)?.[1] ?? 'exit 9';
  const env = { ...process.env, PATH: `${join(cwd, 'bin')}${delimiter}${process.env['PATH']}`, MVAS_SDK: join(sdkInclude, '..') };
  return (await run('bash', ['-euc', block], { cwd, env, maxBuffer: 1 << 24 })).stdout;
}

const cmake = process.platform === 'win32' ? undefined : optionalTool('cmake');

test.skipIf(!cmake)('the plugin of the guide for C passes the strict profile', async () => {
  expect(await pasted('plugin-in-c.md')).toMatch(/conforms: \d+ passed, 0 warned, 0 failed, .*profile strict/);
});

const go = process.platform === 'linux' ? optionalTool('go') : undefined;

test.skipIf(!go)('the plugin of the guide for Go passes the standard profile with its known problems', async () => {
  const printed = await pasted('plugin-in-go.md');
  expect(printed).toMatch(/conforms: \d+ passed, 0 warned, 0 failed, .*profile standard/);
  expect(printed).toMatch(/lifecycle\/threads-end: .*\(known: Go's runtime keeps its threads/);
});
