// Compiles the plugin that the suite loads beside the one under test, for this platform, into dist/companion/<platform>/.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const source = join(root, 'companion/companion.c');
const system = { win32: 'windows', darwin: 'macos' }[process.platform] ?? 'linux';
const extension = { win32: 'dll', darwin: 'dylib' }[process.platform] ?? 'so';
const folder = join(root, 'dist/companion', `${system}-${process.arch}`);
const library = join(folder, `plugin.${extension}`);

const linked = {
  linux: [`-Wl,--version-script=${join(root, 'sdk/cmake/mvas_exports.map')}`, '-Wl,-Bsymbolic-functions,-z,relro,-z,now,-z,noexecstack'],
  darwin: [`-Wl,-exported_symbols_list,${join(root, 'sdk/cmake/mvas_exports.list')}`],
};

/** Does nothing when it is there and newer than its source; false where no C compiler is found. */
export function buildCompanion() {
  if (existsSync(library) && statSync(library).mtimeMs > statSync(source).mtimeMs) return true;
  mkdirSync(folder, { recursive: true });
  const unfinished = join(folder, `${process.pid}.tmp`);
  const flags = ['-std=c11', '-O2', '-shared', '-fPIC', '-fvisibility=hidden', `-I${join(root, 'sdk/include')}`];
  const compiler = process.env['CC'] ?? (process.platform === 'win32' ? 'gcc' : 'cc');
  try {
    execFileSync(compiler, [...flags, source, ...(linked[process.platform] ?? []), '-o', unfinished], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    console.warn(`no C compiler (${compiler}): without the companion, lifecycle/two-plugins is skipped`);
    return false;
  }
  renameSync(unfinished, library);
  return true;
}

if (process.argv[1] === import.meta.filename) buildCompanion();
