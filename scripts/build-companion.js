// Compiles the plugin that the suite loads beside the one under test, for this platform and for those that its cross compilers know, into dist/companion/<platform>/.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const source = join(root, 'companion/companion.c');
const system = { win32: 'windows', darwin: 'macos' }[process.platform] ?? 'linux';
const own = `${system}-${process.arch}`;
const flags = ['-std=c11', '-O2', '-shared', '-fPIC', '-fvisibility=hidden', `-I${join(root, 'sdk/include')}`];

const linked = {
  linux: [`-Wl,--version-script=${join(root, 'sdk/cmake/mvas_exports.map')}`, '-Wl,-Bsymbolic-functions,-z,relro,-z,now,-z,noexecstack'],
  macos: [`-Wl,-exported_symbols_list,${join(root, 'sdk/cmake/mvas_exports.list')}`],
  windows: ['-static-libgcc'],
};
const extensions = { linux: 'so', macos: 'dylib', windows: 'dll' };
const foreign = { 'linux-arm64': 'aarch64-linux-gnu-gcc', 'windows-x64': 'x86_64-w64-mingw32-gcc' };

/** Does nothing when they are there and newer than their source; false where no C compiler is found for this platform. */
export function buildCompanion() {
  const compiler = process.env['CC'] ?? (process.platform === 'win32' ? 'gcc' : 'cc');
  const isThere = compile(own, compiler);
  if (!isThere) console.warn(`no C compiler (${compiler}): without the companion, lifecycle/two-plugins is skipped`);
  if (own === 'linux-x64') for (const [platform, cross] of Object.entries(foreign)) compile(platform, cross);
  return isThere;
}

/** False where there is no such compiler. */
function compile(platform, compiler) {
  const of = platform.split('-')[0];
  const folder = join(root, 'dist/companion', platform);
  const library = join(folder, `plugin.${extensions[of]}`);
  if (existsSync(library) && statSync(library).mtimeMs > statSync(source).mtimeMs) return true;
  mkdirSync(folder, { recursive: true });
  const unfinished = join(folder, `${process.pid}.tmp`);
  try {
    execFileSync(compiler, [...flags, source, ...linked[of], '-o', unfinished], { stdio: ['ignore', 'inherit', 'inherit'] });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return false;
  }
  renameSync(unfinished, library);
  return true;
}

if (process.argv[1] === import.meta.filename) buildCompanion();
