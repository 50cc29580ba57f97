import Mocha from 'mocha';

/** Mocha's statistics, and the tests that ran. */
export type MochaResults = Omit<Mocha.Stats, 'tests'> & { readonly tests: readonly TestResult[] };

interface TestResult {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'pending';
  readonly milliseconds?: number;
  readonly error?: string;
}

export interface MochaOptions {
  /** Requires the test files, which then register their suites with mocha's functions. */
  load(): void;
  /** Runs only tests with this text in their name. */
  readonly grep: string | undefined;
  readonly forbidOnly: boolean;
  /**
   * File for the results after the last test. A killed extension host exits with success, so the harness relies only on
   * this file.
   */
  report(results: MochaResults): void;
}

/** Runs tests inside an extension host. Rejects when one failed. */
export async function runMocha(options: MochaOptions): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    // The browser's default reporter writes into a page, which a worker doesn't have.
    reporter: 'spec',
    color: false,
    // Ends hanging tests, later than `eventually` gives up, because a busy machine isn't a failed test.
    timeout: 180_000,
    forbidOnly: options.forbidOnly,
    ...(options.grep ? { fgrep: options.grep } : {}),
  });
  // mocha does the same for each file that it loads. The bundle is one file.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  options.load();
  const tests: TestResult[] = [];
  const failures = await new Promise<number>((resolve, reject) => {
    const runner = mocha.run(count => {
      const { stats } = runner;
      if (!stats) return reject(new Error('Mocha did not count.'));
      options.report({ ...stats, tests });
      resolve(count);
    });
    // Failures of hooks have no 'test end', so that each outcome is recorded by its own event.
    runner.on('pass', test =>
      tests.push({ title: test.fullTitle(), state: 'passed', milliseconds: test.duration }),
    );
    runner.on('pending', test => tests.push({ title: test.fullTitle(), state: 'pending' }));
    runner.on('fail', (test, error: Error) =>
      tests.push({
        title: test.fullTitle(),
        state: 'failed',
        milliseconds: test.duration,
        error: error.stack ?? String(error),
      }),
    );
  });
  if (failures) throw new Error(`${failures} tests failed.`);
}
