import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parsePluginHeader } from '../../scripts/plugin-header.js';
import { type AbiType, abi, abiSymbols, describeCode, requiredSymbols } from './abi.ts';

const header = parsePluginHeader(readFileSync(new URL('../../sdk/include/mvas_plugin.h', import.meta.url), 'utf8'));

function typeOf(c: string): AbiType {
  if (c.includes('*')) return 'pointer';
  return { void: 'void', int32_t: 'int32', uint32_t: 'uint32' }[c] as AbiType;
}

test('the table has the functions, return types and parameters of the C header', () => {
  const declared = header.functions.map(({ name, required, returns, parameters }) => [
    name,
    { required, returns: typeOf(returns), parameters: parameters.map(({ type }) => typeOf(type)) },
  ]);
  expect(Object.fromEntries(declared)).toEqual(abi);
});

test('required functions are the five without which nothing can be inspected', () => {
  expect(requiredSymbols).toEqual(['mvas_get_info', 'mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error']);
  expect(abiSymbols.slice(0, 5)).toEqual(requiredSymbols);
});

test('a code is told with the name the header gives it', () => {
  expect(describeCode(-3)).toBe('-3 (MVAS_ERROR_INVALID_INPUT)');
  expect(describeCode(-99)).toBe('-99');
});
