import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { examineMachine } from '../../src/doctor/doctor.ts';
import { schemaErrors } from '../report-schemas.ts';
import { cli, scratchFolder } from '../scratch.ts';
import { testIo } from '../test-io.ts';
import { optionalTool } from '../tools.ts';

const windows = process.platform === 'win32';
const cxx = optionalTool('c++');

test.skipIf(!cxx)('a machine with all tools is fit, and each tool is told with its version', async () => {
  const { exitCode, stdout } = await cli(['doctor', '--json']);
  const report = JSON.parse(stdout);
  expect(await schemaErrors('doctor-report', report)).toEqual([]);
  expect([exitCode, report.ok]).toEqual([0, true]);
  for (const id of ['node', 'npm', 'compiler', 'cmake'])
    expect(
      report.tools.find((tool: { id: string }) => tool.id === id),
      id,
    ).toMatchObject({ found: expect.stringMatching(/^\d+\.\d+/), path: expect.any(String) });
  expect((await cli(['doctor', '--quiet'])).stdout).toBe('');
});

test.skipIf(windows)('what is missing or too old is named with the command that installs it, and the exit code is 3', async () => {
  const folder = await scratchFolder();
  await symlink(process.execPath, join(folder, 'node'));
  await symlink(join(dirname(process.execPath), 'npm'), join(folder, 'npm'));
  await writeFile(join(folder, 'cmake'), '#!/bin/sh\necho cmake version 3.9.1\n', { mode: 0o755 });
  const { exitCode, stdout } = await cli(['doctor'], { env: { PATH: folder, CXX: '' } });
  expect(exitCode).toBe(3);
  expect(stdout).toMatch(/✗ C\+\+ compiler: not found\n {4}\S+/);
  expect(stdout).toMatch(/✗ CMake: 3\.9\.1 \(.*\) older than 3\.18\n {4}\S+/);
  expect(stdout).toMatch(/– Python .*: not found/);
  expect(stdout).toMatch(/✓ Node\.js: \d/);
});

test('things that only some tasks need do not make a machine unfit', async () => {
  const home = await scratchFolder();
  const env = { ...process.env, MVAS_HOME: home, LC_ALL: 'POSIX' };
  const without = await examineMachine(testIo(home, { env }));
  expect(without.tools.find(({ id }) => id === 'keys')).toMatchObject({ problem: 'none yet', fix: 'mvas keygen --dev' });
  await mkdir(join(home, 'keys'));
  await writeFile(join(home, 'keys/dev.key'), '');
  const [keys] = (await examineMachine(testIo(home, { env }))).tools.filter(({ id }) => id === 'keys');
  expect(keys).toMatchObject({ found: 'dev.key' });
  expect(keys).not.toHaveProperty('problem');
  expect(without.ok).toBe(without.tools.every(({ required, problem }) => !required || problem === undefined));
});

test.skipIf(windows)('what plugins with TensorRT need is found in its usual variables, and told when it is too old', async () => {
  const home = await scratchFolder();
  const program = (text: string) => `#!/bin/sh\ncat <<'END'\n${text}\nEND\n`;
  const files = {
    'bin/nvidia-smi': program('NVIDIA RTX A4000, 550.54\nNVIDIA T4, 550.54'),
    'cuda/bin/nvcc': program('Cuda compilation tools, release 11.2, V11.2.152'),
    'trt/include/NvInferVersion.h':
      '#define TRT_MAJOR_ENTERPRISE 10\n#define TRT_MINOR_ENTERPRISE 9\n#define TRT_PATCH_ENTERPRISE 1\n#define NV_TENSORRT_MAJOR TRT_MAJOR_ENTERPRISE\n',
    'old/include/NvInferVersion.h': '#define NV_TENSORRT_MAJOR 8\n#define NV_TENSORRT_MINOR 4 //!< minor\n#define NV_TENSORRT_PATCH 3\n',
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(home, path)), { recursive: true });
    await writeFile(join(home, path), text, { mode: 0o755 });
  }
  const look = async (root: string) => {
    const env = {
      PATH: `${join(home, 'bin')}:/usr/bin:/bin`,
      CUDAToolkit_ROOT: join(home, 'cuda'),
      TENSORRT_ROOT: join(home, root),
      MVAS_HOME: home,
    };
    const { tools } = await examineMachine(testIo(home, { env }));
    return Object.fromEntries(tools.map((tool) => [tool.id, tool]));
  };
  const { gpu, cuda, tensorrt } = await look('trt');
  expect(gpu).toMatchObject({ found: 'NVIDIA RTX A4000, driver 550.54; NVIDIA T4, driver 550.54', required: false });
  expect(cuda).toMatchObject({ found: '11.2', path: join(home, 'cuda/bin/nvcc'), problem: 'older than 11.4' });
  expect(tensorrt).toMatchObject({ found: '10.9.1', path: join(home, 'trt/include/NvInferVersion.h') });
  expect(tensorrt).not.toHaveProperty('problem');
  expect((await look('old'))['tensorrt']).toMatchObject({ found: '8.4.3', problem: 'older than 8.5' });
});
