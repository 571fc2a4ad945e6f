import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, scratchFolder } from '../scratch.ts';

function run(command: string, args: readonly string[], cwd: string) {
  const result = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    maxBuffer: 1 << 26,
    env: { ...process.env, CI: '' },
  });
  return { exitCode: result.status, output: `${result.stdout}${result.stderr}` };
}

test('a generated cpp-onnx project installs, builds and is green at once, by npm and by ctest', async () => {
  const project = join(await scratchFolder(), 'my-inspection');
  const made = await cli([
    'new',
    project,
    '--yes',
    '--template',
    'cpp-onnx',
    '--app-id',
    'com.example.my-inspection',
    '--title',
    'Mine',
    '--author',
    'Me',
  ]);
  expect(made).toMatchObject({ exitCode: 0 });
  for (const args of [['install', '--no-audit', '--no-fund'], ['run', 'build'], ['test']]) {
    const step = run('npm', args, project);
    expect(step, `npm ${args.join(' ')}\n${step.output}`).toMatchObject({ exitCode: 0 });
    if (args[0] === 'test') {
      expect(step.output).toContain('lifecycle/load');
      expect(step.output).toContain('good_01.png');
    }
  }
  const ctest = run('ctest', ['--test-dir', 'build/linux-x64', '--output-on-failure'], project);
  expect(ctest, ctest.output).toMatchObject({ exitCode: 0 });
});
