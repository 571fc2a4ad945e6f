// Results are released in any order, also when the plugin is not ready any more.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { differences } from '../../plugin-copies.ts';

const check = defineCheck({
  id: 'ownership/free-order',
  title: 'mvas_free_result works in any order of results and in any state, after mvas_cleanup too',
  why: 'A host that shuts down cleans the plugin up first and lets go of the last picture later.',
  fix: 'Let each buffer stand for itself, as malloc gives it; no stack of buffers, and nothing that mvas_cleanup destroys under a living result.',
  spec: 'abi.md#mvas_free_result',
  blind: 'Orders of more than four results.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error', 'mvas_free_result'],
  run({ plugin, image, result }) {
    plugin.start();
    const pictures = [image(), image(), image(), image()];
    plugin.inspect(pictures[0] as (typeof pictures)[number]);
    const inspected = (some: typeof pictures) =>
      some.map((picture) => {
        const struct = result(0);
        const code = plugin.inferInto(picture, struct);
        return { struct, isFilled: code === 0 };
      });
    // copied when all are alive: what they share is for ownership/two-results
    const copied = (some: ReturnType<typeof inspected>) =>
      some.map(({ struct, isFilled }) => ({ struct, copy: isFilled ? plugin.copy(struct) : undefined }));
    const findings: Finding[] = [];
    const held = copied(inspected(pictures));
    // neither first in, first out nor last in, first out
    for (const index of [1, 3, 0, 2]) {
      const one = held[index] as (typeof held)[number];
      if (one.copy !== undefined)
        findings.push(
          ...differences(one.copy, plugin.copy(one.struct)).map((text) => ({
            message: `result ${index + 1} changes when others are released: ${text}`,
          })),
        );
      plugin.freeResult(one.struct);
    }
    const [late] = copied(inspected(pictures.slice(0, 1)));
    plugin.cleanup();
    if (late === undefined) return findings;
    if (late.copy !== undefined)
      findings.push(
        ...differences(late.copy, plugin.copy(late.struct)).map((text) => ({
          message: `a result that is not released changes at mvas_cleanup: ${text}`,
        })),
      );
    plugin.freeResult(late.struct);
    plugin.start();
    const { code } = plugin.infer(pictures[0] ?? null);
    if (code !== 0)
      findings.push({ message: `after mvas_free_result behind mvas_cleanup mvas_infer returns ${code}: ${plugin.getError()}` });
    return findings;
  },
});
export default check;
