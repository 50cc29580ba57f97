import { StepFailure } from './failure.mjs';
import { continueOnNewerNode, isNewEnough } from './nodeInstall.mjs';
import { printFailure } from './steps.mjs';

/**
 * Runs a script's main function, on a current Node: a failure is told and becomes the exit code.
 *
 * @param {() => Promise<number | void>} main
 */
export async function runMain(main) {
  try {
    const run = isNewEnough(process.versions.node) ? main : continueOnNewerNode;
    process.exitCode = (await run()) ?? 0;
  } catch (error) {
    printFailure(error);
    process.exitCode = error instanceof StepFailure ? error.exitCode : 1;
  }
}
