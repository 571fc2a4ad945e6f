// Nothing is thrown at a thread that cannot catch it.
import { defineCheck } from '../../check.ts';
import { configKeys, parseConfig } from '../../config-keys.ts';
import type { Finding } from '../../finding.ts';

const configs = ['[', '[]', '{"threshold": "high"}', '{"threads": 1e99, "threshold": null}', `{"a": ${'['.repeat(2000)}`];

const check = defineCheck({
  id: 'threads/exceptions',
  title: 'Whatever the input, no exception leaves a call on any thread: a code and a message come instead',
  why: 'A thread of the host has no handler of yours: an exception that gets there ends the process at once.',
  fix: 'Put try … catch (...) around the whole body of every exported function, the making of the error text included.',
  spec: 'abi.md#functions',
  blind: 'Exceptions that only memory running out would throw, and inputs that are not tried.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  uses: ['mvas_set_config', 'mvas_get_config', 'mvas_warmup', 'mvas_infer_batch'],
  run(context) {
    const { plugin, threads } = context;
    const findings: Finding[] = [];
    plugin.start();
    const wrong = wrongSettings(context);
    // errors/message finds what is silent here too
    const speaks = isLoud(context);
    plugin.cleanup();
    // a thread for each kind, so that none has been prepared by an earlier call
    const onThread = (kind: string, calls: readonly (() => number)[]) =>
      threads.on(threads.start(), () => {
        const isSilent = (call: () => number) => call() < 0 && (plugin.getError() ?? '') === '';
        // every call is made, whatever the one before left
        if (calls.filter(isSilent).length > 0 && speaks)
          findings.push({ message: `on another thread a failed call with a bad ${kind} leaves no text for mvas_get_error` });
      });
    for (const [kind, calls] of badStarts(context)) {
      onThread(
        kind,
        calls.map((call) => () => {
          const code = call();
          if (code === 0) plugin.cleanup();
          return code;
        }),
      );
    }
    plugin.start();
    onThread('image', badImages(context));
    onThread('setting', wrong);
    return findings;
  },
});
export default check;

type Context = Parameters<(typeof check)['run']>[0];
type Calls = readonly (() => number)[];

function isLoud({ plugin, image, result }: Context): boolean {
  return plugin.inferInto({ ...image(), format: 'none' }, result(0)) < 0 && (plugin.getError() ?? '') !== '';
}

function badStarts({ plugin, model, file, random }: Context): [kind: string, calls: Calls][] {
  const models = model === null ? [] : [new Uint8Array(), random.bytes(64), random.bytes(70_000)];
  return [
    ['model', models.map((bytes, index) => () => plugin.init(file(`bad-${index}.model`, bytes)))],
    ['model path', [() => plugin.init(''), () => plugin.init(`${file('folder', null)}/none`)]],
    ['configuration', configs.map((config) => () => plugin.init(model, config))],
  ];
}

function badImages({ plugin, exports, image, result }: Context): Calls {
  const picture = image({ width: 16, height: 12 });
  const claims = [{ data: null }, { channels: 7 }, { strideBytes: 0 }, ...[0, -1, 2 ** 31 - 1].map((width) => ({ width }))];
  const changes = [...claims.map((claim) => ({ claims: claim })), { format: null }, { format: '' }, { format: 'none' }];
  const single = changes.map((change) => () => plugin.inferInto({ ...picture, ...change }, result(0)));
  const batch = [() => plugin.inferBatch([picture], -1, result(0)), () => plugin.inferBatch(null, 2, null)];
  return [() => plugin.inferInto(null, result(0)), ...single, ...(exports('mvas_infer_batch') ? batch : [])];
}

function wrongSettings({ plugin, exports, manifest }: Context): Calls {
  if (!exports('mvas_set_config')) return [];
  const told = exports('mvas_get_config') ? parseConfig(plugin.getConfig()) : undefined;
  const wrong = configKeys(manifest, told ?? {}).flatMap(({ key, wrong: texts }) => texts.map((text) => ({ [key]: text })));
  const entries = [{ 'no such key of any plugin': '1' }, ...wrong].map((one) => () => plugin.setConfig(one));
  return [() => plugin.setConfig(null, 1), () => plugin.setConfig([], -1), ...entries];
}
