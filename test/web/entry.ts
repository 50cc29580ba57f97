import { runMocha } from '../support/runMocha';
import { readGiven } from './support/given';

/**
 * Runs tests inside the extension host of a browser. It has no files: the results go into the log,
 * in one line that the harness looks for.
 */
export async function runInBrowser(name: string, load: () => void): Promise<void> {
  try {
    const { grep } = await readGiven(name);
    await runMocha({
      load,
      grep,
      forbidOnly: true,
      report: results => console.log(`callboard-test-results:${JSON.stringify(results)}`),
    });
  } catch (error) {
    // The window ends with a number and nothing else.
    console.error(error);
    throw error;
  }
}
