// What the compiler makes of the header is what the contract's numbers and the kit's own table say.
import { expect, test } from 'vitest';
import { abi, codes, structs } from '../../src/harness/abi.ts';
import { probeAbi } from '../abi-probe.ts';
import { scratchFolder } from '../scratch.ts';
import { optionalTool } from '../tools.ts';

test.skipIf(optionalTool('gcc') === undefined)(
  'sizes, offsets, types and constants of the header are those of the harness, by gcc',
  async () => {
    await expectSame('gcc');
  },
);

test.skipIf(optionalTool('clang') === undefined)(
  'sizes, offsets, types and constants of the header are those of the harness, by clang',
  async () => {
    await expectSame('clang');
  },
);

async function expectSame(compiler: string): Promise<void> {
  const probe = await probeAbi(await scratchFolder(), compiler);
  expect(probe.structs).toEqual(structs);
  expect(probe.constants).toMatchObject({ ...codes, MVAS_ABI_VERSION_MAJOR: 2, MVAS_ABI_VERSION_MINOR: 0 });
  expect(Object.keys(probe.constants).filter((name) => /_(OK|ERROR)/.test(name))).toEqual(Object.keys(codes));
  expect(probe.functions).toEqual(Object.keys(abi));
}
