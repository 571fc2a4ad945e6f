// Measures reading a large library, beside readelf on the same file, and reading damaged small ones: time and memory.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ByteReader, MalformedBinary } from '../dist/binary/byte-reader.js';
import { readStructLayouts } from '../dist/binary/dwarf/struct-layouts.js';
import { instructionUse } from '../dist/binary/instruction-use.js';
import { pathsInBinary } from '../dist/binary/paths-in-binary.js';
import { readBinary, readBytes } from '../dist/binary/read-binary.js';

const root = resolve(import.meta.dirname, '..');
const megabyte = 1024 * 1024;
const structs = ['MVASImage', 'MVASResult', 'MVASPluginInfo', 'MVASConfigParam'];

/** Milliseconds of the fastest of five. */
function fastest(work) {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...times);
}

function largeLibrary() {
  const folder = join(root, 'node_modules/onnxruntime-node/bin/napi-v6', process.platform, process.arch);
  const name = readdirSync(folder).find((file) => /onnxruntime\.(so|dll)|libonnxruntime/.test(file));
  return join(folder, name);
}

const library = largeLibrary();
const binary = readBinary(library);
const grown = () => process.resourceUsage().maxRSS / 1024;
const before = grown();
const parts = {
  'headers, symbols, relocations': () => readBinary(library),
  'struct layouts': () => readStructLayouts(library, binary, structs),
  'paths of the build machine': () => pathsInBinary(library, binary),
  'instructions of its code': () => instructionUse(library, binary),
};
console.log(`${(statSync(library).size / megabyte).toFixed(0)} MB library`);
for (const [name, work] of Object.entries(parts)) console.log(`  ${name}: ${fastest(work).toFixed(1)} ms`);
console.log(`  memory above that of the program: ${(grown() - before).toFixed(0)} MB`);
if (spawnSync('readelf', ['--version']).status === 0 && process.platform === 'linux')
  console.log(
    `  readelf -d -s -r of it: ${fastest(() => execFileSync('readelf', ['-W', '-d', '--dyn-syms', '-r', library], { maxBuffer: 1 << 29 })).toFixed(0)} ms`,
  );

/** Overwrites words at random places, seeded; counts what is read and what is refused. */
function mutate(original, count) {
  let state = 1;
  const random = (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const seen = { read: 0, refused: 0 };
  const bytes = Buffer.from(original);
  for (let round = 0; round < count; round++) {
    const at = random(random(2) === 0 ? 1024 : bytes.length - 4) & ~3;
    bytes.writeUInt32LE(random(2 ** 32), at);
    try {
      readBytes(ByteReader.ofBytes(bytes));
      seen.read += 1;
    } catch (error) {
      if (!(error instanceof MalformedBinary || error instanceof RangeError)) throw error;
      seen.refused += 1;
    }
    original.copy(bytes, at, at, at + 4);
  }
  return seen;
}

const small = ['/usr/lib/x86_64-linux-gnu/libutil.so.1', '/usr/lib/aarch64-linux-gnu/libutil.so.1'].find((path) => existsSync(path));
if (small !== undefined) {
  const count = 100_000;
  const start = performance.now();
  const seen = mutate(readFileSync(small), count);
  console.log(
    `${count} damaged libraries: ${((performance.now() - start) / 1000).toFixed(1)} s, ${seen.read} read, ${seen.refused} refused, memory ${(grown() - before).toFixed(0)} MB above the program's`,
  );
}
