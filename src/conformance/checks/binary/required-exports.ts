// The five functions without which a library is no plugin.
import type { Binary } from '../../../binary/binary.ts';
import { requiredSymbols } from '../../../harness/abi.ts';
import { defineCheck } from '../../check.ts';
import { type Finding, skip } from '../../finding.ts';

const check = defineCheck({
  id: 'binary/required-exports',
  title: 'The five required functions are exported under their plain names, as functions',
  why: 'A host looks them up by name; without one it refuses the plugin or jumps to nowhere.',
  fix: 'Include mvas_plugin.h where the functions are defined: it declares them extern "C" and visible.',
  spec: 'abi.md#functions',
  blind: 'Whether the parameters are right: a library does not say.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'static',
  run({ binary }) {
    if ('unreadable' in binary || binary.type !== 'library') return skip('not-reached', 'the file is no shared library (binary/format)');
    return requiredSymbols.flatMap((name) => missing(binary, name));
  },
});
export default check;

function missing(binary: Binary, name: string): Finding[] {
  const found = binary.exports.find((symbol) => symbol.name === name);
  if (found?.kind === 'data') return [{ message: `${name} is exported as data, not as a function`, data: { symbol: name } }];
  if (found !== undefined) return [];
  const isMangled = (symbol: string) =>
    (symbol.startsWith('_Z') && symbol.includes(`${name.length}${name}`)) || symbol.startsWith(`?${name}@`);
  const mangled = binary.exports.find((symbol) => isMangled(symbol.name));
  const why = mangled === undefined ? 'is not exported' : `is exported only as ${mangled.name}: it lacks extern "C"`;
  return [{ message: `${name} ${why}`, data: { symbol: name } }];
}
