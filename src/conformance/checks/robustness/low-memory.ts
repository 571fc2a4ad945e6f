// A plugin survives when memory runs out.
import { defineCheck } from '../../check.ts';
import type { CheckContext } from '../../check-context.ts';
import type { Finding } from '../../finding.ts';
import { describeImage } from '../../test-image.ts';

const rooms = [64, 256, 1024, 8192].map((kib) => kib * 1024);

const check = defineCheck({
  id: 'robustness/low-memory',
  title: 'mvas_init and mvas_infer return a code when there is no memory, and work again when there is',
  why: 'A large image or a second plugin may take the last megabyte; a code loses one part, an abort the whole line.',
  fix: 'Look at what malloc returns, and turn std::bad_alloc into MVAS_ERROR_OUT_OF_MEMORY around the whole function.',
  spec: 'abi.md#return-codes',
  blind: 'Small allocations, which still find room, and memory of devices.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'memory',
  excused: {
    'cannot allocate memory for thread-local data': 'the C library itself ends a process that has no memory for a new thread',
    'v8::internal::': 'Node itself needed memory during the call',
  },
  needs: ['mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  run(context) {
    const { plugin, process } = context;
    plugin.start();
    plugin.cleanup();
    const findings: Finding[] = [];
    for (const room of rooms) {
      const code = process.withLimit('data', room, () => plugin.init());
      findings.push(...outOfMemory(code, `mvas_init with room for ${room / 1024} KiB`));
      plugin.cleanup();
    }
    plugin.start();
    findings.push(...inferences(context));
    plugin.cleanup();
    const again = plugin.init();
    if (again !== 0) findings.push({ message: `mvas_init returns ${again} when there is memory again: ${plugin.getError()}` });
    return findings;
  },
});
export default check;

type Needed = (typeof check)['needs'][number];

function inferences({ plugin, process, image, result }: CheckContext<Needed>): Finding[] {
  const pictures = [image(), image({ width: 1031, height: 517 })];
  return pictures.flatMap((picture) => {
    const struct = result(0);
    plugin.inferInto(picture, struct); // lends the memory that is used again below
    return rooms.slice(0, 2).flatMap((room) => {
      const code = process.withLimit('data', room, () => plugin.inferInto(picture, struct));
      return outOfMemory(code, `mvas_infer of ${describeImage(picture)} with room for ${room / 1024} KiB`);
    });
  });
}

function outOfMemory(code: number, words: string): Finding[] {
  return [0, -1, -4, -6, -7].includes(code)
    ? []
    : [{ message: `${words} returns ${code}, neither success nor a failure for want of memory` }];
}
