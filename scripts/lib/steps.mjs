import { StepFailure } from './failure.mjs';
import { isStopping, tail } from './processes.mjs';

/**
 * Runs a step, and prints its title and duration.
 *
 * @template T
 * @param {string} title what is being done, as a person would say it
 * @param {(note: (text: string) => void) => T | Promise<T>} work `note` prints a line below the title
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const began = performance.now();
  console.log(`▸ ${title}`);
  try {
    const result = await work(text => console.log(`  ${text}`));
    console.log(`  done in ${seconds(performance.now() - began)}`);
    return result;
  } catch (error) {
    if (!isStopping()) console.log(`  failed after ${seconds(performance.now() - began)}`);
    throw error;
  }
}

/** @param {number} milliseconds */
export const seconds = milliseconds => `${(milliseconds / 1000).toFixed(1)} s`;

/**
 * Prints why a step failed and what to do about it.
 *
 * @param {unknown} error
 */
export function printFailure(error) {
  if (isStopping()) return;
  if (!(error instanceof StepFailure)) {
    console.error(error);
    return;
  }
  if (error.logFile) {
    const end = tail(error.logFile);
    if (end) console.error(end.replace(/^/gm, '  | '));
  }
  console.error(`✗ ${error.message}${error.advice ? ` ${error.advice}` : ''}`);
  if (error.logFile) console.error(`  The whole log: ${error.logFile}`);
}
