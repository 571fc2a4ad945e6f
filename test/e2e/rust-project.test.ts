import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { cliPath, scratchFolder } from '../scratch.ts';
import { optionalTool } from '../tools.ts';

const run = promisify(execFile);
const cargo = optionalTool('cargo');
const bash = process.platform === 'win32' ? undefined : optionalTool('bash');

test.skipIf(!cargo || !bash)(
  'the first commands of the Rust guide work when pasted, and their plugin goes the whole way to a verdict',
  async () => {
    const cwd = await scratchFolder();
    const [bin, root] = [join(cwd, 'bin'), join(cwd, 'my-inspection')];
    await mkdir(bin);
    await writeFile(join(bin, 'mvas'), `#!/bin/sh\nexec '${process.execPath}' '${cliPath}' "$@"\n`, { mode: 0o755 });
    const env = {
      ...process.env,
      CI: '',
      PATH: `${bin}${delimiter}${process.env['PATH']}`,
      MVAS_HOME: join(cwd, 'home'),
      // Some builds of ONNX Runtime report their use to their maker by threads and files, which are no plugin's doing.
      ORT_DISABLE_TELEMETRY: '1',
    };
    const paste = (text: string, folder: string) => run('bash', ['-euc', text], { cwd: folder, env, maxBuffer: 1 << 26 });
    const guide = await readFile(join(import.meta.dirname, '../../docs/guide/rust.md'), 'utf8');
    const tested = await paste(/```bash\n([\s\S]*?)```/.exec(guide)?.[1] ?? '', cwd);
    for (const title of ['lifecycle/load', 'good_01.png', 'the copies of the SDK']) expect(tested.stdout).toContain(title);
    await paste('npm run bench -- --iterations 20', root);
    await paste('npm run package\nmvas keygen --dev --namespace com.example\nnpm run sign\nnpm run verify', root);
    const { stdout } = await paste('mvas infer my-inspection.mvapp test/test_images/dent_01.png --once --json', root);
    expect(JSON.parse(stdout)).toMatchObject({ decision: 'fail', anomaly_score: expect.closeTo(0.9966, 3) });
  },
);
