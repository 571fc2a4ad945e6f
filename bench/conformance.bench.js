// Measures the whole suite on a plugin that does next to nothing and on the template cpp-onnx, by copied and by fresh processes, beside the
// start of Node itself, and the memory of all the kit's processes meanwhile.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../dist/bench/averages.js';
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
  execFileSync(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: root, maxBuffer: 1 << 26 });
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
function medianMs(args) {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    execFileSync(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: root, maxBuffer: 1 << 26 });
    return performance.now() - start;
  });
  return median(times);
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

/** The template as a project that is built. */
function builtTemplate() {
  const project = join(folder, 'template');
  const mvas = (...args) => execFileSync(process.execPath, ['dist/cli/main.js', ...args], { stdio: 'ignore', cwd: root });
  mvas('new', project, '--template', 'cpp-onnx', '--app-id', 'com.example.bench', '--yes');
  mvas('build', project);
  return project;
}

/** Times of the whole suite by copies and by fresh processes, and the memory meanwhile. */
async function measure(name, args, goals, node, bare) {
  console.log(`${checks.length} checks on ${name}, two at a time, ${cpus().length} cores; a bare node start takes ${node.toFixed(0)} ms`);
  for (const [title, own, goal] of [
    ['by copies of a prepared process', args, goals.copied],
    ['by fresh processes', [...args, '--fresh'], goals.fresh],
  ]) {
    if (bare !== undefined)
      console.log(`· ${title}: ${cpuIn(own, bare).toFixed(0)} times the CPU time of a bare node start (${bare.toFixed(0)} ms)`);
    const time = medianMs(own);
    console.log(
      `${time <= goal ? '✓' : '✗'} ${title}: ${(time / 1000).toFixed(2)} s, ${(time / node).toFixed(1)} node starts (goal: at most ${goal / 1000} s)`,
    );
    const peak = await peakMemory(own);
    if (process.platform === 'linux')
      console.log(`${peak <= 400 ? '✓' : '✗'} ${title}: ${peak.toFixed(0)} MB in all processes together (goal: at most 400 MB)`);
  }
}

try {
  const { library, model } = await goodPlugin('plain.c', folder);
  const node = medianMs(['-e', '0']);
  const bare = process.platform === 'linux' ? bareCpuMs() : undefined;
  const conform = ['dist/cli/main.js', 'conform', '--json', '--jobs', '2'];
  await measure('a stub plugin', [...conform, library, '--model', model], { copied: 2000, fresh: 8000 }, node, bare);
  const project = builtTemplate();
  await measure('the template cpp-onnx', [...conform, project], { copied: 4000, fresh: 10_000 }, node, bare);
  if (bare !== undefined)
    console.log(
      `· in one process, where none is started for a check: ${((cpuIn([...conform, project, '--in-process'], bare) * bare) / 1000).toFixed(1)} s of CPU time`,
    );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
