// Measures what the C++ layer of the SDK adds to a call, beside a C plugin that checks nothing: ns and ratio.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const sources = join(import.meta.dirname, 'sdk-overhead');
const folder = mkdtempSync(join(tmpdir(), 'mvas-bench-'));
const goalNs = 60;

/** Compiles one file of the folder beside this script and returns the path of what came out. */
function compile(compiler, source, flags) {
  const output = join(folder, source.replace(/\.c(pp)?$/, ''));
  execFileSync(compiler, [`-I${join(root, 'sdk/include')}`, '-O2', join(sources, source), ...flags, '-o', output], { stdio: 'inherit' });
  return output;
}

try {
  const shared = ['-shared', '-fPIC', '-fvisibility=hidden', '-Wl,-Bsymbolic-functions'];
  const bareLibrary = compile('cc', 'bare.c', ['-std=c11', ...shared]);
  const layerLibrary = compile('c++', 'layer.cpp', ['-std=c++17', ...shared]);
  const host = compile('cc', 'host.c', ['-std=c11', '-ldl']);
  const { bare, layer, clockPair } = JSON.parse(execFileSync(host, [bareLibrary, layerLibrary], { encoding: 'utf8' }));
  const added = layer - bare;
  console.log(
    `infer + free_result of a plugin that does nothing: bare C ${bare} ns, C++ layer ${layer} ns (${(layer / bare).toFixed(1)} times)`,
  );
  console.log(`the layer adds ${added.toFixed(1)} ns a call, ${clockPair} of them for two readings of the clock (goal: at most ${goalNs})`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
