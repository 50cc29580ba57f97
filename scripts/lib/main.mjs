import { StepFailure } from './failure.mjs';
import { formatHelp, parseOptions } from './options.mjs';
import { continueOnNewerNode, isNewEnough } from './nodeInstall.mjs';
import { printFailure } from './steps.mjs';

/**
 * Runs a script's main function on a current Node. Prints failures and sets the exit code.
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

/**
 * @typedef {object} CommandLine
 * @property {string} usage first line of the help
 * @property {Record<string, import('./options.mjs').OptionSpec>} [options]
 * @property {boolean} [positionals] whether words without `--` are allowed
 */

/**
 * Runs a script with a command line. `--help` prints its options.
 *
 * @param {CommandLine} line
 * @param {(options: ReturnType<typeof parseOptions>['options'], positionals: string[]) => Promise<number | void>} main
 */
export const runCommand = ({ usage, options: ownOptions, positionals: allowed }, main) =>
  runMain(async () => {
    /** @type {Record<string, import('./options.mjs').OptionSpec>} */
    const table = { ...ownOptions, help: { type: 'flag', help: 'print this' } };
    const { options, positionals } = parseOptions(process.argv.slice(2), table, {
      positionals: allowed,
    });
    if (!options.help) return main(options, positionals);
    console.log(formatHelp(usage, table));
  });
