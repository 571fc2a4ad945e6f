// Keeps the templates of the present version in releases/: run once for each release, so that later kits can upgrade projects made from it.
// With --check it writes nothing and fails when what is kept is not what would be published.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { kitVersion } from '../dist/core/kit-version.js';
import { digestOf, sourcesOf } from '../dist/scaffold/source-files.js';
import { listTemplates } from '../dist/scaffold/template.js';
import { packRelease, readReleased, releasePath } from '../dist/scaffold/upgrade/released-templates.js';

const path = releasePath(kitVersion);
const templates = Object.fromEntries(
  await Promise.all((await listTemplates()).map(async (template) => [template.id, await sourcesOf(template)])),
);
if (process.argv[2] === '--check') {
  for (const [id, files] of Object.entries(templates)) {
    const kept = await readReleased(kitVersion, id);
    if (kept?.digest === digestOf(files)) continue;
    const problem = kept === undefined ? `${path} does not hold it` : `${path} holds another one`;
    process.stderr.write(
      `template ${id} of ${kitVersion}: ${problem}; projects made from it could never be upgraded: run npm run keep-templates\n`,
    );
    process.exit(1);
  }
  process.exit(0);
}
if (existsSync(path)) {
  process.stderr.write(`${path} is there already; what was released is never changed: raise the version in package.json first\n`);
  process.exit(2);
}
const data = packRelease(kitVersion, templates);
mkdirSync(dirname(path), { recursive: true });
writeFileSync(path, data);
for (const id of Object.keys(templates))
  if ((await readReleased(kitVersion, id)) === undefined) throw new Error(`${id} cannot be read back`);
process.stdout.write(`kept ${Object.keys(templates).join(', ')} of ${kitVersion}: ${Math.ceil(data.length / 1024)} KiB in ${path}\n`);
