// Puts all checks into one file for the program that asks for them: a hundred small modules take it longer to read than half of Node's start.
import { dirname, join, relative, resolve, sep } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'src/conformance/checks');

/**
 * Writes dist/conformance/checks/index.js over that of the compiler, which makes it anew only when its own source has changed. What lies
 * outside of its folder stays outside, so that nothing is there twice.
 */
export async function bundleChecks() {
  await build({
    entryPoints: [join(folder, 'index.ts')],
    outfile: join(root, 'dist/conformance/checks/index.js'),
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    plugins: [{ name: 'outside', setup: ({ onResolve }) => onResolve({ filter: /./ }, leaveOutside) }],
  });
}

function leaveOutside({ kind, path, importer }) {
  if (kind === 'entry-point') return undefined;
  const file = resolve(dirname(importer), path);
  if (path.startsWith('.') && file.startsWith(folder + sep)) return undefined;
  return { path: path.startsWith('.') ? relativeToIndex(file) : path, external: true };
}

function relativeToIndex(file) {
  return relative(folder, file).replaceAll('\\', '/').replace(/\.ts$/, '.js');
}
