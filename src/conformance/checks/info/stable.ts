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
  needs: ['mvas_get_info', 'mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  run({ plugin, image }) {
    const reference = plugin.getInfo();
    const seen: [string, InfoCopy | null][] = [['at the second call', plugin.getInfo()]];
    const look = (when: string) => {
      // what a host sees that kept the pointer, before the plugin is asked again
      if (reference !== null) seen.push([`${when} through the pointer that a host kept`, plugin.infoAt(reference.address)]);
      seen.push([when, plugin.getInfo()]);
    };
    plugin.getError();
    look('after mvas_get_error');
    plugin.init();
    look('after mvas_init');
    plugin.infer(image());
    look('after mvas_infer');
    plugin.infer(image({ format: 'no such format' }));
    look('after an mvas_infer that failed');
    plugin.cleanup();
    look('after mvas_cleanup');
    if (reference === null) return [{ message: 'it returns NULL right after loading' }];
    return seen.flatMap(([when, info]) => compare(reference, info, when)).slice(0, 3);
  },
});
export default check;

function compare(reference: InfoCopy, info: InfoCopy | null, when: string): Finding[] {
  if (info === null) return [{ message: `it returns NULL ${when}` }];
  const changed = (Object.keys(info) as (keyof InfoCopy)[]).filter((field) => info[field] !== reference[field]);
  return changed.map((field) => ({ message: `${field} is ${shown(info[field])} ${when}, it was ${shown(reference[field])}` }));
}

function shown(value: InfoCopy[keyof InfoCopy]): string {
  return typeof value === 'bigint' ? `0x${value.toString(16)}` : JSON.stringify(value);
}
