// A result stays while the next one is made.
import { defineCheck } from '../../check.ts';
import type { NativeResult } from '../../check-context.ts';
import type { Finding } from '../../finding.ts';
import { differences } from '../../plugin-copies.ts';

const buffers = ['anomaly_map', 'bboxes', 'visualization'] as const;

const check = defineCheck({
  id: 'ownership/two-results',
  title: 'A result stays valid and unchanged while other images are inspected, until mvas_free_result of it',
  why: 'Hosts show the last part while the next is inspected: the picture on the screen turns into that of another part.',
  fix: 'Allocate each result’s buffers anew and free them in mvas_free_result; no static buffer, no buffer of the plugin object.',
  spec: 'abi.md#ownership',
  blind: 'Buffers that are shared only among more than three results.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  joins: true,
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  uses: ['mvas_free_result'],
  run({ plugin, exports, image, result }) {
    plugin.start();
    const nominal = image();
    const dark = { ...nominal, pixels: nominal.pixels.map((value) => value >> 2) };
    // memory that was released before may come back for more than one of them
    for (const picture of [nominal, dark]) plugin.inspect(picture);
    const frees = exports('mvas_free_result');
    // without mvas_free_result a result need not outlive the next inspection
    const severity = frees ? 'error' : 'info';
    const live: { struct: NativeResult; copy: ReturnType<typeof plugin.copy>; words: string }[] = [];
    const findings: Finding[] = [];
    for (const [index, picture] of [nominal, dark, image()].entries()) {
      const struct = result(0);
      const code = plugin.inferInto(picture, struct);
      if (code !== 0) return [{ message: `mvas_infer returns ${code} while ${index} other results are alive: ${plugin.getError()}` }];
      findings.push(
        ...live.flatMap((other) =>
          shared(other.struct, struct).map(
            (field) => ({ message: `${field} of two live results is the same memory`, severity, data: { field } }) as const,
          ),
        ),
      );
      if (frees)
        for (const other of live) findings.push(...changed(other, `after ${index === 1 ? 'another inspection' : 'two other inspections'}`));
      live.push({ struct, copy: plugin.copy(struct), words: `result ${index + 1}` });
    }
    // the last first: other orders are for ownership/free-order
    while (frees && findings.length === 0 && live.length > 0) {
      const one = live.pop() as (typeof live)[number];
      plugin.freeResult(one.struct);
      for (const other of live) findings.push(...changed(other, `after mvas_free_result of ${one.words}`));
    }
    return findings.slice(0, 4);

    function changed({ struct, copy, words }: (typeof live)[number], when: string): Finding[] {
      return differences(copy, plugin.copy(struct)).map((text) => ({ message: `${words} changes ${when}: ${text}` }));
    }
  },
});
export default check;

function shared(one: NativeResult, other: NativeResult): string[] {
  return buffers.filter((field) => one.get(field) !== 0n && one.get(field) === other.get(field));
}
