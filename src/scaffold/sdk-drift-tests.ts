// The SDK's files in a project as a vitest test: they must be those of the installed kit.
import { expect, test } from 'vitest';
import { openProject } from '../project/project.ts';
import { checkSdkDrift } from './sdk-drift.ts';

/** Registers the test for the project that `folder` belongs to (default: where vitest was started). */
export function sdkDriftTests(folder = '.'): void {
  test('the copies of the SDK are as the installed kit has them', async () => {
    const drift = await checkSdkDrift(await openProject(folder));
    expect(drift.map(({ message }) => message)).toEqual([]);
  });
}
