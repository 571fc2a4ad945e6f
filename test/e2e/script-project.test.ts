import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { cliPath, scratchFolder } from '../scratch.ts';
import { optionalTool } from '../tools.ts';

const run = promisify(execFile);
const bash = process.platform === 'win32' ? undefined : optionalTool('bash');

test.skipIf(!bash)(
  'the commands of the script guide work when pasted, from a new project to the verdict of its signed package',
  async () => {
    const cwd = await scratchFolder();
    const [bin, root] = [join(cwd, 'bin'), join(cwd, 'my-inspection')];
    await mkdir(bin);
    await writeFile(join(bin, 'mvas'), `#!/bin/sh\nexec '${process.execPath}' '${cliPath}' "$@"\n`, { mode: 0o755 });
    const env = { ...process.env, CI: '', PATH: `${bin}${delimiter}${process.env['PATH']}`, MVAS_HOME: join(cwd, 'home') };
    const paste = (text: string, folder: string) => run('bash', ['-euc', text], { cwd: folder, env, maxBuffer: 1 << 26 });
    const guide = await readFile(join(import.meta.dirname, '../../docs/guide/script.md'), 'utf8');
    const [start = '', ship = ''] = [...guide.matchAll(/```bash\n([\s\S]*?)```/g)].map(([, text]) => text);
    const tested = await paste(start, cwd);
    expect(tested.stdout).toContain('manifest.json is valid');
    for (const image of ['good_01.png', 'dent_01.png']) expect(tested.stdout).toContain(`${image} gives the recorded result`);
    const shipped = await paste(ship, root);
    expect(shipped.stdout).toContain('com.example.my-inspection 1.0.0 is trusted');
    for (const [image, decision] of [
      ['good_01.png', 'pass'],
      ['spot_01.png', 'fail'],
    ])
      expect(shipped.stdout).toMatch(new RegExp(`${image} +${decision}`));
    const again = await paste('mvas package -o again.mvapp && mvas inspect my-inspection.mvapp --json', root);
    expect(again.stdout).toContain('"reports/golden.');
  },
);
