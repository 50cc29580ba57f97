import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Browser tests. vitest runs them instead of Playwright's runner: the tests need the same fixtures,
// filters, expectations and report as all others, playwright-core drives the browser, and one
// runner fewer means one way fewer to write a test.
export default defineConfig(({ mode }) => ({
  test: {
    // `npm run shots` takes pictures with the same setup.
    include:
      mode === 'shots'
        ? ['test/e2e/shots/*.shots.ts']
        : mode === 'measure'
          ? // Measurements in a browser, which are printed.
            ['test/component/**/*.measure.ts']
          : ['test/component/**/*.test.ts', 'test/e2e/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    // Loaded modules and builds are shared by all files.
    isolate: false,
    // A window waits most of the time, for its server, for files and for rendering. Measurements run alone, and so
    // does the first run, which packs the extension.
    maxWorkers:
      mode === 'test' && process.env.CALLBOARD_VSIX ? Math.min(2, availableParallelism()) : 1,
    // Ends hanging tests. A busy machine isn't a failed test.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // The same timeout as for other waits in the window.
    expect: { poll: { timeout: 45_000 } },
  },
}));
