// Real libraries, of the system and of installed packages, are read as binutils and LLVM read them.
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readBinary } from '../../src/binary/read-binary.ts';
import { machOListing, peListing, readelfListing } from '../binary-listings.ts';
import { optionalTool } from '../tools.ts';

const wantedSystemLibraries = 40;
const modules = join(import.meta.dirname, '../../node_modules');
const readelf = process.platform === 'linux' ? optionalTool('readelf') : undefined;
const llvm = optionalTool('llvm-readobj');

/** Every so many of the system's libraries, the same on the same system. */
function systemLibraries(): string[] {
  const folders = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64'].filter((folder) => existsSync(folder));
  const found = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /\.so(\.\d+)*$/.test(name))
      .map((name) => realpathSync(join(folder, name))),
  );
  const libraries = [...new Set(found)].filter((path) => isElf(path)).sort();
  const step = Math.max(1, Math.floor(libraries.length / wantedSystemLibraries));
  const known = libraries.filter((path) => /\/lib(c|m|stdc\+\+|gcc_s|z)\.so\.\d+(\.\d+)*$/.test(path));
  return [...new Set([...known, ...libraries.filter((_, index) => index % step === 0)])];
}

/** Some `.so` files are texts for the linker. */
function isElf(path: string): boolean {
  try {
    return readBinary(path).format === 'elf';
  } catch {
    return false;
  }
}

function shipped(pattern: RegExp): string[] {
  const folders = ['onnxruntime-node/bin', '@img', '@koromix', '@napi-rs', '@rolldown', 'lightningcss-linux-x64-gnu'];
  return folders
    .map((folder) => join(modules, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
    .filter((path) => pattern.test(path.replaceAll('\\', '/')))
    .map((path) => relative(modules, path))
    .sort();
}

const elfFiles = [...systemLibraries(), ...shipped(/linux.*\.(so(\.\d+)*|node)$/)];

test.skipIf(!readelf)('thirty and more libraries of the system are there to compare', () => {
  expect(elfFiles.length).toBeGreaterThanOrEqual(30);
});

test.skipIf(!readelf).each(elfFiles)('%s is read as readelf reads it', (name) => {
  const path = resolve(modules, name);
  const expected = readelfListing(path);
  const binary = readBinary(path);
  const names = binary.exports.map(({ name }) => name);
  expect(names.sort()).toEqual(expected.exports);
  expect(binary.exports.filter(({ kind }) => kind === 'function')).toHaveLength(expected.functions);
  expect(binary.exports.filter(({ isShared }) => isShared)).toHaveLength(expected.unique);
  expect([...binary.imports].sort()).toEqual(expected.imports);
  expect(binary.versions.map(({ symbol, version }) => `${symbol}@${version}`).sort()).toEqual(expected.versions);
  expect([...binary.needed].sort()).toEqual(expected.needed);
  expect(binary.runpath).toEqual(expected.runpath);
  const { noExecute, relro, bindNow, textRelocations } = expected;
  expect(binary.hardening).toMatchObject({ noExecute, relro, bindNow, textRelocations });
  expect(binary.buildId).toBe(expected.buildId);
});

test.skipIf(!llvm).each(shipped(/win32\/.*\.(dll|node)$/))('%s is read as llvm-readobj reads it', (name) => {
  const expected = peListing(join(modules, name));
  const binary = readBinary(join(modules, name));
  expect(binary.exports.map((symbol) => symbol.name).sort()).toEqual(expected.exports);
  expect([...binary.imports].sort()).toEqual(expected.imports);
  expect([...binary.needed].sort()).toEqual(expected.needed);
  expect([...binary.optional].sort()).toEqual(expected.optional);
  const { noExecute, anyAddress, controlFlowGuard } = binary.hardening;
  expect(noExecute).toBe(expected.characteristics.includes('NX_COMPAT'));
  expect(anyAddress).toBe(expected.characteristics.includes('DYNAMIC_BASE'));
  expect(controlFlowGuard).toBe(expected.characteristics.includes('GUARD_CF'));
});

test.skipIf(!llvm).each(shipped(/darwin\/.*\.(dylib|node)$/))('%s is read as llvm-nm and llvm-objdump read it', (name) => {
  const expected = machOListing(join(modules, name));
  const binary = readBinary(join(modules, name));
  expect(binary.exports.map((symbol) => symbol.name).sort()).toEqual(expected.exports);
  expect([...binary.imports].sort()).toEqual(expected.imports);
  expect([...binary.needed, ...binary.optional].sort()).toEqual(expected.needed);
  expect(binary.runpath).toEqual(expected.runpath);
});
