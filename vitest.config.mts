import { defineConfig } from 'vitest/config';

// Unit tests only: plain Node, no editor. The browser tests have a configuration of their own in
// test/e2e, the in-host tests run under mocha inside VS Code.
export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts'],
    environment: 'node',
    // Each file keeps its own module graph, but processes are not needed for that.
    pool: 'threads',
    restoreMocks: true,
    setupFiles: ['test/support/repeatableProperties.ts'],
    // To end what hangs, not to measure: a busy machine is not a failed test.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
