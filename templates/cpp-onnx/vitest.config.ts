import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  // Verbose: every check and every image has its line, also when all is well.
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['verbose'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    // `npx vitest --watch` tests again after each build, and when model, settings or references change.
    forceRerunTriggers: [
      ...configDefaults.forceRerunTriggers,
      ...['**/manifest.json', '**/conformance.baseline.json', '**/bin/**', '**/models/**', '**/config/**'],
      ...['**/test/expected_results.json', '**/test/expected/**', '**/test/test_images/**'],
    ],
  },
});
