// Finds programs that some tests need; without them a test is skipped by name, but in CI their absence is a failure.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Path of a program on PATH, or undefined. */
export function findTool(name: string): string | undefined {
  const names = process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`, name] : [name];
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const file of names) {
      try {
        accessSync(join(folder, file), constants.X_OK);
        return join(folder, file);
      } catch {
        // not here: look further
      }
    }
  }
  return undefined;
}

/** Like findTool, but with CI=true a missing program is an error: set-up installs all of them there. */
export function optionalTool(name: string): string | undefined {
  const path = findTool(name);
  if (path === undefined && process.env['CI'] === 'true')
    throw new Error(`${name} is missing, and CI must have it: see scripts/apt-packages.txt`);
  return path;
}

/** Node 22, beside the one that runs the tests; undefined without it, but with CI=true on Linux that is an error. */
export function otherNode(): string | undefined {
  const path = join(import.meta.dirname, `../.node22/node_modules/node-${process.platform}-${process.arch}/bin/node`);
  if (existsSync(path)) return path;
  if (process.env['CI'] === 'true' && process.platform === 'linux')
    throw new Error('.node22 is missing, and CI must have it: node scripts/setup.js --node22');
  return findTool('node22');
}

/** The Python of .venv, which has numpy and onnx; undefined without it, but with CI=true that is an error. */
export function venvPython(): string | undefined {
  const path = join(import.meta.dirname, '../.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  if (existsSync(path)) return path;
  if (process.env['CI'] === 'true') throw new Error('.venv is missing, and CI must have it: node scripts/setup.js --python');
  return undefined;
}
