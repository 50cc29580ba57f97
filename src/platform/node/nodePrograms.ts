import type { ProgramRunner } from '../core/ports';

/** Runs programs of this machine; the implementation is loaded with the first run. */
export const nodePrograms: ProgramRunner = {
  run: async (program, run) => (await import('./runProgram')).runProgram(program, run),
};
