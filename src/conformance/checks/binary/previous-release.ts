// What the release before offered is still there, or the version says that it is not.
import type { StructLayout } from '../../../binary/dwarf/struct-layouts.ts';
import { abiSymbols } from '../../../harness/abi.ts';
import { versionStep } from '../../../manifest/compare-versions.ts';
import type { NativeManifest } from '../../../manifest/native-manifest.ts';
import { defineCheck } from '../../check.ts';
import { type Finding, skip } from '../../finding.ts';
import { layoutsOf, type Release } from '../../release.ts';

const check = defineCheck({
  id: 'binary/previous-release',
  title: 'The version rises with every release, and by a major step when functions or settings of the release before are gone',
  why: 'A line that updates within one major version expects its settings and calls to go on working.',
  fix: 'Keep the function or setting, or raise the first number of app.version (below 1.0.0 the second); never ship two libraries under one version.',
  spec: 'abi.md#releases',
  blind: 'What the functions do: golden images compare results.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'static',
  run({ binary, library, manifest, previous }) {
    if (previous === undefined) return skip('no-previous-release', 'no earlier release was named with --previous');
    if ('unreadable' in binary || binary.type !== 'library') return skip('not-reached', 'the file is no shared library (binary/format)');
    const isSame = binary.buildId !== undefined && binary.buildId === previous.binary.buildId;
    const exported = new Set(binary.exports.map(({ name }) => name));
    const gone = previous.binary.exports.map(({ name }) => name).filter((name) => isAbi(name) && !exported.has(name));
    const breaks = [...gone.map((name) => `${name} is no longer exported`), ...changedSettings(manifest, previous.manifest)];
    return [...judgeVersion(manifest, previous, breaks, isSame), ...movedFields(layoutsOf(library, binary), previous.layouts)];
  },
});
export default check;

function isAbi(name: string): boolean {
  return abiSymbols.some((symbol) => symbol === name);
}

function judgeVersion(manifest: NativeManifest | undefined, previous: Release, breaks: readonly string[], isSame: boolean): Finding[] {
  const [from, to] = [previous.manifest?.app.version, manifest?.app.version];
  if (from === undefined || to === undefined) return breaks.map((message) => ({ message: `${message}: raise the major version` }));
  const step = versionStep(from, to);
  const broken =
    step === 'major'
      ? []
      : breaks.map((message) => ({ message: `${message}, and from ${from} to ${to} is no major step`, data: { from, to } }));
  const still: Finding[] =
    step === 'lower' || (step === 'same' && !isSame)
      ? [{ message: `its version ${to} is not above ${from} of the release before`, data: { from, to } }]
      : [];
  return [...still, ...broken];
}

/** Settings that users of the release before may have stored. */
function changedSettings(now: NativeManifest | undefined, before: NativeManifest | undefined): string[] {
  if (now === undefined || before === undefined) return [];
  const types = new Map(now.configuration.user_configurable.map(({ key, type }) => [key, type]));
  const settings = before.configuration.user_configurable.flatMap(({ key, type }) => {
    const current = types.get(key);
    if (current === undefined) return [`the setting ${key} is gone`];
    return current === type ? [] : [`the setting ${key} was ${type} and is ${current}`];
  });
  const [was, is] = [before.interface.output.type, now.interface.output.type];
  return [...settings, ...(was === undefined || was === is ? [] : [`the output type was ${was} and is ${is ?? 'not said'}`])];
}

function movedFields(now: readonly StructLayout[] | undefined, before: readonly StructLayout[] | undefined): Finding[] {
  return (now ?? []).flatMap((layout) => {
    const old = before?.find(({ name }) => name === layout.name);
    if (old === undefined || JSON.stringify(old) === JSON.stringify(layout)) return [];
    return [
      { message: `${layout.name} is laid out in another way than in the release before`, data: { now: { ...layout }, before: { ...old } } },
    ];
  });
}
