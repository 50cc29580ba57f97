/** Environment variables by name. */
export type Environment = ReadonlyMap<string, string>;

/** Input and limits of a program. */
export interface ProgramRun {
  readonly args: readonly string[];
  /** The standard input. */
  readonly input: string;
  /** Environment variables in addition to those that every program needs. */
  readonly environment: Readonly<Record<string, string>>;
  /** The maximum run time in milliseconds; the program is killed after that. */
  readonly timeout: number;
  /** The maximum size of the output in bytes; the program is killed beyond that. */
  readonly maxOutput: number;
  readonly signal?: AbortSignal | undefined;
}

/** The result of a program: it ended, doesn't exist, or was killed. */
export type ProgramResult =
  | {
      readonly type: 'ended';
      readonly code: number;
      readonly output: string;
      readonly errors: string;
    }
  | { readonly type: 'missing' | 'timeout' | 'excess' };

/** Runs programs of the machine. Only for trusted workspaces. */
export interface ProgramRunner {
  /**
   * Runs a program without a shell, outside the folders of the workspace.
   *
   * @param program - an absolute path, or a name that is looked up in `PATH`
   * @throws AbortError when the signal is aborted; all started processes have ended then, or are about to
   */
  run(program: string, run: ProgramRun): Promise<ProgramResult>;
}
