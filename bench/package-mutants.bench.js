// Has the package reader read ten million damaged archives, or as many as the first argument says: no crash, no hang, bounded memory.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipArchive } from 'archiver';
import { bytesSource } from '../dist/package/archive-source.js';
import { writeArchive } from '../dist/package/write-archive.js';

const count = Number(process.argv[2] ?? 10_000_000);
const round = 1_000_000;
const goalMb = 64;
const worker = join(import.meta.dirname, 'package/read-mutants.js');
const folder = mkdtempSync(join(tmpdir(), 'mvas-bench-'));

async function archives() {
  const files = [
    bytesSource('manifest.json', Buffer.from('{"a": 1}')),
    bytesSource('config/empty.json', Buffer.alloc(0)),
    bytesSource('models/m.onnx', Buffer.from('weights')),
  ];
  const [signed, plain, packed] = ['signed', 'plain', 'packed'].map((name) => join(folder, name));
  await writeArchive(signed, [bytesSource('signature.json', Buffer.from('{}')), ...files]);
  await writeArchive(plain, files);
  const zip = new ZipArchive();
  zip.append(Buffer.alloc(5000, 'weights'), { name: 'models/m.onnx', date: new Date(0) });
  await zip.finalize();
  writeFileSync(packed, await buffer(zip));
  return [signed, plain, signed, plain, signed, plain, signed, packed];
}

try {
  const paths = await archives();
  const total = { taken: 0, refused: 0, seconds: 0, grownMb: 0 };
  for (let seed = 1, done = 0; done < count; seed += 1, done += round) {
    const part = Math.min(round, count - done);
    const args = ['--max-old-space-size=64', worker, String(part), String(seed), '-', ...paths];
    const found = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', timeout: 5 * part }));
    total.taken += found.taken;
    total.refused += found.CONTAINER_MALFORMED + found.CONTENT_DIFFERS;
    total.seconds += found.seconds;
    total.grownMb = Math.max(total.grownMb, found.grownMb);
    console.error(`${done + part} of ${count} mutants, ${total.seconds.toFixed(0)} s, memory grew by ${total.grownMb} MB`);
  }
  const { taken, refused, seconds, grownMb } = total;
  console.log(`${count} mutants in ${seconds.toFixed(0)} s: ${refused} refused, ${taken} still well formed, no crash`);
  console.log(`memory grew by ${grownMb} MB (goal: ${goalMb})`);
  if (grownMb > goalMb) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
