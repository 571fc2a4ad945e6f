import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Verbose: every check and every image has its line, also when all is well.
  test: { include: ['test/**/*.test.ts'], reporters: ['verbose'], testTimeout: 120_000, hookTimeout: 300_000 },
});
