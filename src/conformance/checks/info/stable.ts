// Who the plugin is does not change while it is loaded.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import type { InfoCopy } from '../../plugin-copies.ts';

const check = defineCheck({
  id: 'info/stable',
  title: 'mvas_get_info returns the same non-NULL pointer with the same content in every state',
  why: 'Hosts ask before init to choose the plugin, keep the pointer, and read it again hours later.',
  fix: 'Return the address of one static const MVASPluginInfo.',
  spec: 'abi.md#mvas_get_info',
  blind: 'Changes that need more than an init, an inspection and a cleanup.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_get_info', 'mvas_init', 'mvas_infer', 'mvas_cleanup'],
  run({ plugin, image }) {
    const reference = plugin.getInfo();
    const seen: [string, InfoCopy | null][] = [
      ['right after loading', reference],
      ['at the second call', plugin.getInfo()],
    ];
    plugin.init();
    seen.push(['after mvas_init', plugin.getInfo()]);
    plugin.infer(image());
    seen.push(['after mvas_infer', plugin.getInfo()]);
    plugin.cleanup();
    seen.push(['after mvas_cleanup', plugin.getInfo()]);
    return seen.flatMap(([when, info]) => compare(reference, info, when));
  },
});
export default check;

function compare(reference: InfoCopy | null, info: InfoCopy | null, when: string): Finding[] {
  if (info === null) return [{ message: `it returns NULL ${when}` }];
  if (reference === null) return [];
  const changed = (Object.keys(info) as (keyof InfoCopy)[]).filter((field) => info[field] !== reference[field]);
  return changed.map((field) => ({ message: `${field} is ${shown(info[field])} ${when}, it was ${shown(reference[field])}` }));
}

function shown(value: InfoCopy[keyof InfoCopy]): string {
  return typeof value === 'bigint' ? `0x${value.toString(16)}` : JSON.stringify(value);
}
