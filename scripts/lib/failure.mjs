/**
 * A step that could not be done, together with the one sentence a person needs: what to do about
 * it. Everything else that is thrown is a bug of the scripts and is printed with its stack.
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
