import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ensureEmbeddedHost } from './lib/embeddedInstall.mjs';
import { StepFailure } from './lib/failure.mjs';
import { generateSources } from './lib/generated.mjs';
import { runCommand } from './lib/main.mjs';
import { inProject } from './lib/project.mjs';
import { run } from './lib/processes.mjs';
import { step } from './lib/steps.mjs';

/** @type {import('./lib/main.mjs').CommandLine} */
const commandLine = {
  usage: 'npm run bench [-- NAME… [--host]]',
  options: {
    host: { type: 'flag', help: 'with the Node that the embedded VS Code runs extensions in' },
  },
  positionals: true,
};

// A benchmark is a bench/<name>.bench.ts that prints its measurements. It is bundled first, to measure shipped code.
await runCommand(commandLine, async (options, positionals) => {
  await ensureDependencies();
  await generateSources();
  const folder = inProject('bench');
  const all = existsSync(folder)
    ? readdirSync(folder)
        .filter(name => name.endsWith('.bench.ts'))
        .sort()
    : [];
  const wanted = all.filter(
    name => !positionals.length || positionals.some(word => name.includes(word)),
  );
  if (!wanted.length) {
    const which = positionals.length ? ` matching ${positionals.join(', ')}` : '';
    console.log(`There are no benchmarks${which} in bench/.`);
    return positionals.length ? 1 : 0;
  }
  const node = options.host ? (await ensureEmbeddedHost()).node : process.execPath;
  const esbuild = await import('esbuild');
  mkdirSync(inProject('out', 'bench'), { recursive: true });
  for (const name of wanted) {
    await step(`Benchmark ${name}`, async () => {
      const outfile = inProject('out', 'bench', name.replace(/\.ts$/, '.cjs'));
      await esbuild.build({
        entryPoints: [inProject('bench', name)],
        outfile,
        bundle: true,
        platform: 'node',
        format: 'cjs',
        target: 'node20',
        mainFields: ['module', 'main'],
        // Benchmarks start programs in the same folder.
        external: ['esbuild', 'playwright-core'],
        // At the same depth in the project, because code finds the root by it.
        define: { 'import.meta.url': 'addressOfBundle' },
        banner: {
          js: 'const addressOfBundle = require("node:url").pathToFileURL(__filename).href;',
        },
        logLevel: 'warning',
      });
      const { code } = await run(node, [outfile], { cwd: inProject(), echo: true });
      if (code !== 0) throw new StepFailure(`bench/${name} ended with exit code ${code}.`);
    });
  }
  return 0;
});
