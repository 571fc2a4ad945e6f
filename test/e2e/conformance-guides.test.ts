import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { inspectionProject } from '../inspection-project.ts';
import { cliPath, scratchFolder } from '../scratch.ts';
import { optionalTool } from '../tools.ts';

const run = promisify(execFile);
const bash = process.platform === 'win32' ? undefined : optionalTool('bash');

test.skipIf(bash === undefined)(
  'the first commands of the guides on failing checks, on CI and on portable binaries work when pasted in a built project',
  async () => {
    const app = { name: 'Plain C brightness', version: '1.0.0' };
    const root = await inspectionProject(join(await scratchFolder(), 'project'), 'test/plugins/good/plain.c', { app });
    const bin = join(root, '..', 'bin');
    await mkdir(bin);
    await writeFile(join(bin, 'npx'), `#!/bin/sh\nshift\nexec '${process.execPath}' '${cliPath}' "$@"\n`, { mode: 0o755 });
    const env = { ...process.env, CI: 'true', PATH: `${bin}${delimiter}${process.env['PATH']}` };
    for (const guide of ['fix-a-failing-check', 'run-in-ci', 'ship-portable-binaries']) {
      const text = await readFile(join(import.meta.dirname, `../../docs/guide/${guide}.md`), 'utf8');
      const block = /```sh\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
      const { stdout } = await run('bash', ['-euc', block], { cwd: root, env });
      expect(stdout).toContain('conforms');
    }
    for (const file of ['junit.xml', 'conformance.sarif', 'conformance.html']) expect(existsSync(join(root, file)), file).toBe(true);
  },
);
