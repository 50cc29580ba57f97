import { checks } from './lib/checks.mjs';
import { runMain } from './lib/main.mjs';
import { runChecks } from './lib/runChecks.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { generateSources } from './lib/generated.mjs';
import { formatHelp, parseOptions } from './lib/options.mjs';
import { StepFailure } from './lib/failure.mjs';

/** @type {Record<string, import('./lib/options.mjs').OptionSpec>} */
const table = { help: { type: 'flag', help: 'print this' } };

await runMain(async () => {
  const { options, positionals } = parseOptions(process.argv.slice(2), table, {
    positionals: true,
  });
  if (options.help) {
    const names = checks.map(check => check.name).join(', ');
    console.log(formatHelp(`npm run check [-- NAME…]   (names: ${names})`, table));
    return 0;
  }
  const wanted = checks.filter(check => !positionals.length || positionals.includes(check.name));
  const unknown = positionals.filter(name => !checks.some(check => check.name === name));
  if (unknown.length) {
    throw new StepFailure(`There is no check named ${unknown.join(', ')}.`, {
      advice: `The checks are: ${checks.map(check => check.name).join(', ')}.`,
      exitCode: 2,
    });
  }
  await ensureDependencies();
  await generateSources();
  const { passed, failed } = await runChecks(wanted);
  console.log(`${passed} passed, ${failed} failed`);
  return failed ? 1 : 0;
});
