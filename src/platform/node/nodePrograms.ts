import type { ProgramRunner } from '../core/ports';

/** The programs of this machine; what runs them is loaded with the first. */
export const nodePrograms: ProgramRunner = {
  run: async (program, run) => (await import('./runProgram')).runProgram(program, run),
};
