// The strings of mvas_init belong to the host.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { differences } from '../../plugin-copies.ts';
import { steadyResult } from '../../same-results.ts';

const check = defineCheck({
  id: 'init/copies-strings',
  title: 'The plugin does not touch the strings given to mvas_init after it has returned',
  why: 'Hosts build them in a buffer that the next recipe overwrites; the plugin then reads another line’s path, or memory that is gone.',
  fix: 'Copy what is needed later, in C with strdup, in C++ into a std::string, not a string_view or the pointer.',
  spec: 'abi.md#mvas_init',
  blind: 'A kept pointer that is followed only in rare cases.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'memory',
  needs: ['mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  uses: ['mvas_get_config', 'mvas_warmup', 'mvas_free_result'],
  run({ plugin, exports, guardedText, image, model, config }) {
    const picture = image();
    plugin.start();
    const expected = steadyResult(plugin, picture);
    plugin.cleanup();
    const [path, settings] = [model === null ? undefined : guardedText(model), guardedText(config)];
    const code = plugin.initFrom(path?.address ?? 0n, settings.address);
    if (code !== 0) return [{ message: `mvas_init returns ${code} for the same strings at other addresses: ${plugin.getError()}` }];
    const findings: Finding[] = [];
    const use = (words: string) => {
      if (exports('mvas_warmup')) plugin.warmup(1);
      if (exports('mvas_get_config')) plugin.getConfig();
      findings.push(...differences(expected, plugin.inspect(picture)).map((text) => ({ message: `${words}: ${text}` })));
    };
    for (const block of [path, settings]) block?.write(new Uint8Array(block.length - 1).fill(0x7a));
    use('after the host has overwritten the strings');
    // from here on a read is a crash, at that very call
    for (const block of [path, settings]) block?.release();
    use('after the host has given the strings’ memory back');
    plugin.getError();
    plugin.cleanup();
    return findings;
  },
});
export default check;
