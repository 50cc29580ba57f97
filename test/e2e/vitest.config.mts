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
          ? // What is measured in a browser, and printed.
            ['test/component/**/*.measure.ts']
          : ['test/component/**/*.test.ts', 'test/e2e/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    // What is loaded and built for one file is there for the next.
    isolate: false,
    // A window waits much of the time: for its server, for files, for what is drawn. What is measured has
    // the machine to itself; and where the extension is not packed yet, only one can do that.
    maxWorkers:
      mode === 'test' && process.env.CALLBOARD_VSIX ? Math.min(2, availableParallelism()) : 1,
    // To end what hangs, not to measure: a busy machine is not a failed test.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // As long as the window is waited for elsewhere: a machine that is busy is no failure.
    expect: { poll: { timeout: 45_000 } },
  },
}));
