import { mkdir, rm, chmod } from 'node:fs/promises';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hostTestBuilds, productBuilds, testExtensionBuilds } from './lib/bundles.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { StepFailure } from './lib/failure.mjs';
import { generateSources } from './lib/generated.mjs';
import { formatHelp, parseOptions } from './lib/options.mjs';
import { inProject } from './lib/project.mjs';
import { runMain, seconds } from './lib/steps.mjs';

/** @type {Record<string, import('./lib/options.mjs').OptionSpec>} */
const table = {
  production: { type: 'flag', help: 'minified, without source maps: what the .vsix contains' },
  watch: { type: 'flag', help: 'build again whenever a source file changes' },
  tests: { type: 'flag', help: 'also bundle the in-host tests into out/test/host' },
  help: { type: 'flag', help: 'print this' },
};

await runMain(async () => {
  const { options } = parseOptions(process.argv.slice(2), table);
  if (options.help) {
    console.log(formatHelp('npm run build [-- OPTIONS]', table));
    return 0;
  }
  await ensureDependencies();
  await generateSources();
  // Not a static import: it is one of the dependencies that may just have been installed.
  const esbuild = await import('esbuild');
  const production = options.production === true;
  const builds = [
    ...productBuilds({ production }),
    ...(options.tests ? [...hostTestBuilds(), ...testExtensionBuilds()] : []),
  ];
  if (production) await removeSourceMaps();
  await mkdir(inProject('dist'), { recursive: true });

  if (options.watch) {
    const contexts = await Promise.all(builds.map(build => esbuild.context(build)));
    await Promise.all(contexts.map(context => context.watch()));
    console.log('Watching for changes; Ctrl-C ends it.');
    await new Promise(() => {});
  }
  const began = performance.now();
  const results = await Promise.allSettled(builds.map(build => esbuild.build(build)));
  // esbuild has already printed what is wrong, with file and line.
  const failed = builds.filter((_, index) => results[index]?.status === 'rejected');
  if (failed.length) {
    throw new StepFailure(`The build of ${failed.map(build => build.outfile).join(', ')} failed.`, {
      advice: 'The errors above name the file and the line.',
    });
  }
  const cli = inProject('dist', 'cli.js');
  if (existsSync(cli)) await chmod(cli, 0o755);
  console.log(
    `Built ${builds.map(build => build.outfile).join(', ')} (${seconds(performance.now() - began)})`,
  );
  return 0;
});

/** Source maps of earlier development builds do not belong into a .vsix. */
async function removeSourceMaps() {
  for (const folder of ['dist', join('dist', 'browser')]) {
    if (!existsSync(inProject(folder))) continue;
    for (const name of readdirSync(inProject(folder))) {
      if (name.endsWith('.map')) await rm(inProject(folder, name));
    }
  }
}
