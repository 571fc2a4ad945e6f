// Checks that read: each broken library fails its own check and no other, and correct ones of other systems fail none.
import { describe, expect, test } from 'vitest';
import { checks } from '../../src/conformance/checks/index.ts';
import { staticContext } from '../../src/conformance/static-context.ts';
import type { Subject } from '../../src/conformance/subject.ts';
import { correctReleases, releaseTwins } from '../release-twins.ts';
import { foreignGood, staticTwins } from '../static-twins.ts';

/** Ids of checks with a warning or an error, with their messages. */
async function failures(subject: Subject): Promise<{ id: string; messages: string[] }[]> {
  const context = staticContext(subject);
  const failing: { id: string; messages: string[] }[] = [];
  for (const check of checks) {
    if (check.isolation !== 'static') continue;
    const found = await check.run(context);
    if ('skip' in found) {
      if (found.skip === 'not-reached') failing.push({ id: check.id, messages: [found.text] });
      continue;
    }
    const bad = found.filter(({ severity }) => (severity ?? check.severity) !== 'info');
    if (bad.length > 0) failing.push({ id: check.id, messages: bad.map(({ message }) => message) });
  }
  return failing;
}

describe('broken libraries', () => {
  for (const { id, title, tools, make } of [...staticTwins, ...releaseTwins])
    test.skipIf(tools.includes(undefined))(`${id} fails for ${title} and nothing else does`, async () => {
      const found = await failures(await make());
      expect(found.map((one) => one.id)).toEqual([id]);
      expect(found[0]?.messages.length).toBeGreaterThan(0);
    });
});

describe('correct libraries of other systems and in releases', () => {
  for (const { title, tools, make } of [...foreignGood, ...correctReleases])
    test.skipIf(tools.includes(undefined))(`${title} fails no check`, async () => {
      expect(await failures(await make())).toEqual([]);
    });
});
