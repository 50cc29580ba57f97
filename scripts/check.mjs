import { checks } from './lib/checks.mjs';
import { runCommand } from './lib/main.mjs';
import { runChecks } from './lib/runChecks.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { generateSources } from './lib/generated.mjs';
import { StepFailure } from './lib/failure.mjs';

const names = checks.map(check => check.name).join(', ');
const usage = `npm run check [-- NAME…]   (names: ${names})`;

await runCommand({ usage, positionals: true }, async (_options, positionals) => {
  const wanted = checks.filter(check => !positionals.length || positionals.includes(check.name));
  const unknown = positionals.filter(name => !checks.some(check => check.name === name));
  if (unknown.length) {
    throw new StepFailure(`There is no check named ${unknown.join(', ')}.`, {
      advice: `The checks are: ${names}.`,
      exitCode: 2,
    });
  }
  await ensureDependencies();
  await generateSources();
  const { passed, failed } = await runChecks(wanted);
  console.log(`${passed} passed, ${failed} failed`);
  return failed ? 1 : 0;
});
