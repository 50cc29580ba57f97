import { ensureDependencies } from './lib/dependencies.mjs';
import { StepFailure } from './lib/failure.mjs';
import { generateSources } from './lib/generated.mjs';
import { runMain } from './lib/main.mjs';
import { formatHelp, parseOptions } from './lib/options.mjs';
import { packageExtension } from './lib/packageExtension.mjs';
import { inProject } from './lib/project.mjs';
import { runNode } from './lib/processes.mjs';

/** @type {Record<string, import('./lib/options.mjs').OptionSpec>} */
const table = {
  folder: { type: 'value', placeholder: 'DIR', help: 'what to open (default: demo/)' },
  help: { type: 'flag', help: 'print this' },
};

// Pictures to look at, not tests: test/e2e/shots/*.shots.ts write them into out/shots, one of each
// per colour theme.
await runMain(async () => {
  const { options } = parseOptions(process.argv.slice(2), table);
  if (options.help) {
    console.log(formatHelp('npm run shots   takes pictures in each colour theme', table));
    return 0;
  }
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
