// Makes the package create-mvas-plugin: the scaffolder in one file without dependencies, the templates and the SDK beside it.
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const target = join(root, 'create-mvas-plugin');
const entry = join(target, 'dist/cli/create-main.js');

/** What yeoman's environment imports and our generator never reaches: its terminal, its conflicter, its installers, its search for generators. */
const unused = {
  '@yeoman/adapter': ['QueuedAdapter'],
  '@yeoman/conflicter': ['createConflicterTransform', 'createYoResolveTransform', 'forceYoFiles'],
  '@yeoman/transform': ['filePipeline', 'transform'],
  chalk: ['default'],
  debug: ['default'],
  execa: ['execa', 'execaSync'],
  'fly-import': ['FlyRepository', 'flyImport'],
  globby: ['globbySync'],
  'locate-path': ['locatePathSync'],
  'mem-fs-editor': [],
  'mem-fs-editor/state': ['isFilePending'],
  'mem-fs-editor/transform': ['createCommitTransform'],
  untildify: ['default'],
  'which-package-manager': ['whichPackageManager'],
  './generator-lookup.js': ['lookupGenerator', 'lookupGenerators'],
};

/** Stubs for them: they may be called and made while modules load, and do nothing; a name that is missing here fails the bundling. */
const stubs = {
  name: 'stubs',
  setup(bundler) {
    bundler.onResolve({ filter: /./ }, ({ path, importer }) =>
      Object.hasOwn(unused, path) && /[\\/]yeoman-environment[\\/]/.test(importer) ? { path, namespace: 'stub' } : undefined,
    );
    bundler.onLoad({ filter: /./, namespace: 'stub' }, ({ path }) => ({ contents: stubOf(unused[path]) }));
  },
};

function stubOf(names) {
  const exported = names.map((name) => (name === 'default' ? 'export default unused;' : `export { unused as ${name} };`));
  return `function unused() { return unused; }\n${exported.join('\n')}`;
}

/** The licence texts of what was bundled. */
function licences(files) {
  const folders = files.map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]).filter((folder) => folder !== undefined);
  return [...new Set(folders)].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, folder)).find((entryName) => /^licen[cs]e/i.test(entryName));
    const text = file === undefined ? '' : `\n${readFileSync(join(root, folder, file), 'utf8').trim()}\n`;
    return `${name} ${version}, ${license}\n${text}`;
  });
}

for (const folder of ['dist', 'sdk', 'templates']) rmSync(join(target, folder), { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/cli/create-main.ts'],
  outfile: entry,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  minify: true,
  metafile: true,
  legalComments: 'none',
  plugins: [stubs],
  // Packages in the older module format ask for node's modules by require.
  banner: { js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);" },
});
chmodSync(entry, 0o755);
// Yeoman's environment reads its own version from the folder above the one it runs in.
cpSync(join(root, 'node_modules/yeoman-environment/package.json'), join(target, 'dist/package.json'));
for (const folder of ['sdk/include', 'sdk/cmake', 'sdk/rust', 'templates']) {
  mkdirSync(join(target, folder), { recursive: true });
  cpSync(join(root, folder), join(target, folder), {
    recursive: true,
    filter: (path) => !/[\\/](__pycache__|target|Cargo\.lock)$/.test(path),
  });
}
const bundled = Object.keys(Object.values(metafile.outputs)[0].inputs);
writeFileSync(join(target, 'THIRD-PARTY.txt'), `create-mvas-plugin contains:\n\n${licences(bundled).join('\n----\n\n')}`);
