// Compiles src to dist, then the JSON Schemas in it to plain functions, which spares every command that checks a file 200 ms, what
// the suite's processes run and its checks to one file each, and the companion plugin. Where nothing has changed it writes nothing: npm
// builds the kit whenever a project that names its folder is installed, and other programs run from dist meanwhile.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildCompanion } from './build-companion.js';
import { bundleChecks } from './bundle-checks.js';
import { bundleJobs } from './bundle-jobs.js';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const compiled = join(dist, 'schema/compiled');
const fromDist = async (name) => await import(pathToFileURL(join(dist, name)).href);

/** Holds the digest of what dist was made from; not there while it is made. */
const stamp = join(dist, '.built');
const read = ['src', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

const digest = digestOf(read);
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== digest) await buildDist();
buildCompanion();

async function buildDist() {
  rmSync(stamp, { force: true });
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
  // npm does so where it first links them, and not when they are made again
  for (const entry of Object.values(readPackage().bin)) chmodSync(join(root, entry), 0o755);
  await compileSchemas();
  await bundleChecks();
  await bundleJobs();
  writeFileSync(stamp, digest);
}

function readPackage() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}

function digestOf(names) {
  const hash = createHash('sha256');
  for (const file of names.flatMap(filesIn).sort()) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function filesIn(name) {
  if (!statSync(join(root, name)).isDirectory()) return [name];
  const entries = readdirSync(join(root, name), { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? filesIn(`${name}/${entry.name}`) : [`${name}/${entry.name}`]));
}

async function compileSchemas() {
  for (const name of modulesThatCheck()) await fromDist(name);
  const { declaredSchemas } = await fromDist('schema/compile-schema.js');
  const { readyMadeName } = await fromDist('schema/ready-made.js');
  const schemas = new Map([...declaredSchemas].map((schema) => [readyMadeName(schema), schema]));
  mkdirSync(compiled, { recursive: true });
  const present = new Set(readdirSync(compiled));
  for (const name of present) if (!schemas.has(name)) rmSync(join(compiled, name));
  const missing = [...schemas].filter(([name]) => !present.has(name));
  if (missing.length === 0) return;
  const compile = await schemaCompiler();
  for (const [name, schema] of missing) writeFileSync(join(compiled, name), compile(schema));
}

function modulesThatCheck() {
  const names = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
  return names.filter((name) => /\blazySchema\(/.test(readFileSync(join(dist, name), 'utf8')));
}

async function schemaCompiler() {
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const { default: standalone } = await import('ajv/dist/standalone/index.js');
  const { default: formats } = await import('ajv-formats');
  const { ajvOptions } = await fromDist('schema/ajv-options.js');
  return (schema) => {
    const ajv = new Ajv2020({ ...ajvOptions, code: { source: true, lines: true } });
    formats.default(ajv);
    return standalone.default(ajv, ajv.compile(schema));
  };
}
