import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { before, describe } from 'mocha';
import { replaceWorkspace } from '../support/replaceWorkspace';
import { runMocha } from '../support/runMocha';

/** A folder of test/host whose tests run in this window. */
interface Suite {
  readonly name: string;
  /** Its built tests. */
  readonly bundle: string;
  /** Folder with the initial files of its tests. */
  readonly workspace: string | undefined;
}

/** Runs tests inside the extension host of a desktop or a server; writes the results to a file. */
export async function run(): Promise<void> {
  const resultsFile = variable('CALLBOARD_TEST_RESULTS');
  const suites = JSON.parse(variable('CALLBOARD_TEST_SUITES')) as readonly Suite[];
  await runMocha({
    load: () => suites.forEach(register),
    grep: process.env.CALLBOARD_TEST_GREP,
    forbidOnly: !!process.env.CI,
    report: results => writeFileSync(resultsFile, JSON.stringify(results, undefined, 2)),
  });
}

/** Registers the tests of a suite. The window opens with the files of the first. */
function register({ name, bundle, workspace }: Suite, index: number): void {
  const { load } = createRequire(bundle)(bundle) as { load(): void };
  describe(name, () => {
    before('opens its workspace', async () => {
      if (index > 0 && workspace !== undefined) await replaceWorkspace(workspace);
    });
    load();
  });
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set.`);
  return value;
}
