// Measures pack, sign, verify and install of a package with one large model and many small files beside sha256sum and cp of the same bytes:
// ratios and memory. Usage: node bench/package.bench.js [megabytes of the model, default 256] [small files, default 0; at most 4000].
import { execFileSync, spawnSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const cli = resolve(import.meta.dirname, '../dist/cli/main.js');
const [megabytes = 256, files = 0] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'mvas-bench-'));
const env = { ...process.env, MVAS_HOME: join(folder, 'home') };
const model = join(folder, 'models/model.onnx');
const goals = { ratio: 1.3, rssMb: 150 };

/** Wall time in seconds of the fastest of three runs; `prepare` goes before each. */
function seconds(program, args, prepare = () => undefined) {
  const times = [1, 2, 3].map(() => {
    prepare();
    const start = performance.now();
    execFileSync(program, args, { env, cwd: folder, stdio: 'ignore' });
    return (performance.now() - start) / 1000;
  });
  return Math.min(...times);
}

function removeInstalled() {
  spawnSync(process.execPath, [cli, 'uninstall', 'com.example.large'], { env, cwd: folder });
}

/** Largest resident memory of a command in MB, said at its end by a module that is loaded before it. */
function rss(args) {
  const report = "process.on('exit', () => require('node:fs').writeSync(2, '\\nrss ' + process.resourceUsage().maxRSS))";
  const preload = join(folder, 'rss.cjs');
  writeFileSync(preload, report);
  const { stderr } = spawnSync(process.execPath, ['--require', preload, cli, ...args], { env, cwd: folder, encoding: 'utf8' });
  return Math.round(Number(/rss (\d+)/.exec(stderr)?.[1] ?? Number.NaN) / 1024);
}

async function makeProject() {
  for (const name of ['bin/linux', 'models']) await mkdir(join(folder, name), { recursive: true });
  const file = openSync(model, 'w');
  const block = Buffer.alloc(1024 * 1024);
  for (let count = 0; count < megabytes; count += 1) writeSync(file, randomFillSync(block));
  closeSync(file);
  await mkdir(join(folder, 'assets'));
  for (let count = 0; count < files; count += 1)
    await writeFile(join(folder, `assets/${count}.bin`), randomFillSync(Buffer.alloc(2000 + count)));
  await writeFile(join(folder, 'empty.c'), 'int mvas_nothing;\n');
  execFileSync('cc', ['-shared', '-fPIC', join(folder, 'empty.c'), '-o', join(folder, 'bin/linux/plugin.so')]);
  const platform = process.arch === 'arm64' ? 'linux-arm64' : 'linux-x64';
  const manifest = {
    manifest_version: '2.0.0',
    app: { id: 'com.example.large', name: 'Large', version: '1.0.0' },
    plugin: { binaries: { [platform]: 'bin/linux/plugin.so' }, model: { path: 'models/model.onnx' } },
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
}

try {
  await makeProject();
  execFileSync(process.execPath, [cli, 'keygen', '--dev'], { env, cwd: folder });
  const bytes = ['models', 'assets'];
  const hash = seconds('sh', ['-c', `find ${bytes.join(' ')} -type f | xargs sha256sum`]);
  const yardstick = hash + seconds('cp', ['-r', ...bytes, 'copy'], () => mkdirSync(join(folder, 'copy'), { recursive: true }));
  const start = seconds(process.execPath, [cli, '--version']);
  console.log(`${megabytes} MB and ${files} small files: sha256sum + cp ${yardstick.toFixed(2)} s; starting the CLI ${start.toFixed(2)} s`);
  for (const args of [['package'], ['sign'], ['verify'], ['install', 'com.example.large-1.0.0.mvapp']]) {
    const time = seconds(process.execPath, [cli, ...args], args[0] === 'install' ? removeInstalled : undefined);
    const memory = rss(args);
    const goal = `goals: ${goals.ratio}, ${goals.rssMb} MB`;
    console.log(
      `${args[0].padEnd(8)} ${time.toFixed(2)} s, ${(time / yardstick).toFixed(2)} times sha256sum + cp, ${memory} MB resident (${goal})`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
