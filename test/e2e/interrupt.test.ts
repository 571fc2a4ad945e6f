import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sha256Hex } from '../../src/core/digest.ts';
import { seededRandom } from '../random.ts';
import { cli, cliPath } from '../scratch.ts';

const folder = mkdtempSync(join(tmpdir(), 'mvas-interrupt-'));
const project = join(folder, 'brick');
const archive = join(folder, 'brick.mvapp');
const env = { MVAS_HOME: join(folder, 'home') };
const momentsPerStage = 3;

beforeAll(async () => {
  const ready = [
    ['new', project, '--yes', '--template', 'cpp-onnx', '--app-id', 'com.example.brick'],
    ['build', project],
    ['package', project, '-o', archive],
    ['keygen', '--dev', '--namespace', 'com.example'],
    ['sign', archive],
  ];
  for (const args of ready) expect(await cli(args, { env }), args.join(' ')).toMatchObject({ exitCode: 0 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

/** Runs the CLI in a group of its own and sends SIGINT to the whole group, as a terminal does. */
function interrupted(
  args: readonly string[],
  afterMs: number,
): Promise<{ code: number | null; signal: string | null; pid: number; stderr: string }> {
  return new Promise((resolve) => {
    const child: ChildProcess = spawn(process.execPath, [cliPath, ...args], {
      detached: true,
      env: { ...process.env, ...env, CI: '' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const pid = child.pid ?? 0;
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    const timer = setTimeout(() => process.kill(-pid, 'SIGINT'), afterMs);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, pid, stderr });
    });
  });
}

async function filesIn(root: string): Promise<Map<string, string>> {
  const entries = (await readdir(root, { recursive: true, withFileTypes: true }).catch(() => [])).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).filter((path) => !/[\\/](build|reports)[\\/]/.test(path));
  return new Map(await Promise.all(paths.map(async (path) => [path, sha256Hex(await readFile(path))] as const)));
}

/** Processes of a group that still live. */
function groupLives(pid: number): boolean {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The output of a run that nobody interrupts; the same input gives the same bytes. */
async function filesOf(args: readonly string[], output: string): Promise<Map<string, string>> {
  expect(await cli(args, { env })).toMatchObject({ exitCode: 0 });
  const files = new Map([[output, sha256Hex(await readFile(output))]]);
  rmSync(output);
  return files;
}

const stages: Record<string, { args: readonly string[]; output?: string }> = {
  new: {
    args: ['new', join(folder, 'other'), '--yes', '--template', 'cpp-onnx', '--app-id', 'com.example.other'],
    output: join(folder, 'other'),
  },
  build: { args: ['build', project, '--clean'] },
  conform: { args: ['conform', project] },
  golden: { args: ['golden', project] },
  bench: { args: ['bench', project] },
  package: { args: ['package', project, '-o', join(folder, 'again.mvapp')], output: join(folder, 'again.mvapp') },
  sign: { args: ['sign', archive, '-o', join(folder, 'signed.mvapp')], output: join(folder, 'signed.mvapp') },
  verify: { args: ['verify', archive] },
  infer: {
    args: ['infer', archive, join(project, 'test/test_images'), '--once', '--output', join(folder, 'out')],
    output: join(folder, 'out'),
  },
};

test.skipIf(platform() === 'win32').each(Object.entries(stages))(
  'Ctrl-C in %s ends with 130 and leaves nothing half written',
  async (name, { args, output }) => {
    const random = seededRandom(name.length);
    const before = await filesIn(folder);
    const whole = output?.endsWith('.mvapp') ? await filesOf(args, output) : new Map<string, string>();
    for (let moment = 0; moment < momentsPerStage; moment += 1) {
      const afterMs = 150 + random(700);
      const run = await interrupted(args, afterMs);
      const what = `${name} after ${afterMs} ms\n${run.stderr}`;
      // Before it listens, SIGINT ends it as it ends any program; a shell tells that as 130 too.
      expect([0, 130, 'SIGINT'], what).toContain(run.code ?? run.signal);
      expect(run.stderr, what).not.toContain('    at ');
      expect(groupLives(run.pid), what).toBe(false);
      const left = [...(await filesIn(folder))].filter(([path, digest]) => before.get(path) !== digest);
      // What is there under its own name must be whole: the bytes of a full run, or a run that says it is done.
      const isWhole = ([path, digest]: readonly [string, string]) =>
        output !== undefined && path.startsWith(output) && (run.code === 0 || digest === whole.get(path));
      const unexpected = left.filter((file) => !isWhole(file));
      expect(unexpected, what).toEqual([]);
      if (output !== undefined) rmSync(output, { recursive: true, force: true });
    }
    for (const [path, digest] of before) expect(sha256Hex(await readFile(path)), path).toBe(digest);
  },
);
