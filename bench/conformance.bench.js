// Measures the whole suite on a plugin that does next to nothing, by copied and by fresh processes, beside the start of Node itself,
// and the memory of all the kit's processes meanwhile.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checks } from '../dist/conformance/checks/index.js';
import { goodPlugin } from './conformance/test-plugins.js';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'mvas-bench-'));
const rounds = 5;
// Node reads all certificates at each start where this is set, which would make its bare start three times as long
delete process.env.NODE_EXTRA_CA_CERTS;

/** CPU time of a program and of all it started and waited for, in units of a bare start of Node: steadier than wall time on a busy machine. */
function cpuIn(args, unitMs) {
  const before = childrenCpuMs();
  execFileSync(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], cwd: root, maxBuffer: 1 << 26 });
  return (childrenCpuMs() - before) / unitMs;
}

/** CPU time of this process's children that have ended, with theirs, in ms; ticks are 10 ms on every Linux. */
function childrenCpuMs() {
  const fields = readFileSync('/proc/self/stat', 'latin1').split(') ')[1].split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

/** CPU time of a bare start of Node, in ms: the mean of twenty, since a tick is coarse. */
function bareCpuMs() {
  const before = childrenCpuMs();
  for (let round = 0; round < 20; round += 1) execFileSync(process.execPath, ['-e', '0']);
  return (childrenCpuMs() - before) / 20;
}

/** Median wall time of a program, in ms. */
function median(args) {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    execFileSync(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], cwd: root, maxBuffer: 1 << 26 });
    return performance.now() - start;
  });
  return times.toSorted((a, b) => a - b)[rounds >> 1];
}

/** Most memory that a program and everything it started held at one time, in MB: shared pages are counted in equal parts. */
async function peakMemory(args) {
  const child = spawn(process.execPath, args, { stdio: 'ignore', cwd: root });
  let peak = 0;
  while (child.exitCode === null && child.signalCode === null) {
    peak = Math.max(peak, descendants(child.pid).reduce((sum, pid) => sum + proportionalKb(pid), 0) / 1024);
    await sleep(20);
  }
  return peak;
}

function descendants(ancestor) {
  const parents = new Map();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = /\) \S (\d+)/.exec(readOrNothing(`/proc/${name}/stat`))?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const isBelow = (pid) => pid === ancestor || (parents.has(pid) && pid > 1 && isBelow(parents.get(pid)));
  return [ancestor, ...[...parents.keys()].filter((pid) => pid !== ancestor && isBelow(pid))];
}

function proportionalKb(pid) {
  return Number(/^Pss:\s+(\d+)/m.exec(readOrNothing(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
}

function readOrNothing(path) {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // the process has ended meanwhile
  }
}

try {
  const { library, model } = await goodPlugin('plain.c', folder);
  const conform = ['dist/cli/main.js', 'conform', library, '--model', model, '--json', '--jobs', '2'];
  const node = median(['-e', '0']);
  const cases = [
    ['by copies of a prepared process', conform, 2000],
    ['by fresh processes', [...conform, '--fresh'], 8000],
  ];
  console.log(
    `${checks.length} checks on a stub plugin, two at a time, ${cpus().length} cores; a bare node start takes ${node.toFixed(0)} ms`,
  );
  const bare = process.platform === 'linux' ? bareCpuMs() : undefined;
  for (const [title, args, goal] of cases) {
    if (bare !== undefined)
      console.log(`· ${title}: ${cpuIn(args, bare).toFixed(0)} times the CPU time of a bare node start (${bare.toFixed(0)} ms)`);
    const time = median(args);
    console.log(
      `${time <= goal ? '✓' : '✗'} ${title}: ${(time / 1000).toFixed(2)} s, ${(time / node).toFixed(1)} node starts (goal: at most ${goal / 1000} s)`,
    );
    const peak = await peakMemory(args);
    if (process.platform === 'linux')
      console.log(`${peak <= 400 ? '✓' : '✗'} ${title}: ${peak.toFixed(0)} MB in all processes together (goal: at most 400 MB)`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
