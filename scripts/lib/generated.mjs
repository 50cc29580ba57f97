import { existsSync } from 'node:fs';
import { StepFailure } from './failure.mjs';
import { inProject } from './project.mjs';
import { runNode } from './processes.mjs';

/** Scripts that generate source. They return quickly if their output is up to date. */
const generators = [
  'generateValidators.mjs',
  'generateStructureSchemas.mjs',
  'generateActions.mjs',
  'generateApiSchemas.mjs',
];

/** Generates the source code that bundles, types and unit tests need. */
export async function generateSources() {
  for (const name of generators) {
    const script = inProject('scripts', name);
    if (!existsSync(script)) continue;
    const logFile = inProject('out', 'logs', `${name}.log`);
    const { code } = await runNode(script, [], { cwd: inProject(), logFile });
    if (code !== 0) {
      throw new StepFailure(`scripts/${name} failed.`, {
        advice: 'Its message above says which input it could not use, or not download.',
        logFile,
      });
    }
  }
}
