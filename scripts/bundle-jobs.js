// Puts everything that a process of the suite runs into one file: reading a hundred modules takes longer than starting Node.
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const dist = join(import.meta.dirname, '../dist');

/** Writes dist/conformance/jobs.cjs from the compiled modules; koffi alone stays outside. Its first argument names the entry. */
export async function bundleJobs() {
  const fromDist = async (name) => await import(pathToFileURL(join(dist, name)).href);
  const { modulesOf } = await fromDist('conformance/check-jobs.js');
  const { checks } = await fromDist('conformance/checks/index.js');
  const modules = modulesOf(checks).map((url) => relative(dist, fileURLToPath(url)).replaceAll('\\', '/'));
  const { metafile } = await build({
    absWorkingDir: dist,
    stdin: { contents: entryOf(['harness/jobs/self-test.js', ...modules]), resolveDir: dist, sourcefile: 'jobs' },
    outfile: 'conformance/jobs.cjs',
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    external: ['koffi'],
    sourcemap: 'external',
    sourcesContent: false,
    metafile: true,
    define: { 'import.meta.url': 'ownUrl' },
    banner: { js: "const ownUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  const foreign = Object.keys(metafile.inputs).filter((name) => name.includes('node_modules'));
  if (foreign.length > 0) throw new Error(`the processes of the suite shall import nothing but koffi, and import ${foreign.join(', ')}`);
}

/** Each module is made when it is asked for. */
function entryOf(modules) {
  return [
    "import { compiledModule } from './core/kit-version.js';",
    "import { provideModules } from './harness/jobs/import-module.js';",
    'provideModules({',
    ...modules.map((path) => `[compiledModule('${path}').href]: () => import('./${path}'),`),
    '});',
    "if (process.argv[2] === 'zygote') void import('./harness/jobs/zygote-entry.js');",
    "else void import('./harness/jobs/job-entry.js');",
  ].join('\n');
}
