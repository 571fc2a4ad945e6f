// Reads archives with three other readers, yauzl, Python and unzip, each to names and digests: the judges of our own.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { openPromise } from 'yauzl';
import { sha256Hex } from '../src/core/digest.ts';
import { readArchive } from '../src/package/archive.ts';

const run = promisify(execFile);

/** SHA-256 by name, sorted by name; folders do not count. */
export type FilesByDigest = Readonly<Record<string, string>>;

function sorted(files: readonly (readonly [string, string])[]): FilesByDigest {
  return Object.fromEntries([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** By this kit's reader. */
export async function readByKit(path: string): Promise<FilesByDigest> {
  await using archive = await readArchive(path);
  const files: [string, string][] = [];
  for (const entry of archive.entries) files.push([entry.name, await archive.sha256(entry)]);
  return sorted(files);
}

/** By yauzl. */
export async function readByYauzl(path: string): Promise<FilesByDigest> {
  const zip = await openPromise(path, { strictFileNames: true, validateEntrySizes: true });
  const files: [string, string][] = [];
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue;
    files.push([entry.fileName, sha256Hex(await buffer(await zip.openReadStreamPromise(entry)))]);
  }
  return sorted(files);
}

/** By unzip, on disk. */
export async function readByUnzip(unzip: string, path: string, scratch: string): Promise<FilesByDigest> {
  const folder = await mkdtemp(join(scratch, 'out-'));
  await run(unzip, ['-qq', path, '-d', folder], { env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found.filter((item) => item.isFile()).map((item) => join(item.parentPath, item.name));
  const files = await Promise.all(
    paths.map(async (file) => [relative(folder, file).split(sep).join('/'), sha256Hex(await readFile(file))] as const),
  );
  await rm(folder, { recursive: true });
  return sorted(files);
}

const script = `
import hashlib, json, sys, zipfile
for path in sys.stdin.read().splitlines():
    with zipfile.ZipFile(path) as archive:
        files = {i.filename: hashlib.sha256(archive.read(i)).hexdigest() for i in archive.infolist() if not i.is_dir()}
        assert len(files) == sum(not i.is_dir() for i in archive.infolist())
    print(json.dumps(files))
`;

/** By Python's zipfile, all archives in one process. */
export async function readByPython(python: string, paths: readonly string[]): Promise<FilesByDigest[]> {
  const running = run(python, ['-c', script], { maxBuffer: 1 << 26 });
  running.child.stdin?.end(paths.join('\n'));
  const { stdout } = await running;
  return stdout
    .trim()
    .split('\n')
    .map((line) => sorted(Object.entries(JSON.parse(line) as Record<string, string>)));
}
