// Finds the CMake files of a project, not those of its builds and of what it downloaded.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type CmakeDependency, cmakeDependencies } from './cmake-dependencies.ts';

const skipped = new Set(['build', 'dist', 'node_modules', 'target', 'models', 'assets', 'reports']);
const limits = { depth: 6, files: 500, bytes: 1024 * 1024 } as const;

/** What the project is built from, by name; what one file needs always is not optional because another may do without. */
export async function cmakeDependenciesOf(root: string): Promise<CmakeDependency[]> {
  const found = new Map<string, CmakeDependency>();
  for (const path of (await cmakeFiles(root, 0)).slice(0, limits.files)) {
    if ((await stat(path)).size > limits.bytes) continue;
    for (const one of cmakeDependencies(await readFile(path, 'utf8'))) {
      const former = found.get(one.name);
      found.set(one.name, { ...one, ...former, optional: one.optional && (former?.optional ?? true) });
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function cmakeFiles(folder: string, depth: number): Promise<string[]> {
  const items = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const files: string[] = [];
  for (const item of items.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, item.name);
    if (item.isFile() && (item.name === 'CMakeLists.txt' || item.name.endsWith('.cmake'))) files.push(path);
    const isSource = item.isDirectory() && !item.name.startsWith('.') && !skipped.has(item.name);
    if (isSource && depth < limits.depth) files.push(...(await cmakeFiles(path, depth + 1)));
  }
  return files;
}
