// Measures what the harness adds to a plugin's own time, beside a host in C and one in Python's ctypes, in one run.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { address } from 'koffi';
import { median } from '../dist/bench/averages.js';
import { HostProcess } from '../dist/harness/host/host-process.js';
import { nativeStruct } from '../dist/harness/native/native-struct.js';
import { nativeText } from '../dist/harness/native/native-text.js';
import { openPlugin } from '../dist/harness/open-plugin.js';
import { openPluginInProcess } from '../dist/harness/open-plugin-in-process.js';
import { compileC } from './compile-c.js';

const sources = join(import.meta.dirname, 'harness');
const folder = mkdtempSync(join(tmpdir(), 'mvas-bench-'));
const calls = 2000;

function compile(output, source, flags) {
  return compileC(join(sources, source), join(folder, output), flags);
}

function frame(width, height) {
  return { data: new Uint8Array(width * height * 3), width, height, channels: 3, strideBytes: width * 3, format: 'RGB' };
}

/** ns per call of a synchronous function: the least of many short rounds, as in the other hosts, because a busy machine only adds. */
function timeCalls(run, count) {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 500; round += 1) {
    const start = performance.now();
    for (let call = 0; call < count; call += 1) run();
    least = Math.min(least, ((performance.now() - start) * 1e6) / count);
  }
  return least;
}

/** The least and the median time of an asynchronous function, in ms. */
async function timeEach(run, count) {
  const times = [];
  for (let call = -20; call < count; call += 1) {
    const start = performance.now();
    await run();
    if (call >= 0) times.push(performance.now() - start);
  }
  return { least: Math.min(...times), median: median(times) };
}

function line(what, value, goal, met) {
  console.log(`${met === undefined ? ' ' : met ? '✓' : '✗'} ${what}: ${value}${goal === '' ? '' : ` (goal: ${goal})`}`);
}

const json = (program, args) => JSON.parse(execFileSync(program, args, { encoding: 'utf8' }));

async function measureCall(stub, host) {
  const own = json(host, [stub, String(calls)]).call;
  const { engine } = await openPluginInProcess(stub);
  engine.init('', '{}');
  const image = nativeStruct('MVASImage');
  const result = nativeStruct('MVASResult');
  const { data, width, height, channels, strideBytes } = frame(640, 480);
  const values = { data: address(data), width, height, channels, stride: strideBytes, format: nativeText('RGB') };
  for (const [field, value] of Object.entries(values)) image.set(field, value);
  const [imageAt, resultAt] = [image.address, result.address];
  const ours = timeCalls(() => engine.raw.infer(imageAt, resultAt), calls) - own;
  line('infer call through the in-process harness, over the plugin’s own time', `${ours.toFixed(0)} ns`, 'at most 100 ns', ours <= 100);
  let python;
  try {
    python = json('python3', [join(sources, 'ctypes_host.py'), stub, String(calls / 10)]).call - own;
  } catch {
    return line('Python ctypes', 'python3 is not here', '');
  }
  line(
    'Python ctypes with fresh structs, the same call',
    `${python.toFixed(0)} ns, ${(python / ours).toFixed(1)} times ours`,
    'at least 5',
    python >= 5 * ours,
  );
}

async function measureResult(mapped, host) {
  const c = json(host, [mapped, String(calls)]).whole;
  const { engine } = await openPluginInProcess(mapped, { reuseArrays: true });
  engine.init('', '{}');
  const small = frame(640, 480);
  const ours = timeCalls(() => engine.infer(small), 40);
  line('whole result with a 256×256 map, C host', `${(c / 1000).toFixed(1)} µs`, '');
  line(
    'whole result with a 256×256 map, in-process harness',
    `${(ours / 1000).toFixed(1)} µs, ${(ours / c).toFixed(2)} times C`,
    'at most 1.1',
    ours <= 1.1 * c,
  );
}

async function measureIsolation(stub) {
  const near = await openPluginInProcess(stub);
  const far = await openPlugin(stub);
  await Promise.all([near.init(''), far.init('')]);
  for (const [width, height, goal] of [
    [640, 480, 0.3],
    [2448, 2048, undefined],
  ]) {
    const picture = frame(width, height);
    const inside = await timeEach(() => near.infer(picture), 200);
    const outside = await timeEach(() => far.infer(picture), 200);
    const [more, often] = [outside.least - inside.least, outside.median - inside.median];
    const value = `${more.toFixed(2)} ms more (median ${often.toFixed(2)})`;
    line(
      `isolated infer of a ${width}×${height} RGB frame, over in-process`,
      value,
      goal ? `at most ${goal} ms` : '',
      goal && more <= goal,
    );
  }
  const status = readFileSync(`/proc/${far.pid}/status`, 'utf8');
  const megabytes = (field) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  await far.dispose();
  const rss = megabytes('VmRSS') - megabytes('RssShmem');
  line('resident memory of a host child, the frames apart', `${rss.toFixed(0)} MB`, 'at most 60 MB', rss <= 60);
}

async function measureStart(stub) {
  const cold = [];
  const warm = [];
  for (let round = 0; round < 15; round += 1) {
    const start = performance.now();
    const host = await openPlugin(stub);
    await host.init('');
    cold.push(performance.now() - start);
    await host.dispose();
    const child = new HostProcess(stub, {});
    await child.started();
    const asked = performance.now();
    await child.ask({ call: 'open', library: stub, dependencies: [] }, 10_000);
    await child.ask({ call: 'init', model: '', config: '{}' }, 10_000);
    warm.push(performance.now() - asked);
    await child.end();
  }
  for (const [what, times, goal] of [
    ['a fresh child', cold, 160],
    ['a child that waits', warm, 10],
  ]) {
    const least = Math.min(...times);
    line(
      `open a library to ready in ${what}`,
      `${least.toFixed(1)} ms (median ${median(times).toFixed(1)})`,
      `at most ${goal} ms`,
      least <= goal,
    );
  }
}

try {
  const shared = ['-shared', '-fPIC', '-fvisibility=hidden', '-Wl,-Bsymbolic-functions'];
  const stub = compile('stub.so', 'stub.c', shared);
  const mapped = compile('mapped.so', 'stub.c', [...shared, '-DMAP_SIZE=256']);
  const host = compile('host', 'host.c', ['-ldl']);
  await measureCall(stub, host);
  await measureResult(mapped, host);
  await measureIsolation(stub);
  await measureStart(stub);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
