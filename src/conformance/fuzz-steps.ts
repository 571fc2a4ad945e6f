// One random call of a plugin, right or wrong in a way that it must notice, and what is wrong with the answer.
import type { AbiSymbol } from '../harness/abi.ts';
import type { CheckContext } from './check-context.ts';
import type { Finding } from './finding.ts';
import { anyImage } from './images/any-image.ts';
import type { ResultCopy } from './plugin-copies.ts';
import { describeImage, formatChannels, type TestImage } from './test-image.ts';

/** Everything may be called. */
export type FuzzContext = CheckContext<AbiSymbol>;

const formats = Object.keys(formatChannels);
const decisions = ['pass', 'fail', 'review'];
const texts = ['', '0', '0.5', '-1', '1e999', 'nan', 'true', 'heatmap', '{}', '0,5', 'ü', ' 1 ', 'x'.repeat(5000)];
const configs = [
  '',
  '{}',
  '{',
  '[]',
  'null',
  '{"a": {"b": [1, 2]}}',
  '{"threshold": "x"}',
  `{"${'k'.repeat(3000)}": 1}`,
  '{"a": 1} x',
  '{"\\ud800": 1}',
];

/** Makes one step; [] when all is well. */
export function fuzzStep(context: FuzzContext): Finding[] {
  const { random } = context;
  const kinds = [inspectRight, inspectRight, inspectRight, inspectWrong, inspectWrong, changeState, configure, askAround, inspectBatch];
  return (kinds[random.below(kinds.length)] ?? inspectRight)(context);
}

function inspectRight(context: FuzzContext): Finding[] {
  const picture = somePicture(context);
  const { code, result } = context.plugin.infer(picture);
  const words = `mvas_infer of ${describeImage(picture)}`;
  return [...codeFaults(words, code), ...(result === undefined ? [] : resultFaults(result, words))];
}

/** Only what the contract lets a plugin see: a size that is too large for the memory behind it is no such thing. */
function inspectWrong({ plugin, random, image }: FuzzContext): Finding[] {
  const picture = somePicture({ random, image });
  const { width, channels } = picture;
  const lies: TestImage['claims'][] = [
    { width: -random.below(1 << 30) },
    { height: -random.below(1 << 30) },
    { channels: [0, -1, 2, 5, 1 << 30][random.below(5)] as number },
    { strideBytes: width * channels - 1 - random.below(width * channels) },
    { strideBytes: -random.below(1 << 30) },
    { width: 65_536, height: 65_536, strideBytes: 65_536 * channels },
    { data: null },
  ];
  const formatsToo = [null, 'rgb', 'YUV422', '%n%s', 'R'.repeat(4000), 'RGB '];
  const kind = random.below(lies.length + formatsToo.length);
  const wrong =
    kind < lies.length ? { ...picture, claims: lies[kind] ?? {} } : { ...picture, format: formatsToo[kind - lies.length] ?? null };
  const { code } = plugin.infer(wrong);
  const words = `mvas_infer of ${describeImage(wrong)}`;
  return code === 0 ? [{ message: `${words} succeeds` }] : codeFaults(words, code);
}

function changeState({ plugin, random, model, config, file }: FuzzContext): Finding[] {
  const acts: [string, () => number][] = [
    ['mvas_cleanup and mvas_init', () => restart(plugin)],
    ['mvas_init', () => plugin.init()],
    ['mvas_init with a random model', () => plugin.init(file('random.model', random.bytes(random.below(2000))))],
    ['mvas_init with a random configuration', () => plugin.init(model, configs[random.below(configs.length)] ?? config)],
    ['mvas_init without a model', () => plugin.init(random.below(2) === 0 ? null : '')],
  ];
  const [words, act] = acts[random.below(acts.length)] ?? ['mvas_init', () => plugin.init()];
  return codeFaults(words, act());
}

function restart(plugin: FuzzContext['plugin']): number {
  plugin.cleanup();
  return plugin.init();
}

function configure({ plugin, random, exports }: FuzzContext): Finding[] {
  if (!exports('mvas_set_config')) return [];
  const known = exports('mvas_get_config') ? keysOf(plugin.getConfig()) : [];
  const keys = [...known, ...known, '', 'threshold', 'no such key'];
  const pick = (from: readonly string[]) => from[random.below(from.length)] ?? '';
  const entries = Object.fromEntries(Array.from({ length: random.below(3) }, () => [pick(keys), pick(texts)]));
  return codeFaults(`mvas_set_config(${JSON.stringify(entries).slice(0, 100)})`, plugin.setConfig(entries));
}

function askAround({ plugin, random, exports }: FuzzContext): Finding[] {
  plugin.getInfo();
  const count = random.below(3) - 1;
  const code = exports('mvas_warmup') ? plugin.warmup(count) : 0;
  if (exports('mvas_free_result')) plugin.freeResult(null);
  if (exports('mvas_get_config')) plugin.getConfig();
  return [
    ...codeFaults(`mvas_warmup(${count})`, code),
    ...(plugin.getError() === null ? [{ message: 'mvas_get_error returns NULL' }] : []),
  ];
}

function inspectBatch(context: FuzzContext): Finding[] {
  const { plugin, exports, result } = context;
  if (!exports('mvas_infer_batch')) return [];
  const picture = somePicture(context);
  const results = result(0);
  const code = plugin.inferBatch([picture], 1, results);
  if (code === 0 && exports('mvas_free_result')) plugin.freeResult(results);
  return codeFaults(`mvas_infer_batch of ${describeImage(picture)}`, code);
}

function somePicture({ random, image }: Pick<FuzzContext, 'random' | 'image'>): TestImage {
  const { format, width, height } = image({ width: 1, height: 1 });
  const own = random.below(2) === 0 && format !== null ? [format] : formats;
  return anyImage(own, { width, height }, random);
}

function keysOf(json: string | null): string[] {
  try {
    return Object.keys(JSON.parse(json ?? '{}') as object);
  } catch {
    return [];
  }
}

function codeFaults(words: string, code: number): Finding[] {
  return code > 0 ? [{ message: `${words} returns ${code}: positive codes mean nothing` }] : [];
}

/** What no host could use. */
export function resultFaults({ decision, confidence, anomalyScore, map }: ResultCopy, words: string): Finding[] {
  const faults = decisions.includes(decision ?? '') ? [] : [`decision ${JSON.stringify(decision)}`];
  for (const [name, value] of Object.entries({ confidence, anomaly_score: anomalyScore }))
    if (!(value >= 0 && value <= 1)) faults.push(`${name} ${value}`);
  const wrong = map.data?.find((value) => !(value >= 0 && value <= 1));
  if (wrong !== undefined) faults.push(`${wrong} in anomaly_map`);
  return faults.map((fault) => ({ message: `${words} succeeds with ${fault}` }));
}
