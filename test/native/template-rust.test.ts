import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildProject } from '../../src/build/build.ts';
import { hostPlatform, platforms } from '../../src/core/platform.ts';
import { compareSides } from '../../src/golden/compare-sides.ts';
import { openSides } from '../../src/golden/open-sides.ts';
import { openPlugin } from '../../src/harness/open-plugin.ts';
import { decodeImage } from '../../src/image/decode-image.ts';
import { toFrame } from '../../src/image/to-frame.ts';
import { runProcess } from '../../src/process/run-process.ts';
import { openProject, type Project } from '../../src/project/project.ts';
import { scaffold } from '../../src/scaffold/scaffold.ts';
import { cpuAfter } from '../idle-cpu.ts';
import { scratchFolder } from '../scratch.ts';
import { testIo } from '../test-io.ts';
import { optionalTool } from '../tools.ts';

const cargo = optionalTool('cargo');
const clippy = optionalTool('cargo-clippy');
const cxx = optionalTool('c++');
const cmake = optionalTool('cmake');
let cwd: string;
let rust: Project;

async function made(template: string): Promise<Project> {
  const answers = { appId: 'com.acme.brick', platforms: `${hostPlatform()},macos-arm64` };
  const { root } = await scaffold({ folder: template, template, answers }, testIo(cwd));
  return await openProject(root);
}

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'mvas-rust-'));
  rust = await made('rust');
  if (cargo !== undefined) await buildProject(rust, {}, testIo(rust.root));
});

afterAll(async () => {
  await rm(cwd, { recursive: true, force: true, maxRetries: 3 });
});

test.skipIf(!cargo || !cmake || !cxx)('the plugin in Rust finds what the one in C++ finds, in every output', async () => {
  const cpp = await made('cpp-onnx');
  await buildProject(cpp, {}, testIo(cpp.root));
  await using sides = await openSides([rust.root, cpp.root], {}, testIo(cwd));
  const report = await compareSides(sides.a, sides.b, { folder: sides.folder, images: sides.images });
  expect(report).toMatchObject({ ok: true, counts: { same: 8 }, notCompared: [] });
});

test.skipIf(!cargo || platform() !== 'linux' || availableParallelism() < 2)(
  'its threads do not wait for the next part in a loop',
  async () => {
    const host = await openPlugin(rust.libraryPath());
    try {
      await host.init(rust.modelPath ?? null, '{"threads": 2}');
      const frame = toFrame(await decodeImage(join(rust.root, 'test/test_images/good_01.png')), 'RGB');
      expect(await cpuAfter(host.pid, () => host.infer(frame))).toBeLessThan(10); // some 40 when they do
    } finally {
      await host.dispose();
    }
  },
);

test.skipIf(!cargo || !clippy)('a fresh project in Rust is clean for clippy and passes its own tests', async () => {
  for (const args of [
    ['clippy', '--offline', '--locked', '--all-targets', '--', '-D', 'warnings'],
    ['test', '--offline', '--locked'],
  ]) {
    const { exitCode, stdout, stderr } = await runProcess(cargo ?? '', args, { cwd: rust.root, env: process.env });
    expect(exitCode, `${stdout}${stderr}`).toBe(0);
  }
});

test.skipIf(!cargo)('broken Rust is reported by its first error with the source line, and the library of before stays', async () => {
  const source = join(rust.root, 'src/inference_engine.rs');
  const good = await readFile(source, 'utf8');
  const library = await readFile(rust.libraryPath());
  await writeFile(source, good.replace('self.threads\n', 'self.nonsense\n'));
  const line = good.split('\n').findIndex((text) => text.trim() === 'self.threads') + 1;
  await expect(buildProject(rust, {}, testIo(rust.root))).rejects.toMatchObject({
    code: 'BUILD_FAILED',
    message: expect.stringMatching(
      new RegExp(`^src/inference_engine\\.rs:${line}:\\d+: .*nonsense[\\s\\S]*\\n +${line} \\| .*self\\.nonsense`),
    ),
  });
  expect(library.equals(await readFile(rust.libraryPath()))).toBe(true);
  await writeFile(source, good);
});

test.skipIf(!cargo)('a preset is a profile of cargo, and its library stays in the build tree', async () => {
  const { folder, library } = platforms[hostPlatform()];
  const built = await buildProject(rust, { preset: 'debug' }, testIo(rust.root));
  expect(built.path).toBe(join(rust.root, 'build', `${hostPlatform()}-debug`, 'stage', 'bin', folder, library));
  await expect(buildProject(rust, { preset: 'debgu' }, testIo(rust.root))).rejects.toMatchObject({
    code: 'FLAG_INVALID',
    hint: expect.stringContaining('release, debug'),
  });
});

test.skipIf(process.platform === 'win32')('without cargo, or with one that is too old, the command that installs it is told', async () => {
  const folder = await scratchFolder();
  const build = () => buildProject(rust, {}, testIo(rust.root, { env: { PATH: folder } }));
  await expect(build()).rejects.toMatchObject({
    code: 'TOOL_MISSING',
    message: expect.stringContaining('cargo'),
    hint: expect.stringContaining('rust'),
  });
  await writeFile(join(folder, 'cargo'), '#!/bin/sh\necho cargo 1.63.0\n', { mode: 0o755 });
  await expect(build()).rejects.toMatchObject({ code: 'TOOL_MISSING', message: expect.stringContaining('1.63.0') });
});
