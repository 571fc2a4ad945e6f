// Every function in every state: one table of the contract.
import type { AbiSymbol } from '../../../harness/abi.ts';
import { defineCheck } from '../../check.ts';
import type { AllCalls, NativeResult } from '../../check-context.ts';
import type { Finding } from '../../finding.ts';
import type { TestImage } from '../../test-image.ts';

type Calls = Pick<AllCalls, 'inferInto' | 'inferBatch' | 'setConfig' | 'warmup' | 'freeResult' | 'getConfig' | 'getError'>;

interface Cell {
  readonly name: AbiSymbol;
  readonly words: string;
  call(plugin: Calls, things: { picture: TestImage; native: NativeResult }): number | null | unknown;
  /** What it may return where nothing is initialised, and where it is; without either, whatever it likes, as long as it returns. */
  readonly unloaded?: readonly number[];
  readonly ready?: readonly number[];
}

const needsReady = [-5];
const refused = { unloaded: needsReady, ready: [-3] };
const table: readonly Cell[] = [
  {
    name: 'mvas_infer',
    words: 'mvas_infer of an image',
    call: (plugin, { picture, native }) => plugin.inferInto(picture, native),
    unloaded: needsReady,
    ready: [0],
  },
  { name: 'mvas_free_result', words: 'mvas_free_result', call: (plugin, { native }) => plugin.freeResult(native) },
  { name: 'mvas_infer', words: 'mvas_infer of NULL', call: (plugin, { native }) => plugin.inferInto(null, native), unloaded: needsReady },
  {
    name: 'mvas_infer_batch',
    words: 'mvas_infer_batch of no image',
    call: (plugin) => plugin.inferBatch(null, 0, null),
    unloaded: needsReady,
  },
  {
    name: 'mvas_infer_batch',
    words: 'mvas_infer_batch of −1 images',
    call: (plugin) => plugin.inferBatch(null, -1, null),
    unloaded: needsReady,
  },
  {
    name: 'mvas_set_config',
    words: 'mvas_set_config of nothing',
    call: (plugin) => plugin.setConfig({}),
    unloaded: needsReady,
    ready: [0],
  },
  {
    name: 'mvas_set_config',
    words: 'mvas_set_config of an unknown key',
    call: (plugin) => plugin.setConfig({ 'no such key': '1' }),
    unloaded: needsReady,
  },
  { name: 'mvas_warmup', words: 'mvas_warmup(0)', call: (plugin) => plugin.warmup(0), unloaded: needsReady, ready: [0] },
  { name: 'mvas_warmup', words: 'mvas_warmup(−1)', call: (plugin) => plugin.warmup(-1), ...refused },
  { name: 'mvas_get_config', words: 'mvas_get_config', call: (plugin) => plugin.getConfig() },
  { name: 'mvas_get_error', words: 'mvas_get_error', call: (plugin) => plugin.getError() },
];

const check = defineCheck({
  id: 'lifecycle/call-matrix',
  title: 'Every function returns what the contract says in every state, however the plugin came into it',
  why: 'States that nobody tried are entered on the line: after a failed start, after a stop, in a second life.',
  fix: 'Keep one ready flag, set it last in mvas_init, clear it first in mvas_cleanup, and test it before every other argument.',
  spec: 'abi.md#states',
  blind:
    'The state before the first mvas_init, which lifecycle/calls-before-init looks at; states that need more than six calls to come into.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  uses: ['mvas_infer_batch', 'mvas_set_config', 'mvas_warmup', 'mvas_get_config', 'mvas_free_result'],
  run({ plugin, exports, image, result, file }) {
    const things = { picture: image(), native: result(0) };
    const missing = `${file('none', null)}/missing.model`;
    const findings: Finding[] = [];
    const visit = (state: 'unloaded' | 'ready', words: string) => {
      for (const cell of table.filter((one) => exports(one.name) && isFor(one, state))) {
        const returned = cell.call(plugin, things);
        if (cell[state]?.includes(Number(returned)) === false)
          findings.push({
            message: `${cell.words} returns ${returned} instead of ${cell[state].join(' or ')} ${words}`,
            data: { state, function: cell.name },
          });
      }
    };
    plugin.start();
    plugin.inspect(things.picture);
    visit('ready', 'when it is ready');
    plugin.cleanup();
    visit('unloaded', 'after mvas_cleanup');
    if (plugin.init(missing) !== 0) visit('unloaded', 'after an mvas_init that failed');
    plugin.start();
    visit('ready', 'in its second life');
    plugin.cleanup();
    return findings;
  },
});
export default check;

/** A call that other checks judge in one state is left out there. */
function isFor({ unloaded, ready }: Cell, state: 'unloaded' | 'ready'): boolean {
  return (unloaded === undefined && ready === undefined) || (state === 'ready' ? ready : unloaded) !== undefined;
}
