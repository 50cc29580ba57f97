import { ensureDependencies } from './lib/dependencies.mjs';
import { runMain } from './lib/main.mjs';
import { packageExtension } from './lib/packageExtension.mjs';
import { formatHelp, parseOptions } from './lib/options.mjs';

/** @type {Record<string, import('./lib/options.mjs').OptionSpec>} */
const table = { help: { type: 'flag', help: 'print this' } };

await runMain(async () => {
  const { options } = parseOptions(process.argv.slice(2), table);
  if (options.help) {
    console.log(formatHelp('npm run package', table));
    return 0;
  }
  await ensureDependencies();
  await packageExtension({ force: true });
  return 0;
});
