// The library's calls of its own functions reach its own functions.
import { defineCheck } from '../../check.ts';
import { type Finding, skip } from '../../finding.ts';

const check = defineCheck({
  id: 'binary/self-binding',
  title: 'The library binds its own functions to itself, and no symbol of it is shared by the whole process',
  why: 'With two plugins in one process, mvas_warmup of the second calls mvas_infer of the first, and inspects with its model.',
  fix: 'Link with -Wl,-Bsymbolic-functions (mvas_add_plugin does), or call a hidden function instead of the exported one; compile C++ with -fno-gnu-unique or hide its symbols.',
  spec: 'abi.md#loading',
  blind: 'Calls through a pointer that dlsym returned.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'static',
  run({ binary }) {
    if ('unreadable' in binary || binary.type !== 'library') return skip('not-reached', 'the file is no shared library (binary/format)');
    const findings = binary.preemptible.filter(isOwn).map(
      (symbol): Finding => ({
        message: `${symbol} is called by way of the loader: where another plugin is loaded first, its ${symbol} answers`,
        data: { symbol },
      }),
    );
    const shared = binary.exports.filter(({ isShared }) => isShared).map(({ name }) => name);
    if (shared.length === 0) return findings;
    return [
      ...findings,
      {
        message: `what the whole process has only once is shared by all plugins and keeps the library from being unloaded: ${shared.slice(0, 5).join(', ')}`,
        data: { symbols: shared.slice(0, 200) },
      },
    ];
  },
});
export default check;

/** What other libraries could also have; other public symbols are binary/foreign-exports' matter. */
function isOwn(symbol: string): boolean {
  return symbol.startsWith('mvas_');
}
