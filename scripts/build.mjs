import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  hostTestBuilds,
  productBuilds,
  testExtensionBuilds,
  webTestBuilds,
} from './lib/bundles.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { StepFailure } from './lib/failure.mjs';
import { generateSources } from './lib/generated.mjs';
import { runCommand } from './lib/main.mjs';
import { inProject } from './lib/project.mjs';
import { seconds } from './lib/steps.mjs';

/** @type {import('./lib/main.mjs').CommandLine} */
const commandLine = {
  usage: 'npm run build [-- OPTIONS]',
  options: {
    development: {
      type: 'flag',
      help: 'larger and slower, with source maps and the names of functions; what ships has neither',
    },
    watch: {
      type: 'flag',
      help: 'build for development, and again whenever a source file changes',
    },
    tests: { type: 'flag', help: 'bundle the in-host tests into out/test, and nothing else' },
    metafiles: {
      type: 'value',
      placeholder: 'FILE',
      help: 'write what esbuild says about the bundles, as JSON',
    },
  },
};

await runCommand(commandLine, async options => {
  await ensureDependencies();
  await generateSources();
  // Not a static import, because the dependency may have been installed just now.
  const esbuild = await import('esbuild');
  const production = options.development !== true && options.watch !== true;
  const builds = options.tests
    ? [...hostTestBuilds(), ...webTestBuilds(), ...testExtensionBuilds()]
    : productBuilds({ production });
  await mkdir(inProject('dist'), { recursive: true });

  if (options.watch) {
    const contexts = await Promise.all(builds.map(build => esbuild.context(build)));
    await Promise.all(contexts.map(context => context.watch()));
    console.log('Watching for changes; Ctrl-C ends it.');
    await new Promise(() => {});
  }
  const began = performance.now();
  const results = await Promise.allSettled(builds.map(build => esbuild.build(build)));
  // esbuild has already printed the error with file and line.
  const failed = builds.filter((_, index) => results[index]?.status === 'rejected');
  if (failed.length) {
    throw new StepFailure(`The build of ${failed.map(nameOf).join(', ')} failed.`, {
      advice: 'The errors above name the file and the line.',
    });
  }
  if (typeof options.metafiles === 'string') {
    await writeFile(options.metafiles, JSON.stringify(results.map(metafileOf)));
  }
  if (!options.tests) {
    await removeAllBut(results.flatMap(outputsOf));
    await chmod(inProject('dist', 'cli.js'), 0o755);
  }
  console.log(`Built ${builds.map(nameOf).join(', ')} (${seconds(performance.now() - began)})`);
  return 0;
});

/** @param {import('esbuild').BuildOptions} build */
function nameOf({ outfile, outdir }) {
  return outfile ?? `${outdir}/*.mjs`;
}

/** @param {PromiseSettledResult<import('esbuild').BuildResult>} result */
function metafileOf(result) {
  return result.status === 'fulfilled' ? result.value.metafile : undefined;
}

/** @param {PromiseSettledResult<import('esbuild').BuildResult>} result */
function outputsOf(result) {
  return Object.keys(metafileOf(result)?.outputs ?? {});
}

/**
 * Chunks are named after their content, so those of earlier builds would remain.
 *
 * @param {string[]} outputs paths relative to the project
 */
async function removeAllBut(outputs) {
  const kept = new Set(outputs.map(path => inProject(path)));
  const entries = await readdir(inProject('dist'), { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !kept.has(path)) await rm(path);
  }
}
