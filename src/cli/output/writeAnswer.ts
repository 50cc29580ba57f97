/**
 * Writes an answer of the launcher, which contains no untrusted text. Unlike `processTerminal`, it needs little code.
 *
 * @param exitCode - code to exit with when output is lost
 */
export function writeAnswer(text: string, exitCode: number): void {
  const { stdout, stderr } = process;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader may close the pipe early.
    if (error.code === 'EPIPE') return;
    stderr.write(`callboard: cannot write: ${error.message}\n`);
    process.exit(exitCode);
  });
  stdout.write(text);
}
