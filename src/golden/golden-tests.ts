// Golden references as vitest tests: one for each image, and the report in the project.
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readExpectedResults } from './expected-results.ts';
import { lineText } from './golden-line.ts';
import { writeReport } from './golden-report.ts';
import { type GoldenSession, imagesOf, openGoldenSession } from './golden-session.ts';
import { folderSubject } from './open-subject.ts';

/**
 * Registers one test an image of the project that `folder` belongs to (default: where vitest was started). Await it at the
 * top of a test file.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` outside of a project, `NOTHING_TESTED` without pictures.
 */
export async function goldenTests(folder = '.'): Promise<void> {
  const subject = await folderSubject(resolve(folder));
  const images = await imagesOf(subject, await readExpectedResults(subject.expectedResults));
  describe('golden references', () => {
    let session: GoldenSession;
    let compared = 0;
    beforeAll(async () => {
      session = await openGoldenSession(subject);
    });
    test.each(images)('%s gives the recorded result', async (image) => {
      const { status, reasons, lines } = await session.compare(image);
      compared += 1;
      const problems = [...reasons, ...lines.filter(({ ok }) => !ok).map(lineText)];
      expect(problems, `${image}: ${status}`).toEqual([]);
    });
    afterAll(async () => {
      // a run of some tests is no evidence for all
      if (compared === images.length) await writeReport('golden', subject, session.report());
      await session?.close();
    });
  });
}
