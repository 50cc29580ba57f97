/** Environment variables, by their names. */
export type Environment = ReadonlyMap<string, string>;

export interface ProgramRun {
  readonly args: readonly string[];
  /** What the program reads. */
  readonly input: string;
  /** Variables besides those that any program needs. */
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds after which it is ended. */
  readonly timeout: number;
  /** It is ended when it has written more bytes. */
  readonly maxOutput: number;
  readonly signal?: AbortSignal | undefined;
}

/** What came of a program: it ended, there is no such program, or it was ended. */
export type ProgramResult =
  | {
      readonly type: 'ended';
      readonly code: number;
      readonly output: string;
      readonly errors: string;
    }
  | { readonly type: 'missing' | 'timeout' | 'excess' };

/** Programs of the machine. Not for what has not been trusted. */
export interface ProgramRunner {
  /**
   * Runs a program without a shell, in no folder of the workspace.
   *
   * @param program - an absolute path, or a name that is looked for where programs are
   * @throws AbortError when the signal is aborted; all that was started has ended then, or is about to
   */
  run(program: string, run: ProgramRun): Promise<ProgramResult>;
}
