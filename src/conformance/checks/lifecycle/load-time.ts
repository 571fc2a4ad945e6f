// Listing plugins is quick.
import { defineCheck } from '../../check.ts';

const budgetMs = 1000;

const check = defineCheck({
  id: 'lifecycle/load-time',
  title: 'Loading the library and mvas_get_info take at most one second of CPU time',
  why: 'A host loads every plugin to list them; slow constructors add up to a start that looks like a hang.',
  fix: 'Do the work in mvas_init: no model, table or device in static constructors or in mvas_get_info.',
  spec: 'abi.md#loading',
  blind: 'Time in which the plugin only waits, for a licence server for example.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'child',
  untouched: true,
  needs: ['mvas_get_info'],
  run({ plugin, load, unload, process }) {
    const time = () => {
      const before = process.cpuTimeMs();
      load({ global: false });
      plugin.getInfo();
      const took = process.cpuTimeMs() - before;
      unload();
      return took;
    };
    const times = [time(), time()];
    // two quick ones acquit it, of three the median counts
    if (times.some((took) => took > budgetMs)) times.push(time());
    const tookMs = Math.round(times.sort((a, b) => a - b)[1] ?? 0);
    return tookMs > budgetMs ? [{ message: `it takes ${tookMs} ms of CPU time, more than ${budgetMs}`, data: { tookMs } }] : [];
  },
});
export default check;
