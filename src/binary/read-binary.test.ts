import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { hostPlatform } from '../core/platform.ts';
import { readBinary } from './read-binary.ts';

const folder = mkdtempSync(join(tmpdir(), 'mvas-binary-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(content: string | Uint8Array): string {
  const path = join(folder, 'plugin.so');
  writeFileSync(path, content);
  return path;
}

test('the running program is read as an executable of this platform', () => {
  const binary = readBinary(process.execPath);
  expect(binary.type).toBe('executable');
  expect(binary.platforms).toContain(hostPlatform());
  expect(binary.needed.length).toBeGreaterThan(0);
});

test.each([
  ['', 'an empty file'],
  ['version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n', 'a Git LFS pointer, not the file itself: run git lfs pull'],
  ['#!/bin/sh\nexit 0\n', 'a script'],
  ['GROUP ( libm.so.6 )\n', 'a text file'],
  ['!<arch>\nmember', 'a static library (ar archive): link it as a shared library'],
  ['PK\x03\x04\0\0\0\0', 'a ZIP archive'],
  ['\0\x01\x02\x03', 'its first bytes are 00010203, neither ELF, PE nor Mach-O'],
  ['\x7fELF\x02\x01\x01\0', 'it is truncated or damaged: its ELF header would end at byte 16, the file has 8'],
  ['\x7fELF\x02\x02\x01\0\0\0\0\0\0\0\0\0', 'an ELF file for a big-endian machine'],
  ['MZ', 'it is truncated or damaged: its DOS header would end at byte 64, the file has 2'],
])('%j is named as what it is', (content, expected) => {
  const path = file(Buffer.from(content, 'latin1'));
  expect(() => readBinary(path)).toThrow(expect.objectContaining({ code: 'PLUGIN_INVALID', message: expect.stringContaining(expected) }));
});

test('a missing file and a folder are faults of the call', () => {
  expect(() => readBinary(join(folder, 'none.so'))).toThrow(expect.objectContaining({ code: 'FILE_NOT_FOUND' }));
  expect(() => readBinary(folder)).toThrow(expect.objectContaining({ code: 'FILE_NOT_FOUND' }));
});
