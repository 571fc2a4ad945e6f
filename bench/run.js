// Runs every benchmark of this folder, one after the other; an argument runs those whose name contains it.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

const [part = ''] = process.argv.slice(2);
const benches = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.bench.js') && name.includes(part));
if (!existsSync(join(import.meta.dirname, '../dist/index.js'))) {
  console.error('dist is missing: run npm run build first');
  process.exit(2);
}
if (benches.length === 0) {
  console.error(`no benchmark has "${part}" in its name`);
  process.exit(2);
}
console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}, ${process.platform} ${process.arch}`,
);
let failed = 0;
for (const name of benches.sort()) {
  console.log(`\n${name.replace('.bench.js', '')}`);
  if (spawnSync(process.execPath, [join(import.meta.dirname, name)], { stdio: 'inherit' }).status !== 0) failed += 1;
}
process.exitCode = failed > 0 ? 1 : 0;
