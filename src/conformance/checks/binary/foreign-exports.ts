// The library shows the functions of the contract and nothing else.
import type { Binary, ExportedSymbol } from '../../../binary/binary.ts';
import { abiSymbols } from '../../../harness/abi.ts';
import { defineCheck } from '../../check.ts';
import { type Finding, skip } from '../../finding.ts';

const shown = 8;

const check = defineCheck({
  id: 'binary/foreign-exports',
  title: 'The library exports the functions of the contract and nothing else',
  why: 'In a host that loads globally, a second plugin takes a public symbol of the first for its own: another C++ runtime, another OpenCV.',
  fix: 'Link with sdk/cmake (mvas_add_plugin), or with -fvisibility=hidden and its mvas_exports.map; -Wl,--exclude-libs,ALL hides static libraries.',
  spec: 'abi.md#loading',
  blind: 'Symbols that are hidden from the loader and still clash inside the library.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'static',
  run({ binary }) {
    if ('unreadable' in binary || binary.type !== 'library') return skip('not-reached', 'the file is no shared library (binary/format)');
    return foreign(binary);
  },
});
export default check;

/** Where a foreign symbol comes from, by its name. */
const origins: readonly (readonly [origin: string, pattern: RegExp])[] = [
  [
    'of the C++ runtime',
    /^_Z(?:T[ISV])?N?K?S[abdiost]|^_Z(?:T[ISV])?N?K?St|^_ZN?K?9__gnu_cxx|^_Z(?:n|d)[wal]|^__cxa_|^__gxx_|^_ZGVN?K?St|^_ZGRN?K?St/,
  ],
  ['of OpenCV', /^_ZN?K?2cv|^cv[A-Z]/],
  ['of the Go runtime', /^_?_?cgo_|^crosscall2$|^x_cgo_|^_cgoexp_/],
  ['of ONNX Runtime', /^Ort[A-Z]/],
  ['of C++ code', /^_Z|^\?/],
];

function foreign(binary: Binary): Finding[] {
  const known = new Set<string>(abiSymbols);
  // A required function under a mangled name is a fault of its own.
  const own = ({ name }: ExportedSymbol) => known.has(name) || abiSymbols.some((symbol) => name.includes(symbol) && /^_Z|^\?/.test(name));
  const others = binary.exports.filter((symbol) => !own(symbol)).map(({ name }) => name);
  const groups = new Map<string, string[]>();
  for (const name of others) {
    const origin =
      origins.find(([, pattern]) => pattern.test(name))?.[0] ??
      (name.startsWith('mvas_') ? 'that look like the contract' : 'of its own code');
    groups.set(origin, [...(groups.get(origin) ?? []), name]);
  }
  return [...groups].map(([origin, names]) => ({
    message: `it exports ${names.length} ${names.length === 1 ? 'symbol' : 'symbols'} ${origin}: ${names.slice(0, shown).join(', ')}${names.length > shown ? ', …' : ''}`,
    data: { origin, symbols: names.slice(0, 200) },
  }));
}
