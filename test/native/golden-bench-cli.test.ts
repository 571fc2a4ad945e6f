import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { hostPlatform, platforms } from '../../src/core/platform.ts';
import { compilePlugin } from '../compile-plugin.ts';
import { writePicture } from '../plugin-subject.ts';
import { cli, scratchFolder } from '../scratch.ts';

const repository = resolve(import.meta.dirname, '../..');
beforeAll(async () => {
  await compilePlugin('test/plugins/good/plain.c');
});

/** A built project with two pictures. */
async function project(): Promise<string> {
  const root = await scratchFolder();
  const { folder, library } = platforms[hostPlatform()];
  const binary = `bin/${folder}/${library}`;
  await compilePlugin('test/plugins/good/plain.c', { output: join(root, binary) });
  const manifest = {
    manifest_version: '2.0.0',
    package_type: 'native',
    app: { id: 'com.example.plain', name: 'Plain', version: '1.0.0', version_code: 1 },
    plugin: { interface_version: '2.0', binaries: { [hostPlatform()]: binary }, model: { path: 'models/brightness.model' } },
    configuration: { user_configurable: [{ key: 'threshold', type: 'float', default: 0.5, min: 0, max: 1 }] },
    testing: { test_images: 'test/test_images', expected_results: 'test/expected_results.json' },
  };
  await writeFile(join(root, 'manifest.json'), JSON.stringify(manifest));
  await mkdir(join(root, 'models'));
  await writeFile(join(root, 'models/brightness.model'), 'mvas brightness model 1\n256 0\nend\n');
  await writePicture(join(root, 'test/test_images/good.png'), 20);
  await writePicture(join(root, 'test/test_images/defect.png'), 180);
  return root;
}

describe('mvas golden', () => {
  test('records, compares in a table and as JSON, and fails with exit 1 on a difference', async () => {
    const cwd = await project();
    const recorded = await cli(['golden', 'record'], { cwd });
    expect(recorded).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('2 recorded, 0 kept') });
    const green = await cli(['golden'], { cwd });
    expect(green.exitCode).toBe(0);
    expect(green.stdout.split('\n').slice(0, 5)).toEqual([
      'IMAGE       DECISION   SCORE  RESULT',
      expect.stringMatching(/^defect\.png {2}fail {6}0\.7\d+ {2}passed$/),
      expect.stringMatching(/^good\.png {4}pass {6}0\.1\d+ {2}passed$/),
      '',
      '2 passed',
    ]);
    await writeFile(join(cwd, 'models/brightness.model'), 'mvas brightness model 1\n200 0\nend\n');
    const red = await cli(['golden', '--json'], { cwd });
    expect(red.exitCode).toBe(1);
    expect(JSON.parse(red.stdout)).toMatchObject({ ok: false, counts: { stale: 2 } });
    const text = await cli(['golden', '--case', 'good.png'], { cwd });
    expect(text.stdout).toMatch(
      /good\.png: stale\n {2}the model changed[^\n]*\n {2}confidence differs by 0\.\d+ \(limit 0\.00\d+, default\): /,
    );
    expect((await readdir(join(cwd, 'reports'))).length).toBe(1);
  });

  test('refuses what makes no sense, by exit code 2 and the next step', async () => {
    const cwd = await project();
    const run = async (...args: string[]): Promise<string> => {
      const { exitCode, stderr } = await cli(args, { cwd });
      expect(exitCode).toBe(2);
      return stderr;
    };
    expect((await cli(['golden', 'record'], { cwd, env: { CI: 'true' } })).exitCode).toBe(2);
    await expect(readFile(join(cwd, 'test/expected_results.json'))).rejects.toThrow();
    expect(await run('golden', 'record', '--all', '--case', 'good.png')).toMatch(/FLAG_INVALID.*--missing, --all and --case/s);
    expect(await run('golden', 'record', '--all', '--missing')).toMatch(/FLAG_INVALID.*--missing, --all and --case/s);
    expect(await run('golden', 'record', 'x.mvapp')).toMatch(/a package is not changed/);
    expect(await run('golden', 'nowhere')).toMatch(/FILE_NOT_FOUND.*nowhere/s);
    expect(await run('golden', '--config', join(cwd, 'models/brightness.model'))).toMatch(/CONFIG_INVALID/);
    expect(await run('bench', '-n', '0')).toMatch(/whole number of at least 1/);
    await rm(join(cwd, 'bin'), { recursive: true });
    expect(await run('golden')).toMatch(/FILE_NOT_FOUND.*mvas build/s);
  });

  test('a missing reference fails in CI too, and no case at all is exit 2', async () => {
    const cwd = await project();
    expect((await cli(['golden'], { cwd, env: { CI: 'true' } })).exitCode).toBe(1);
    await rm(join(cwd, 'test/test_images'), { recursive: true });
    await mkdir(join(cwd, 'test/test_images'));
    expect(await cli(['golden'], { cwd })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('NOTHING_TESTED') });
  });

  test.each(['golden', 'golden record', 'golden evaluate', 'bench'])(
    '%s tells of a file that it is no plugin, before it looks for pictures',
    async (command) => {
      const cwd = await scratchFolder();
      await writeFile(join(cwd, 'notes.txt'), 'not a library\n');
      const { exitCode, stderr } = await cli([...command.split(' '), 'notes.txt'], { cwd });
      expect({ exitCode, stderr }).toEqual({
        exitCode: 1,
        stderr: expect.stringMatching(/^PLUGIN_INVALID: \S+notes\.txt is not a usable library: it is a text file\n/),
      });
    },
  );

  test('a library alone is compared by flags', async () => {
    const cwd = await project();
    await cli(['golden', 'record'], { cwd });
    const { folder, library } = platforms[hostPlatform()];
    const alone = [join('bin', folder, library), '--model', 'models/brightness.model', '--images', 'test/test_images'];
    await writeFile(join(cwd, 'config.json'), '{"threshold": 0.5}');
    const run = await cli(['golden', ...alone, '--config', 'config.json', '--expected', 'test/expected_results.json'], { cwd });
    expect(run).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('2 passed') });
  });
});

describe('a package', () => {
  test('is verified first: unsigned is exit 11, one changed byte is never loaded, --allow-unsigned compares and times it', async () => {
    const cwd = await project();
    await cli(['golden', 'record'], { cwd });
    const env = { MVAS_HOME: join(cwd, 'home') };
    expect(await cli(['package', '-o', 'plain.mvapp'], { cwd, env })).toMatchObject({ exitCode: 0 });
    const packed = join(cwd, 'plain.mvapp');
    const elsewhere = await scratchFolder();
    const run = (...args: string[]) => cli(args, { cwd: elsewhere, env });
    expect(await run('golden', packed)).toMatchObject({ exitCode: 11, stderr: expect.stringContaining('UNSIGNED') });
    expect(await run('golden', packed, '--allow-unsigned')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('2 passed') });
    const timed = await run('bench', packed, '--allow-unsigned', '-n', '5', '-w', '0', '--json');
    expect(timed.exitCode).toBe(0);
    expect(JSON.parse(timed.stdout)).toMatchObject({ iterations: 5, plugin: { name: 'Plain C brightness' } });
    expect(await readdir(elsewhere)).toEqual([]);
    const bytes = await readFile(packed);
    bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
    await writeFile(packed, bytes);
    const broken = await run('golden', packed, '--allow-unsigned');
    expect([10, 12]).toContain(broken.exitCode);
    expect(broken.stdout).toBe('');
  });
});

describe('mvas bench', () => {
  test('prints the six lines, keeps its budget with exit 0, breaks it with exit 1 and names the line', async () => {
    const cwd = await project();
    const kept = await cli(['benchmark', '-n', '30', '-w', '1', '-i', 'test/test_images/defect.png'], { cwd });
    expect(kept.exitCode).toBe(0);
    expect(kept.stdout.split('\n').slice(0, 6).map((line) => line.split(':')[0])).toEqual([
      'Plugin', 'Iterations', 'Avg inference', 'P95 latency', 'P99 latency', 'Throughput',
    ]); // biome-ignore format: the standard's order
    expect(kept.stdout).toContain('P95 latency: n/a (130 needed)');
    await writeFile(join(cwd, 'test/benchmark.json'), '{"load_ms": 0.00001}');
    const broken = await cli(['bench', '-n', '5'], { cwd });
    expect(broken).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/load_ms +[\d.]+( +[\d.]+…[\d.]+)? +0\.00001 +broken/) });
    expect(broken.stderr).toMatch(
      /load_ms is [\d.]+( \(95 %: [\d.]+ to [\d.]+\))? from \d sample\(s\), and test\/benchmark\.json allows 0\.00001/,
    );
  });
});

test('mvas-kit/vitest gives one test an image, and writes the report', async () => {
  const cwd = await project();
  await cli(['golden', 'record'], { cwd });
  await mkdir(join(cwd, 'node_modules'));
  for (const name of ['vitest', 'vite']) await symlink(join(repository, 'node_modules', name), join(cwd, 'node_modules', name), 'junction');
  await symlink(repository, join(cwd, 'node_modules/mvas-kit'), 'junction');
  await writeFile(join(cwd, 'package.json'), '{"type": "module"}');
  await writeFile(join(cwd, 'test/golden.test.ts'), "import { goldenTests } from 'mvas-kit/vitest';\n\nawait goldenTests();\n");
  const vitest = join(dirname(join(repository, 'node_modules/vitest/package.json')), 'vitest.mjs');
  const run = (): Promise<{ failed: boolean; text: string }> =>
    new Promise((done) => {
      const env = { ...process.env, NO_COLOR: '1', VITEST: undefined, CI: undefined };
      execFile(process.execPath, [vitest, 'run', '--reporter=verbose'], { cwd, env }, (error, stdout, stderr) =>
        done({ failed: error !== null, text: stdout + stderr }),
      );
    });
  const green = await run();
  expect(green.text).toMatch(/good\.png gives the recorded result/);
  expect(green).toMatchObject({ failed: false, text: expect.stringMatching(/Tests {2}2 passed/) });
  expect(await readdir(join(cwd, 'reports'))).toEqual([`golden.${hostPlatform()}.json`]);
  await writePicture(join(cwd, 'test/test_images/good.png'), 90);
  const red = await run();
  expect(red).toMatchObject({ failed: true, text: expect.stringMatching(/1 failed \| 1 passed/) });
  expect(red.text).toContain('the picture changed since the reference was recorded');
});
