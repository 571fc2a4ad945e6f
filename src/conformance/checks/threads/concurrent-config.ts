// Settings may change while others inspect.

import { defineCheck } from '../../check.ts';
import type { PluginFor } from '../../check-context.ts';
import { type ConfigKey, changeOf, configKeys, isSet, readConfig } from '../../config-keys.ts';
import { type Finding, skip } from '../../finding.ts';
import { differences, type ResultCopy } from '../../plugin-copies.ts';
import { declaresThreads } from '../../thread-model.ts';
import { within } from '../../within.ts';

const inspecting = 3;
const inspections = 3;
/** The system may let one thread after the other make all its calls, so that they do not meet. */
const tries = 5;
const changes = 301; // odd: what is valid at the end is not what was valid at the beginning

const check = defineCheck({
  id: 'threads/concurrent-config',
  title: 'Where the manifest declares interface.thread_safe, settings can be changed and told while other threads inspect',
  why: 'An operator moves a slider while parts pass: each part must be judged by the old settings or by the new ones, never by a mixture.',
  fix: 'Swap the settings as one object under a lock, let each inspection work on its own copy, and make the error text thread_local.',
  spec: 'abi.md#threads',
  blind: 'Races that need a longer run; plugins that declare nothing are never called from two threads at once.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error', 'mvas_set_config', 'mvas_get_config'],
  uses: ['mvas_free_result'],
  run({ plugin, exports, image, result, threads, manifest, process }) {
    const undeclared = declaresThreads(manifest);
    if (undeclared !== undefined) return undeclared;
    plugin.start();
    const sides = sidesOf(plugin, configKeys(manifest, readConfig(plugin)));
    if (sides === undefined) return skip('not-reached', 'no setting could be changed');
    const picture = image();
    const right = [...sides].reverse().map((side) => {
      plugin.setConfig(side);
      return plugin.inspect(picture);
    });
    const structs = Array.from({ length: inspecting }, () => Array.from({ length: inspections }, () => result(0)));
    const inspectors = structs.map((own) => own.map((struct) => plugin.prepareInfer(picture, struct)));
    const setters = Array.from({ length: changes }, (_, index) => plugin.prepareConfig(sides[(index + 1) % 2] ?? {}));
    const askers = Array.from(
      { length: changes },
      (_, index) => ({ function: index % 2 ? 'mvas_get_error' : 'mvas_get_config', values: [] }) as const,
    );
    const work = new Map([...inspectors, setters, askers].map((calls) => [threads.start(), calls]));
    for (const _ of within(process, Array(tries), 1)) {
      plugin.setConfig(sides[0]);
      const returned = threads.together(work);
      const refused = (returned[inspecting] ?? []).filter((code) => code !== 0);
      const findings: Finding[] =
        refused.length === 0 ? [] : [{ message: `mvas_set_config returns ${refused[0]} while other threads inspect` }];
      for (const [thread, own] of structs.entries())
        for (const [round, struct] of own.entries()) {
          const code = returned[thread]?.[round] ?? 0;
          findings.push(...judge(code, code === 0 ? plugin.copy(struct) : undefined, right));
          if (code === 0 && exports('mvas_free_result')) plugin.freeResult(struct);
          struct.fill(0);
        }
      if (findings.length > 0) return findings.slice(0, 3);
    }
    return [];
  },
});
export default check;

type Side = Readonly<Record<string, string>>;

/** Two sets of values that differ in every key that can be changed. */
function sidesOf(plugin: PluginFor<'mvas_set_config' | 'mvas_get_config'>, keys: readonly ConfigKey[]): [Side, Side] | undefined {
  const told = readConfig(plugin);
  const changed = keys.flatMap((key): [string, string][] => {
    const text = changeOf(plugin, key);
    return text === undefined || isSet(told[key.key], text) ? [] : [[key.key, text]];
  });
  if (changed.length === 0) return undefined;
  return [Object.fromEntries(changed.map(([key]) => [key, String(told[key])])), Object.fromEntries(changed)];
}

function judge(code: number, seen: ResultCopy | undefined, right: readonly ResultCopy[]): Finding[] {
  if (seen === undefined) return [{ message: `mvas_infer returns ${code} while another thread changes settings` }];
  const [first = [], ...others] = right.map((one) => differences(one, seen));
  if (first.length === 0 || others.some((different) => different.length === 0)) return [];
  return [{ message: `while another thread changes settings an inspection gives neither the old nor the new result: ${first.join('; ')}` }];
}
