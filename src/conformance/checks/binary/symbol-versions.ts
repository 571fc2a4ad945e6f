// The library runs on the oldest system that its platform promises.
import type { Binary, RequiredVersion } from '../../../binary/binary.ts';
import { defineCheck } from '../../check.ts';
import { type Finding, skip } from '../../finding.ts';
import { compareVersions, floorsOf } from '../../platform-floor.ts';

const shown = 6;

const check = defineCheck({
  id: 'binary/symbol-versions',
  title: 'The library needs no newer system than its platform promises: glibc 2.35 and GLIBCXX_3.4.30, Windows 10, macOS 13',
  why: 'A plugin that was linked on a new system does not load on the older one in the factory.',
  fix: 'Build on the oldest system to be served (ubuntu-22.04), or say what is needed in requirements.glibc of the manifest.',
  spec: 'abi.md#loading',
  blind: 'What libraries in deps/ need that the plugin opens itself.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'static',
  run({ binary, manifest }) {
    if ('unreadable' in binary || binary.type !== 'library') return skip('not-reached', 'the file is no shared library (binary/format)');
    const floors = floorsOf(manifest?.requirements.glibc);
    return [...newerSystem(binary, floors.system), ...newerSymbols(binary.versions, floors.symbols)];
  },
});
export default check;

function newerSystem({ os, minimumSystem }: Binary, floor: ReturnType<typeof floorsOf>['system']): Finding[] {
  const most = floor[os];
  if (most === undefined || minimumSystem === undefined || compareVersions(minimumSystem, most.version) <= 0) return [];
  return [{ message: `it asks for ${most.name} ${minimumSystem}, promised is ${most.name} ${most.version}`, data: { minimumSystem } }];
}

/** One finding a version that is too new, with the symbols that need it. */
function newerSymbols(versions: readonly RequiredVersion[], floors: Readonly<Record<string, string>>): Finding[] {
  const found = new Map<string, Set<string>>();
  for (const { symbol, version } of versions) {
    const [, family, number] = /^([A-Z]+)_(\d[\d.]*)$/.exec(version) ?? [];
    const floor = family === undefined ? undefined : floors[family];
    if (floor === undefined || number === undefined || compareVersions(number, floor) <= 0) continue;
    found.set(version, (found.get(version) ?? new Set()).add(symbol));
  }
  return [...found].map(([version, symbols]) => {
    const names = [...symbols].sort();
    const family = version.replace(/_.*/, '');
    return {
      message: `it needs ${version}, above ${family}_${floors[family]}, for ${names.slice(0, shown).join(', ')}${names.length > shown ? ', …' : ''}`,
      data: { version, symbols: names.slice(0, 200) },
    };
  });
}
