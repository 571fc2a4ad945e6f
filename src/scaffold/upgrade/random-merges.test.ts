import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { seededRandom } from '../../../test/random.ts';
import { scratchFolder } from '../../../test/scratch.ts';
import { sha256Hex } from '../../core/digest.ts';
import { applyChanges } from './apply-changes.ts';
import type { Decision } from './decide-file.ts';
import { withDigest } from './merge-project.ts';
import { planMerge } from './plan-merge.ts';

type Tree = Map<string, Buffer>;
type Random = (limit: number) => number;

const paths = ['a.txt', 'src/b.cpp', 'src/c.h', 'manifest.json', 'deep/er/d.md', 'assets/e.bin', 'assets/f.bin'];
const isBinary = (path: string) => path.endsWith('.bin');

function baseTree(random: Random): Tree {
  const text = (path: string) => Array.from({ length: 4 + random(12) }, (_, line) => `${path} line ${line}`).join('\n');
  return new Map(
    paths.map((path) => [path, isBinary(path) ? Buffer.from([0, 1, random(256), random(256)]) : Buffer.from(`${text(path)}\n`)]),
  );
}

/** A few edits by one side; every line that it adds is told apart by its mark. */
function edited(tree: Tree, random: Random, mark: string): Tree {
  const result = new Map(tree);
  let count = 0;
  for (const [path, data] of tree) {
    const kind = random(6);
    if (kind === 0) result.delete(path);
    else if (kind === 1 && isBinary(path)) result.set(path, Buffer.from([0, 2, mark.charCodeAt(0), random(256)]));
    else if (kind <= 3 && !isBinary(path)) {
      const lines = data.toString().split('\n');
      for (let edit = 0; edit <= random(3); edit += 1) lines.splice(random(lines.length), random(3), `${mark} ${path} ${count++}`);
      result.set(path, Buffer.from(lines.join('\n')));
    } else if (kind === 4 && random(3) === 0) {
      result.delete(path);
      result.set(`${path.replace(/\./, `-${random(2) === 0 ? 'same' : mark}.`)}`, data);
    }
  }
  if (random(2) === 0) result.set(`${random(2) === 0 ? 'new' : mark}.txt`, Buffer.from(`${mark} new\n`));
  return result;
}

async function treeOf(root: string): Promise<Tree> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(files.map(async (file) => [file.slice(root.length + 1).replaceAll('\\', '/'), await readFile(file)] as const)),
  );
}

async function merge(root: string, base: Tree, next: Tree): Promise<Decision[]> {
  const [old, fresh] = [base, next].map((tree) => [...tree].map(([path, data]) => withDigest({ path, data, mode: 0o644 })));
  const plan = await planMerge(root, { base: old ?? [], next: fresh ?? [], sdk: new Set(), label: 'new' });
  await applyChanges(
    root,
    plan.flatMap(({ changes }) => changes),
    new AbortController().signal,
  );
  return plan;
}

const linesOf = (tree: Tree) =>
  new Set([...tree].filter(([path]) => !/\.bin/.test(path)).flatMap(([, data]) => data.toString().split('\n')));
const digestsOf = (tree: Tree) => new Set([...tree.values()].map(sha256Hex));

async function round(seed: number): Promise<{ plan: Decision[] }> {
  const random = seededRandom(seed);
  const root = join(await scratchFolder(), 'project');
  const base = baseTree(random);
  const [user, next] = [edited(base, random, 'mine'), edited(base, random, 'theirs')];
  for (const [path, data] of user) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), data);
  }
  const plan = await merge(root, base, next);
  const merged = await treeOf(root);
  const [lines, digests] = [linesOf(merged), digestsOf(merged)];
  for (const line of linesOf(user)) if (line.startsWith('mine')) expect(lines, `seed ${seed}: an added line is lost`).toContain(line);
  for (const [path, data] of user) {
    const original = base.get(path);
    if (isBinary(path) && !original?.equals(data)) expect(digests, `seed ${seed}: ${path} is lost`).toContain(sha256Hex(data));
    // what the user made of a file, lines taken out included, holds wherever nobody is asked
    const decided = plan.find((decision) => decision.path === path);
    if (original === undefined || isBinary(path) || decided?.action !== 'merge') continue;
    const taken = original
      .toString()
      .split('\n')
      .filter((line) => !data.toString().split('\n').includes(line));
    for (const line of taken)
      expect(merged.get(path)?.toString().split('\n'), `seed ${seed}: ${path}: a line came back`).not.toContain(line);
  }
  for (const path of base.keys()) if (!user.has(path)) expect(merged.has(path), `seed ${seed}: ${path} came back`).toBe(false);
  expect(
    (await merge(root, next, next)).filter(({ changes }) => changes.length > 0),
    `seed ${seed}: a second time changes`,
  ).toEqual([]);
  expect(await treeOf(root), `seed ${seed}`).toEqual(merged);
  await rm(root, { recursive: true });
  return { plan };
}

test('whatever user and template change, no edit is lost, nothing deleted comes back, and a second time changes nothing', {
  timeout: 60_000,
}, async () => {
  const seen = new Set<string>();
  for (let seed = 1; seed <= 120; seed += 1) for (const { action } of (await round(seed)).plan) seen.add(action);
  // the rounds are worth something only when they meet every kind of decision
  expect([...seen].sort()).toEqual(['conflict', 'create', 'delete', 'identical', 'kept', 'merge', 'rename', 'update']);
});
