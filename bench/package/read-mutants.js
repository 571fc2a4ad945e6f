// Reads damaged copies of archives, as many as asked for, and says what became of them: node read-mutants.js COUNT SEED KEEP_FOLDER ARCHIVE…
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KitError } from '../../dist/core/kit-error.js';
import { mulberry32 } from '../../dist/core/mulberry32.js';
import { openArchive } from '../../dist/package/archive.js';
import { layoutOf, mutant } from './mutate.js';

const [count, seed, keepFolder, ...paths] = process.argv.slice(2);
const next = mulberry32(Number(seed));
const random = (limit) => Math.floor((next() / 2 ** 32) * limit);
const originals = paths.map((path) => readFileSync(path)).map((bytes) => ({ bytes, layout: layoutOf(bytes) }));
Error.stackTraceLimit = 0; // a refusal needs none, and collecting it is a third of the time
const keepAtMost = 80;
const seen = new Set();
const outcomes = { taken: 0, CONTAINER_MALFORMED: 0, CONTENT_DIFFERS: 0 };

/** Reads like a file handle of these bytes. */
function memoryFile(bytes) {
  return {
    read: async (buffer, offset, length, position) => ({ bytesRead: bytes.copy(buffer, offset, position, position + length) }),
    close: async () => undefined,
  };
}

async function outcomeOf(bytes) {
  try {
    const archive = await openArchive(memoryFile(bytes), 'a.mvapp', bytes.length);
    for (const entry of archive.entries) for await (const chunk of archive.chunks(entry)) if (chunk.length === 0) break;
    return 'taken';
  } catch (error) {
    if (error instanceof KitError && error.code in outcomes) return error.code;
    throw error;
  }
}

/** Those that were taken are judged by other readers later. */
function keep(bytes) {
  if (keepFolder === '-' || seen.size >= keepAtMost) return;
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (seen.has(digest)) return;
  seen.add(digest);
  writeFileSync(join(keepFolder, `${digest.slice(0, 16)}.zip`), bytes);
}

const start = { time: performance.now(), rss: 0 };
let rss = 0;
for (let index = 0; index < Number(count); index += 1) {
  const original = originals[index % originals.length];
  const bytes = mutant(original.bytes, original.layout, random);
  try {
    const outcome = await outcomeOf(bytes);
    outcomes[outcome] += 1;
    if (outcome === 'taken') keep(bytes);
  } catch (error) {
    console.error(`mutant ${index} of seed ${seed}, ${bytes.toString('base64')}`);
    throw error;
  }
  if (index % 4096 === 0) {
    rss = Math.max(rss, process.memoryUsage.rss());
    start.rss ||= rss;
  }
}
const megabytes = (bytes) => Math.round(bytes / 1024 / 1024);
const seconds = (performance.now() - start.time) / 1000;
console.log(JSON.stringify({ count: Number(count), ...outcomes, seconds, rssMb: megabytes(rss), grownMb: megabytes(rss - start.rss) }));
