// The entry mvas-kit/vitest: the kit's checks as tests of a plugin project.
import { type ConformanceTestOptions, registerConformanceTests } from './conformance/vitest-tests.ts';

export { goldenTests } from './golden/golden-tests.ts';
export { sdkDriftTests } from './scaffold/sdk-drift-tests.ts';
export type { ConformanceTestOptions };

/**
 * Registers one test per check on the project's built library; call it at the top level of a test file.
 * Without a build the first test fails and says how to build, the others are skipped.
 */
export function conformanceTests(options: ConformanceTestOptions = {}): void {
  registerConformanceTests(options, process.env);
}
