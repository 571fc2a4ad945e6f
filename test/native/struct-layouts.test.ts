// How compilers laid out the structs of the contract, read from what they say in every version of DWARF.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readStructLayouts, type StructLayout } from '../../src/binary/dwarf/struct-layouts.ts';
import { readBinary } from '../../src/binary/read-binary.ts';
import { structs } from '../../src/harness/abi.ts';
import { compilePlugin } from '../compile-plugin.ts';
import { scratchFolder } from '../scratch.ts';
import { findTool, optionalTool } from '../tools.ts';

const plain = 'test/plugins/good/plain.c';
const expected = Object.fromEntries(
  Object.entries(structs).map(([name, { size, fields }]) => [
    name,
    { size, members: Object.entries(fields).map(([field, { offset }]) => ({ name: field, offset })) },
  ]),
);

function layouts(path: string): Record<string, Pick<StructLayout, 'size' | 'members'>> | undefined {
  const found = readStructLayouts(path, readBinary(path), Object.keys(structs));
  return found && Object.fromEntries(found.map(({ name, size, members }) => [name, { size, members }]));
}

const gcc = { compiler: 'gcc', std: 'c11', source: plain, link: [] };
const clang = { compiler: 'clang', std: 'c11', source: plain, link: [] };
const wholeProgram = ['-O2', '-flto'];
const layered = { std: 'c++17', source: 'test/plugins/good/sdk.cpp', link: [] };

/** Each compiler with the versions of DWARF, one of them packed. */
const ways = [
  ...[['-gdwarf-3'], ['-gdwarf-4'], ['-gdwarf-5'], ['-gdwarf-5', '-gz=zlib'], ['-gdwarf-4', ...wholeProgram]].map((flags) => ({
    ...gcc,
    flags,
  })),
  ...[['-gdwarf-4'], ['-gdwarf-5'], ['-gdwarf-5', '-gz=zlib']].map((flags) => ({ ...clang, flags })),
  { compiler: 'g++', ...layered, flags: ['-gdwarf-5'] },
  { compiler: 'clang++', ...layered, flags: ['-gdwarf-5'] },
  { ...gcc, compiler: 'x86_64-w64-mingw32-gcc', link: ['-static'], flags: ['-gdwarf-4'] },
  { ...gcc, compiler: 'aarch64-linux-gnu-gcc', flags: ['-gdwarf-5'] },
].map((way) => ({
  ...way,
  title: `${way.compiler} ${way.flags.join(' ')}`,
  tool: process.platform === 'linux' ? optionalTool(way.compiler) : undefined,
}));

for (const { title, tool, compiler, std, source, link, flags } of ways)
  test.skipIf(!tool)(`${title} says the layouts of the header`, async () => {
    const path = await compilePlugin(source, { compiler, std, flags: ['-shared', '-fPIC', '-lm', ...link, '-g', ...flags] });
    expect(layouts(path)).toMatchObject({
      MVASImage: expected['MVASImage'],
      MVASResult: expected['MVASResult'],
      MVASPluginInfo: expected['MVASPluginInfo'],
    });
  });

const rustc = findTool('rustc');
test.skipIf(!rustc)('Rust says it of structs that have the names of the contract', async () => {
  const folder = await scratchFolder();
  const source = join(folder, 'plugin.rs');
  writeFileSync(
    source,
    '#[repr(C)] pub struct MVASConfigParam { pub key: *const u8, pub value: *const u8 }\n' +
      '#[no_mangle] pub extern "C" fn mvas_set_config(first: &MVASConfigParam) -> bool { first.key == first.value }\n',
  );
  execFileSync('rustc', ['-g', '--crate-type', 'cdylib', source, '-o', join(folder, 'plugin.so')], { stdio: 'pipe' });
  expect(layouts(join(folder, 'plugin.so'))).toEqual({ MVASConfigParam: expected['MVASConfigParam'] });
});

test('a struct without a name takes that of its typedef', async () => {
  const folder = await scratchFolder();
  const source = join(folder, 'own.c');
  writeFileSync(
    source,
    '#pragma pack(1)\ntypedef struct { const char *key; char kind; const char *value; } MVASConfigParam;\nMVASConfigParam shown;\n',
  );
  expect(layouts(await compilePlugin(source, { flags: ['-shared', '-fPIC', '-g'] }))).toEqual({
    MVASConfigParam: {
      size: 17,
      members: [
        { name: 'key', offset: 0 },
        { name: 'kind', offset: 8 },
        { name: 'value', offset: 9 },
      ],
    },
  });
});

test('a library without debug information, or with some that is damaged, says nothing', async () => {
  expect(layouts(await compilePlugin(plain))).toBeUndefined();
  const path = await compilePlugin(plain, { flags: ['-shared', '-fPIC', '-g'], output: join(await scratchFolder(), 'plugin.so') });
  const section = readBinary(path).sections.find(({ name }) => name === '.debug_abbrev');
  const bytes = readFileSync(path);
  bytes.fill(0xff, section?.offset, (section?.offset ?? 0) + (section?.bytes ?? 0));
  writeFileSync(path, bytes);
  expect(layouts(path)).toBeUndefined();
});
