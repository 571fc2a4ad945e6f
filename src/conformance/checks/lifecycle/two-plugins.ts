// Two different plugins in one process: each answers for itself.
import { defineCheck } from '../../check.ts';
import type { AllCalls, SecondPlugin } from '../../check-context.ts';
import type { Finding } from '../../finding.ts';
import { differences, type ResultCopy } from '../../plugin-copies.ts';
import { steadyResult } from '../../same-results.ts';
import type { TestImage } from '../../test-image.ts';

/** As hosts of the field load: everything global, nothing bound to itself unless the library was linked so. */
const asInTheField = { global: true, deepBinding: false };

const check = defineCheck({
  id: 'lifecycle/two-plugins',
  title: 'Beside another plugin that was loaded with RTLD_GLOBAL, each of the two answers for itself',
  why: 'Hosts in the field load every plugin into one global space; a call of the plugin to its own mvas_infer then ends in the other plugin, and the verdict is that of another inspection.',
  fix: 'Link with -Bsymbolic-functions and a version script that shows the mvas_ functions alone (mvas_add_plugin does both), or call static functions in place of the exported ones.',
  spec: 'abi.md#loading',
  blind: 'Symbols that another real plugin brings and the small companion of the kit does not.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'pair',
  untouched: true,
  needs: ['mvas_get_info', 'mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  uses: ['mvas_warmup', 'mvas_set_config', 'mvas_get_config', 'mvas_infer_batch', 'mvas_free_result'],
  run({ plugin, exports, image, result, second, load, unload }) {
    const companion = second('companion');
    const picture = image();
    const grey = image({ width: 16, height: 16, format: 'GRAY' });
    plugin.start();
    const expected = steadyResult(plugin, picture);
    const name = plugin.getInfo()?.name;
    const optional = optionalCalls(plugin, exports, result, picture);
    plugin.cleanup();
    // what is loaded already would keep the bindings it has
    unload();
    for (const order of ['before', 'after'] as const) {
      if (order === 'before') open(companion);
      const failure = load(asInTheField);
      if (failure !== undefined) return [{ message: `it does not load beside another plugin: ${failure}` }];
      if (order === 'after') open(companion);
      const findings = visit({ plugin, companion, picture, grey, expected, name, optional, order });
      if (findings.length > 0) return findings;
      unload();
      companion.unload();
    }
    return [];
  },
});
export default check;

type Required = Pick<AllCalls, 'getInfo' | 'init' | 'infer' | 'cleanup' | 'getError'>;

interface Pair {
  readonly plugin: Required;
  readonly companion: SecondPlugin;
  readonly picture: TestImage;
  readonly grey: TestImage;
  readonly expected: ResultCopy;
  readonly name: string | null | undefined;
  readonly optional: readonly (readonly [words: string, call: () => unknown])[];
  /** Which was loaded first. */
  readonly order: 'before' | 'after';
}

function open(companion: SecondPlugin): void {
  const failure = companion.load(asInTheField);
  if (failure !== undefined) throw new Error(`the companion does not load: ${failure}`);
  if (companion.init() !== 0) throw new Error('the companion does not start');
}

type Optional = Pick<AllCalls, 'warmup' | 'setConfig' | 'getConfig' | 'inferBatch'>;

function optionalCalls(
  plugin: Optional,
  exports: (name: 'mvas_warmup' | 'mvas_set_config' | 'mvas_get_config' | 'mvas_infer_batch') => boolean,
  result: (fill: number) => Parameters<AllCalls['inferBatch']>[2],
  picture: TestImage,
): Pair['optional'] {
  const calls = {
    mvas_warmup: () => plugin.warmup(1),
    mvas_set_config: () => plugin.setConfig({}),
    mvas_get_config: () => plugin.getConfig(),
    mvas_infer_batch: () => plugin.inferBatch([picture], 1, result(0)),
  };
  return Object.entries(calls).filter(([name]) => exports(name as keyof typeof calls));
}

/** The companion counts its calls: each one that this check has not made was meant for the plugin under test. */
function visit({ plugin, companion, picture, grey, expected, name, optional, order }: Pair): Finding[] {
  const findings: Finding[] = [];
  const own = companion.infer(grey).result;
  let counted = companion.getConfig();
  const watch = (words: string, call: () => unknown): void => {
    call();
    const now = companion.getConfig();
    if (now !== counted) findings.push({ message: `${words} calls a function of another plugin that was loaded ${order} it` });
    counted = now;
  };
  watch('mvas_get_info', () => {
    const told = plugin.getInfo()?.name;
    if (told !== name) findings.push({ message: `mvas_get_info tells the name ${JSON.stringify(told)} beside another plugin` });
  });
  watch('mvas_init', () => {
    const code = plugin.init();
    if (code !== 0) findings.push({ message: `mvas_init returns ${code} beside another plugin: ${plugin.getError()}` });
  });
  watch('mvas_infer', () => {
    const { code, result } = plugin.infer(picture);
    if (result === undefined) findings.push({ message: `mvas_infer returns ${code} beside another plugin: ${plugin.getError()}` });
    else findings.push(...differences(expected, result).map((text) => ({ message: `beside another plugin: ${text}` })));
  });
  for (const [words, call] of optional) watch(words, call);
  watch('a second mvas_init', () => plugin.init());
  const after = companion.infer(grey);
  counted = companion.getConfig();
  if (own === undefined || after.result === undefined || differences(own, after.result).length > 0)
    findings.push({ message: `another plugin no longer answers as before (code ${after.code})` });
  watch('mvas_cleanup', () => plugin.cleanup());
  return findings;
}
