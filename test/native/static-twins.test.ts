// Checks that read: each broken library fails its own check and no other, and correct ones of other systems fail none.
import { describe, expect, test } from 'vitest';
import { checks } from '../../src/conformance/checks/index.ts';
import { staticContext } from '../../src/conformance/static-context.ts';
import type { Subject } from '../../src/conformance/subject.ts';
import { foreignGood, staticTwins } from '../static-twins.ts';

/** Ids of checks with a warning or an error, with their messages. */
function failures(subject: Subject): { id: string; messages: string[] }[] {
  const context = staticContext(subject);
  return checks.flatMap((check) => {
    if (check.isolation !== 'static') return [];
    const found = check.run(context);
    if ('skip' in found) return found.skip === 'not-reached' ? [{ id: check.id, messages: [found.text] }] : [];
    const bad = found.filter(({ severity }) => (severity ?? check.severity) !== 'info');
    return bad.length === 0 ? [] : [{ id: check.id, messages: bad.map(({ message }) => message) }];
  });
}

describe('broken libraries', () => {
  for (const { id, title, tools, make } of staticTwins)
    test.skipIf(tools.includes(undefined))(`${id} fails for ${title} and nothing else does`, async () => {
      const found = failures(await make());
      expect(found.map((one) => one.id)).toEqual([id]);
      expect(found[0]?.messages.length).toBeGreaterThan(0);
    });
});

describe('correct libraries for other systems', () => {
  for (const { title, tools, make } of foreignGood)
    test.skipIf(tools.includes(undefined))(`${title} fails no check`, async () => {
      expect(failures(await make())).toEqual([]);
    });
});
