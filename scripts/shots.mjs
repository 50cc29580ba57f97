import { ensureDependencies } from './lib/dependencies.mjs';
import { StepFailure } from './lib/failure.mjs';
import { generateSources } from './lib/generated.mjs';
import { runCommand } from './lib/main.mjs';
import { packageExtension } from './lib/packageExtension.mjs';
import { inProject } from './lib/project.mjs';
import { runNode } from './lib/processes.mjs';

/** @type {import('./lib/main.mjs').CommandLine} */
const commandLine = {
  usage: 'npm run shots   takes pictures in each color theme',
  options: {
    folder: { type: 'value', placeholder: 'DIR', help: 'what to open (default: demo/)' },
  },
};

// Screenshots to look at: test/e2e/shots/*.shots.ts write them to out/shots, one per color theme.
await runCommand(commandLine, async options => {
  await ensureDependencies();
  await generateSources();
  const CALLBOARD_VSIX = await packageExtension();
  const env = {
    ...process.env,
    CALLBOARD_VSIX,
    CALLBOARD_SHOTS_FOLDER: String(options.folder ?? 'demo'),
  };
  const { code } = await runNode(
    inProject('node_modules', 'vitest', 'vitest.mjs'),
    ['run', '--config', 'test/e2e/vitest.config.mts', '--mode', 'shots'],
    { cwd: inProject(), echo: true, env },
  );
  if (code !== 0) throw new StepFailure('Not all pictures could be taken.');
  console.log(`The pictures are in ${inProject('out', 'shots')}.`);
  return 0;
});
