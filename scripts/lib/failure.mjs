/**
 * An expected failure of a step, with advice for the user. All other errors are bugs of the scripts and are printed
 * with their stacks.
 */
export class StepFailure extends Error {
  /**
   * @param {string} message what went wrong, as one sentence
   * @param {{ advice?: string, logFile?: string, exitCode?: number }} [details]
   */
  constructor(message, { advice, logFile, exitCode = 1 } = {}) {
    super(message);
    this.name = 'StepFailure';
    this.advice = advice;
    this.logFile = logFile;
    this.exitCode = exitCode;
  }
}
