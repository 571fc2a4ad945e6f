// The steps from instruction to instruction are those of objdump, on real code.
import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readBinary } from '../../src/binary/read-binary.ts';
import { instructionAt } from '../../src/binary/x64-instruction.ts';
import { compilePlugin } from '../compile-plugin.ts';
import { optionalTool } from '../tools.ts';

const objdump = process.platform === 'linux' && process.arch === 'x64' ? optionalTool('objdump') : undefined;

function lengthsByObjdump(path: string): Map<number, number> {
  const text = execFileSync('objdump', ['-d', '-w', '-j', '.text', '--no-addresses', '--insn-width=16', path], {
    encoding: 'utf8',
    maxBuffer: 1 << 29,
  });
  const lengths = new Map<number, number>();
  let at = 0;
  for (const [, hex] of text.matchAll(/^\t((?:[0-9a-f]{2} )+)/gm)) {
    const length = (hex ?? '').length / 3;
    lengths.set(at, length);
    at += length;
  }
  return lengths;
}

test.skipIf(!objdump).each([['the plugin of the C++ layer'], ['libz.so.1'], ['libm.so.6']])(
  'the code of %s is stepped through as objdump does',
  async (name) => {
    const path = name.startsWith('lib')
      ? realpathSync(`/usr/lib/x86_64-linux-gnu/${name}`)
      : await compilePlugin('test/plugins/good/sdk.cpp');
    const section = readBinary(path).sections.find((one) => one.name === '.text');
    const code = readFileSync(path).subarray(section?.offset, (section?.offset ?? 0) + (section?.bytes ?? 0));
    const expected = lengthsByObjdump(path);
    const wrong = [...expected]
      .filter(([at, length]) => instructionAt(code, at).length !== length)
      .map(([at]) => code.toString('hex', at, at + 8));
    expect(expected.size).toBeGreaterThan(1000);
    expect(wrong.length, wrong.slice(0, 10).join(' ')).toBeLessThan(expected.size / 2000);
  },
);
