// What is in the way of calling a plugin at all, so that one fault is not reported twenty times.
import { type PlatformKey, platforms } from '../core/platform.ts';
import { abi } from '../harness/abi.ts';
import type { LoadingCheck, StaticContext } from './check.ts';
import { type Skip, skip } from './finding.ts';

/** Why no check may load the library on this machine; undefined when nothing speaks against it. */
export function loadObstacle({ binary }: StaticContext, host: PlatformKey): Skip | undefined {
  if ('unreadable' in binary || binary.type !== 'library') return skip('not-reached', 'the file is no shared library (binary/format)');
  if (!binary.platforms.includes(host)) return skip('not-reached', `the library is not for ${host} (binary/platform)`);
  return undefined;
}

/** Names that can be called; what is exported as data cannot. */
export function callableExports(binary: StaticContext['binary']): ReadonlySet<string> {
  return new Set('unreadable' in binary ? [] : binary.exports.flatMap(({ name, kind }) => (kind === 'data' ? [] : [name])));
}

/** Why one check may not be made, by its system, the functions it needs and those that the library exports. */
export function callObstacle({ binary, platform }: StaticContext, { needs, depends }: LoadingCheck): Skip | undefined {
  if (depends !== undefined && platforms[platform].os !== depends.os) return skip('platform-cannot', lacks(depends.means));
  const exported = callableExports(binary);
  const missing = needs.filter((name) => !exported.has(name));
  const required = missing.find((name) => abi[name].required);
  if (required !== undefined) return skip('not-reached', `${required} is not exported (binary/required-exports)`);
  return missing[0] === undefined ? undefined : skip('optional-function-absent', `${missing[0]} is not exported`);
}

/** What is said of a check that needs a means which is not there. */
export function lacks(means: string): string {
  return `not checked on this platform, which has no ${means}`;
}
