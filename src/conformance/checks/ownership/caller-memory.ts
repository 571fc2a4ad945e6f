// The caller's memory is the caller's.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';

const check = defineCheck({
  id: 'ownership/caller-memory',
  title: 'mvas_infer and mvas_free_result write the 80 bytes of the result struct and never free it, nor anything that was not allocated',
  why: 'Hosts keep the struct on their stack: to free it, or to write behind it, destroys the host’s own variables.',
  fix: 'Free the buffers alone, never result itself and never decision where it is a literal; compile with the header’s own struct.',
  spec: 'abi.md#mvas_free_result',
  blind: 'Other memory of the caller.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'memory',
  joins: true,
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error', 'mvas_free_result'],
  run({ plugin, image, guardedResult }) {
    plugin.start();
    const nominal = image();
    const flat = [0, 255].map((value) => ({ ...nominal, pixels: new Uint8Array(nominal.pixels.length).fill(value) }));
    const findings: Finding[] = [];
    for (const picture of [nominal, ...flat, image({ width: 7, height: 5 })]) {
      const struct = guardedResult();
      const code = plugin.inferInto(picture, struct);
      const decision = code === 0 ? plugin.copy(struct).decision : undefined;
      plugin.freeResult(struct);
      const again = code === 0 ? plugin.infer(picture).result?.decision : undefined;
      if (again !== decision)
        findings.push({
          message: `after mvas_free_result the decision for the same image is ${JSON.stringify(again)}, which was ${JSON.stringify(decision)}`,
        });
    }
    return findings;
  },
});
export default check;
