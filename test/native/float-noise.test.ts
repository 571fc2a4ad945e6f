import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeMachine } from '../../src/bench/machine.ts';
import { placeOnnxruntime } from '../../src/build/onnxruntime-library.ts';
import { hostPlatform } from '../../src/core/platform.ts';
import { compareGolden } from '../../src/golden/compare-golden.ts';
import type { GoldenReport } from '../../src/golden/golden-report.ts';
import { type PluginSubject, projectSubject } from '../../src/golden/plugin-subject.ts';
import { recordGolden } from '../../src/golden/record-golden.ts';
import { toleranceProfiles } from '../../src/golden/tolerance-profiles.ts';
import { openProject } from '../../src/project/project.ts';
import { scaffold } from '../../src/scaffold/scaffold.ts';
import { compilePlugin } from '../compile-plugin.ts';
import { scratchSubject } from '../plugin-subject.ts';
import { testIo } from '../test-io.ts';

// What was recorded from a build with -O2 must hold for every other way of compiling the same source, though its last digits differ.
const { cpuFlags } = await describeMachine('{}');
const builds = [
  { name: '-O3 -mavx2 -mfma', flags: ['-O3', '-mavx2', '-mfma'], runs: cpuFlags.includes('avx2') && cpuFlags.includes('fma') },
  { name: '-Ofast', flags: ['-Ofast'], runs: true },
];
const photographs = join(import.meta.dirname, '../../templates/cpp-onnx/test/test_images');

/** Every line that does not hold, with its image. */
const broken = (images: GoldenReport['images']) =>
  images.flatMap(({ image, lines }) => lines.filter(({ ok }) => !ok).map((line) => ({ image, ...line })));

async function record(subject: PluginSubject): Promise<void> {
  await recordGolden(subject, { mode: 'all', ci: false, reason: 'built with -O2' });
}

describe('a plugin that is floating point throughout', () => {
  const source = 'test/plugins/texture.cpp';
  async function recorded(): Promise<PluginSubject> {
    const subject = await scratchSubject(await compilePlugin(source), {});
    await mkdir(subject.testImages, { recursive: true });
    for (const name of await readdir(photographs)) await copyFile(join(photographs, name), join(subject.testImages, name));
    await record(subject);
    return subject;
  }

  for (const { name, flags, runs } of builds) {
    test.skipIf(!runs)(`built with ${name} has other last digits and passes the references of -O2`, async () => {
      const subject = { ...(await recorded()), library: await compilePlugin(source, { extraFlags: flags }) };
      const { images: exact } = await compareGolden(subject, { profile: toleranceProfiles.exact });
      expect(broken(exact).length, 'without other digits nothing is tried').toBeGreaterThan(0);
      const report = await compareGolden(subject);
      expect(broken(report.images)).toEqual([]);
      expect(report.ok).toBe(true);
    });
  }

  test('does not pass when its arithmetic is another by one hundredth', async () => {
    const subject = { ...(await recorded()), config: JSON.stringify({ exponent: 1.01 }) };
    const { images } = await compareGolden(subject);
    expect(images.every(({ lines }) => lines.some(({ ok, output }) => !ok && output === 'anomaly_map'))).toBe(true);
  });
});

describe('the plugin of the C++ template', () => {
  let subject: PluginSubject;
  let unit = '';
  const build = (flags: readonly string[]) => compilePlugin(unit, { output: subject.library, extraFlags: flags });
  let cwd = '';
  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'mvas-noise-'));
    const { root } = await scaffold({ folder: 'wall', template: 'cpp-onnx', answers: { appId: 'com.acme.wall' } }, testIo(cwd));
    const project = await openProject(root);
    await placeOnnxruntime(project, hostPlatform(), root, testIo(root));
    subject = await projectSubject(project);
    unit = join(root, 'src', 'all.cpp');
    await writeFile(unit, ['plugin', 'inference_engine', 'preprocessing'].map((name) => `#include "${name}.cpp"\n`).join(''));
    await build([]);
    await record(subject);
  });
  afterAll(() => rm(cwd, { recursive: true, force: true, maxRetries: 3 }));

  for (const { name, flags, runs } of builds) {
    test.skipIf(!runs)(`built with ${name} passes the references of -O2`, async () => {
      await build(flags);
      const report = await compareGolden(subject);
      expect(broken(report.images)).toEqual([]);
      expect(report.counts).toMatchObject({ passed: 8, failed: 0, stale: 0 });
    });
  }
});
