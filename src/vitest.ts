// The entry mvas-kit/vitest: the kit's checks as tests of a plugin project.
export { type ConformanceTestOptions, conformanceTests } from './conformance/vitest-tests.ts';
export { goldenTests } from './golden/golden-tests.ts';
export { sdkDriftTests } from './scaffold/sdk-drift-tests.ts';
