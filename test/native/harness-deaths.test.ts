// Whatever a plugin does to its process, the caller is told in which call, and nothing is left behind.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openPlugin } from '../../src/harness/open-plugin.ts';
import type { OpenOptions, PluginHost } from '../../src/harness/plugin-host.ts';
import type { Frame } from '../../src/image/frame.ts';
import { compilePlugin } from '../compile-plugin.ts';
import { scratchFolder } from '../scratch.ts';

const source = 'test/plugins/harness/faults.c';
const frame: Frame = { data: new Uint8Array(64 * 48), width: 64, height: 48, channels: 1, strideBytes: 64, format: 'GRAY' };
const windows = process.platform === 'win32';
let library: string;

beforeAll(async () => {
  library = await compilePlugin(source);
});

async function ready(fault: string, options: OpenOptions = {}): Promise<PluginHost> {
  const host = await openPlugin(library, options);
  onTestFinished(() => host.dispose().catch(() => undefined));
  await host.init(null, fault);
  return host;
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // one that has ended stays listed until its parent asks for it
  return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
}

const gone = (pid: number) => vi.waitFor(() => expect(lives(pid)).toBe(false), { timeout: 5000, interval: 20 });

describe.skipIf(windows)('a plugin that takes its process down', () => {
  test.each([
    ['crash-now', 'PLUGIN_CRASHED', { kind: 'crashed', signal: 'SIGSEGV' }, 'inside'],
    ['abort', 'PLUGIN_CRASHED', { kind: 'crashed', signal: 'SIGABRT' }, 'inside'],
    ['exit-zero', 'PLUGIN_CRASHED', { kind: 'exited', code: 0 }, 'inside'],
    ['wild-map', 'PLUGIN_CRASHED', { kind: 'crashed', signal: 'SIGSEGV' }, 'reading'],
  ])('by %s is %s, named with call and image', async (fault, code, ending, phase) => {
    const host = await ready(fault);
    await expect(host.infer(frame)).rejects.toMatchObject({
      code,
      ending,
      call: { function: 'mvas_infer', number: 3, arguments: '64×48×1 stride 64, format GRAY', phase },
    });
    await gone(host.pid);
    expect(host.state).toBe('closed');
    await expect(host.raw.error()).rejects.toMatchObject({ code });
  });

  test('is told once: closing the host afterwards is no second failure', async () => {
    const host = await ready('crash-now');
    await expect(host.infer(frame)).rejects.toMatchObject({ code: 'PLUGIN_CRASHED' });
    await host.dispose();
    await host.dispose();
  });

  test('is quoted with what it wrote to standard error', async () => {
    const host = await ready('abort');
    await expect(host.infer(frame)).rejects.toThrow(/crashed \(SIGABRT\) in mvas_infer, call 3, 64×48×1.*the lens is dirty/s);
  });

  test('while nothing is asked of it is told by the next call', async () => {
    const host = await ready('crash-later');
    await host.infer(frame);
    await gone(host.pid);
    await expect(host.infer(frame)).rejects.toMatchObject({
      code: 'PLUGIN_CRASHED',
      call: { function: 'mvas_infer', number: 3, phase: 'after' },
    });
  });

  test('in its constructor is told as loading', async () => {
    const crashing = await compilePlugin(source, { extraFlags: ['-DCRASH_IN_CONSTRUCTOR'] });
    await expect(openPlugin(crashing)).rejects.toMatchObject({
      code: 'PLUGIN_CRASHED',
      ending: { kind: 'crashed', signal: 'SIGABRT' },
      call: { function: 'load' },
    });
  });

  test('while it is cleaned up makes dispose fail, and cleanup is named', async () => {
    const host = await ready('cleanup-crashes');
    await expect(host.dispose()).rejects.toMatchObject({ code: 'PLUGIN_CRASHED', call: { function: 'mvas_cleanup' } });
  });

  test('on a thread of its own after the call has returned is found when the host is closed', async () => {
    const host = await ready('crash-later');
    expect((await host.infer(frame)).decision).toBe('review');
    await expect(host.dispose()).rejects.toMatchObject({ code: 'PLUGIN_CRASHED', ending: { signal: 'SIGSEGV' } });
  });
});

describe.skipIf(windows)('a plugin that does not return', () => {
  test('is killed at its deadline and named with the call', async () => {
    const host = await ready('hang', { deadlines: { infer: 300 } });
    await expect(host.infer(frame)).rejects.toMatchObject({
      code: 'PLUGIN_HUNG',
      ending: { kind: 'hung', ms: 300 },
      call: { function: 'mvas_infer', phase: 'inside' },
      message: expect.stringContaining('did not return within 300 ms in mvas_infer'),
    });
    await gone(host.pid);
  });

  test('from its constructor is told as loading', async () => {
    const hanging = await compilePlugin(source, { extraFlags: ['-DHANG_IN_CONSTRUCTOR'] });
    await expect(openPlugin(hanging, { deadlines: { load: 300 } })).rejects.toMatchObject({
      code: 'PLUGIN_HUNG',
      call: { function: 'load' },
    });
  });

  test('goes with the processes it started, though they ignore SIGTERM and one has left the group', async () => {
    const host = await ready('descendants', { deadlines: { infer: 500 } });
    const death = await host.infer(frame).then(
      () => undefined,
      (error: { output: { stdout: string } }) => error,
    );
    const pids = [...(death?.output.stdout ?? '').matchAll(/descendant (\d+)/g)].map(([, pid]) => Number(pid));
    expect(pids.length).toBe(2);
    await Promise.all(pids.map(gone));
  });

  test('is killed when the caller interrupts', async () => {
    const abort = new AbortController();
    const host = await ready('hang', { signal: abort.signal });
    const call = host.infer(frame);
    setTimeout(() => abort.abort(), 50);
    await expect(call).rejects.toMatchObject({ code: 'INTERRUPTED' });
    await gone(host.pid);
  });
});

describe.skipIf(windows)('around a plugin', () => {
  test('a flood of a hundred megabytes on standard output is read, capped and harmless', async () => {
    const host = await ready('flood');
    expect((await host.infer(frame)).decision).toBe('review');
    await host.dispose();
    await gone(host.pid);
  });

  test.skipIf(process.platform !== 'linux')('the host dies with its parent, even inside a call', async () => {
    const folder = await scratchFolder();
    const script = join(folder, 'parent.mjs');
    const module = new URL('../../dist/harness/open-plugin.js', import.meta.url).href;
    writeFileSync(
      script,
      `import { openPlugin } from ${JSON.stringify(module)};
      const host = await openPlugin(${JSON.stringify(library)});
      await host.init(null, 'hang');
      host.infer({ data: new Uint8Array(3), width: 1, height: 1, channels: 3, strideBytes: 3, format: 'RGB' });
      setTimeout(() => console.log(host.pid), 100);`,
    );
    const parent = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [chunk] = await once(parent.stdout, 'data');
    const pid = Number(String(chunk));
    expect(lives(pid)).toBe(true);
    parent.kill('SIGKILL');
    await gone(pid);
  });

  test.skipIf(process.platform !== 'linux')('the file through which frames go has no name that could be left behind', async () => {
    const host = await ready('{}');
    await host.infer(frame);
    // another test may be between making its file and removing the name
    await vi.waitFor(() => expect(readdirSync('/dev/shm').filter((name) => name.startsWith('mvas-'))).toEqual([]));
  });
});
