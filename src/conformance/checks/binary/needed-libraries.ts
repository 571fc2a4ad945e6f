// Everything that the loader will look for is part of the system or of the package.
import { defineCheck } from '../../check.ts';
import { type Finding, skip } from '../../finding.ts';
import { findLibraries, type NeededLibrary } from '../../needed-libraries.ts';

const check = defineCheck({
  id: 'binary/needed-libraries',
  title: 'Every library that the plugin needs is part of the system or lies in deps/ of its package',
  why: "On the developer's machine a library is found by chance; on the factory's the plugin does not load.",
  fix: 'Put the library into deps/<platform>/, name it in plugin.dependencies of the manifest, and link with the RUNPATH $ORIGIN/../../deps/<platform>; or link it statically.',
  spec: 'abi.md#loading',
  blind: 'Libraries that the plugin opens itself at run time.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'static',
  run(context) {
    if ('unreadable' in context.binary || context.binary.type !== 'library')
      return skip('not-reached', 'the file is no shared library (binary/format)');
    return findLibraries(context, context.binary).flatMap(judge);
  },
});
export default check;

function judge({ name, neededBy, state, isOptional }: NeededLibrary): Finding[] {
  const words = neededBy === undefined ? `it needs ${name}` : `${neededBy}, which it needs, needs ${name}`;
  const data = { library: name, ...(neededBy === undefined ? {} : { neededBy }) };
  if (state === 'system' || state === 'packaged') return [];
  if (state === 'redistributable')
    return [
      { message: `${words}, which comes with the Visual C++ runtime that not every machine has: link with /MT`, severity: 'warning', data },
    ];
  if (isOptional)
    return [{ message: `${words} at its first use, which is neither part of the system nor in deps/`, severity: 'info', data }];
  if (state === 'absolute') return [{ message: `${words} at that place of the machine it was built on`, data }];
  return [{ message: `${words}, which is neither part of the system nor in deps/`, data }];
}
