import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { hostPlatform, platforms } from '../../src/core/platform.ts';
import { nvidiaRoots, placeTensorrt } from '../nvidia-stand-in.ts';
import { cliPath, scratchFolder } from '../scratch.ts';
import { optionalTool } from '../tools.ts';

const run = promisify(execFile);
const tools = ['cmake', 'c++', 'bash'].map(optionalTool);

test.skipIf(tools.includes(undefined) || process.platform !== 'linux')(
  'the first commands of the TensorRT guide work when pasted beside stand-ins, and their plugin goes the whole way to a verdict',
  async () => {
    const cwd = await scratchFolder();
    const [bin, root] = [join(cwd, 'bin'), join(cwd, 'my-inspection')];
    await mkdir(bin);
    await writeFile(join(bin, 'mvas'), `#!/bin/sh\nexec '${process.execPath}' '${cliPath}' "$@"\n`, { mode: 0o755 });
    const roots = await nvidiaRoots(cwd);
    await placeTensorrt(join(roots.TENSORRT_ROOT, 'lib'));
    const env = {
      ...process.env,
      ...roots,
      CI: '',
      PATH: `${bin}${delimiter}${process.env['PATH']}`,
      MVAS_HOME: join(cwd, 'home'),
      XDG_CACHE_HOME: join(cwd, 'cache'),
      ONNXRUNTIME_ROOT: join(root, 'deps', platforms[hostPlatform()].folder), // where the stand-ins find what runs the model
      ORT_DISABLE_TELEMETRY: '1',
    };
    const paste = (text: string, folder: string) => run('bash', ['-euc', text], { cwd: folder, env, maxBuffer: 1 << 26 });
    const guide = await readFile(join(import.meta.dirname, '../../docs/guide/tensorrt.md'), 'utf8');
    const block = /```bash\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
    // what ONNXRUNTIME_ROOT names is made by the first build, which must not look there
    const [before, after] = block.split('npm test');
    await run('bash', ['-euc', before ?? ''], { cwd, env: { ...env, ONNXRUNTIME_ROOT: '' }, maxBuffer: 1 << 26 });
    const tested = await paste(`npm test${after}`, root); // in the strict profile
    for (const title of ['lifecycle/load', 'good_01.png', 'the copies of the SDK']) expect(tested.stdout).toContain(title);
    expect(await readdir(join(cwd, 'cache/mvas/engines'))).toHaveLength(1); // it was the GPU's way that was tested
    await paste('npm run package\nmvas keygen --dev --namespace com.example\nnpm run sign\nnpm run verify', root);
    const { stdout } = await paste('mvas infer my-inspection.mvapp test/test_images/dent_01.png --once --json', root);
    expect(JSON.parse(stdout)).toMatchObject({
      decision: 'fail',
      anomaly_score: expect.closeTo(0.9966, 3),
      details: { engine: 'TensorRT 10.3.0 on Stand-in GPU' },
    });
  },
);
