// A plugin can be started again and again in a process that has little of everything.
import { performance } from 'node:perf_hooks';
import { defineCheck } from '../../check.ts';

const cycles = 40;
const room = 16;
/** CPU time, so that a machine that is busy with other things changes nothing: a quick plugin makes all cycles within it. */
const budgetMs = 75;
/** A slow plugin that has lost no file after so many is believed. */
const fewest = 6;
/** One that loses a file in each has none left after so many. */
const enough = room + 2;
/** Of any time, well within the deadline: a start may take a second. */
const longestMs = 3000;

const check = defineCheck({
  id: 'lifecycle/many-cycles',
  title: 'mvas_init and mvas_cleanup can be repeated many times in a process that may open only 16 further files',
  why: 'Each recipe change is one such cycle; what is lost in each runs out after a week, always on the line.',
  fix: 'Close in mvas_cleanup every file, socket and thread that mvas_init has opened.',
  spec: 'abi.md#states',
  blind:
    'What runs out only after more than forty cycles, of slow plugins what is lost from the seventh on or in more than 3 s, and means other than files.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'memory',
  needs: ['mvas_init', 'mvas_cleanup', 'mvas_get_error'],
  run({ plugin, process }) {
    // what a runtime opens once for the whole process is open after this
    plugin.start();
    plugin.cleanup();
    const held = process.descriptors().size;
    const [start, startMs] = [performance.now(), process.cpuTimeMs()];
    let made = 0;
    const isOver = (least: number) =>
      made >= cycles || performance.now() - start > longestMs || (made >= least && process.cpuTimeMs() - startMs > budgetMs);
    const makeWithRoom = (files: number, least: number) =>
      process.withLimit('files', files, () => {
        for (; !isOver(least); made++) {
          const code = plugin.init();
          if (code !== 0) return { code, text: plugin.getError() };
          plugin.cleanup();
        }
        return undefined;
      });
    const early = makeWithRoom(room, fewest);
    const lost = process.descriptors().size - held;
    const failed = early ?? (lost > 0 ? makeWithRoom(Math.max(0, room - lost), enough) : undefined);
    if (failed === undefined) return [];
    if (made === 0)
      return [
        { message: `mvas_init needs more than ${room} files at once, so that the cycles were not made: ${failed.text}`, severity: 'info' },
      ];
    const message = `mvas_init number ${made + 1} with room for ${room} files returns ${failed.code}: ${failed.text}`;
    return [{ message, data: { cycle: made + 1, code: failed.code } }];
  },
});
export default check;
