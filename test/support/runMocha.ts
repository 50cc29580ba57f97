import Mocha from 'mocha';

/** Mocha's own numbers, and what ran. */
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
  /** Only tests with this in their name. */
  readonly grep: string | undefined;
  readonly forbidOnly: boolean;
  /**
   * Where the results go after the last test: a killed extension host is reported as a success, so
   * that the harness believes only what it finds there.
   */
  report(results: MochaResults): void;
}

/** Runs tests inside an extension host. Rejects when one failed. */
export async function runMocha(options: MochaOptions): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    // Its default in a browser writes into a page, which a worker does not have.
    reporter: 'spec',
    color: false,
    // To end what hangs, and later than `eventually` gives up: a busy machine is not a failed test.
    timeout: 180_000,
    forbidOnly: options.forbidOnly,
    ...(options.grep ? { fgrep: options.grep } : {}),
  });
  // What mocha itself does around each file it loads; the bundle is one file.
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
