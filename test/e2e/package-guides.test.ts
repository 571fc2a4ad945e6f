import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { packableProject } from '../packable-project.ts';
import { cliPath, scratchFolder } from '../scratch.ts';
import { optionalTool } from '../tools.ts';

const run = promisify(execFile);
const bash = process.platform === 'win32' ? undefined : optionalTool('bash');

test.skipIf(bash === undefined)(
  'the first commands of the guides on packing, signing, verifying, trust and installing work when pasted in a built project',
  async () => {
    const { root } = await packableProject(join(await scratchFolder(), 'cap'));
    const bin = join(root, '..', 'bin');
    await mkdir(bin);
    for (const [name, first] of [
      ['npx', 'shift\n'],
      ['mvas', ''],
    ] as const)
      await writeFile(join(bin, name), `#!/bin/sh\n${first}exec '${process.execPath}' '${cliPath}' "$@"\n`, { mode: 0o755 });
    const env = {
      ...process.env,
      CI: 'true',
      PATH: `${bin}${delimiter}${process.env['PATH']}`,
      MVAS_HOME: join(root, '..', 'home'),
      MVAS_KEY_PASSPHRASE: '',
    };
    const printed: string[] = [];
    for (const guide of ['package', 'sign', 'verify', 'trust', 'install']) {
      const text = await readFile(join(import.meta.dirname, `../../docs/guide/${guide}.md`), 'utf8');
      const block = /```bash\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
      printed.push((await run('bash', ['-euc', block], { cwd: root, env })).stdout);
    }
    expect(printed[0]).toContain('com.acme.cap-1.2.3.mvapp');
    expect(printed[1]).toContain('com.acme.cap 1.2.3 is trusted');
    expect(printed[2]).toContain('com.acme.cap 1.2.3 is trusted');
    expect(printed[3]).toContain('com.acme.*');
    expect(printed[4]).toMatch(/com\.acme\.cap\s.*1\.2\.3/);
  },
);

test.each(['install', 'trust'])(
  'the page on %s is for machines without a project, where npx would fetch a foreign package',
  async (guide) => {
    const text = await readFile(join(import.meta.dirname, `../../docs/guide/${guide}.md`), 'utf8');
    const typed = [...text.matchAll(/```\w*\n([\s\S]*?)```/g)].map(([, block]) => block);
    expect(typed.join('\n')).toContain('mvas ');
    expect(typed.join('\n')).not.toContain('npx');
    expect(text).toContain('npm install --global mvas-kit');
  },
);
