import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './lib/dependencies.mjs';
import { StepFailure } from './lib/failure.mjs';
import { runCommand } from './lib/main.mjs';
import { inProject } from './lib/project.mjs';

const usage = 'npm run organization -- FOLDER [--entities N]';
/** @type {Record<string, import('./lib/options.mjs').OptionSpec>} */
const table = {
  entities: { type: 'value', placeholder: 'N', help: 'how many entities; 1000 if not given' },
  decoys: { type: 'value', placeholder: 'N', help: 'other files; ten for each entity' },
  seed: { type: 'value', placeholder: 'N', help: 'another number, another organization' },
};

// Writes an invented organization, as in the benchmarks, to open in the editor.
await runCommand({ usage, options: table, positionals: true }, async (options, positionals) => {
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1) {
    throw new StepFailure('Name one folder.', { advice: usage, exitCode: 2 });
  }
  await ensureDependencies();
  const { build } = await import('esbuild');
  const outfile = inProject('out', 'bench', 'organization.mjs');
  mkdirSync(inProject('out', 'bench'), { recursive: true });
  await build({
    entryPoints: [inProject('bench', 'organization.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  });
  const { generateOrganization } = /** @type {typeof import('../bench/organization.js')} */ (
    await import(pathToFileURL(outfile).href)
  );
  const { files, bytes, otherFiles } = generateOrganization(resolve(folder), {
    entities: number(options.entities) ?? 1000,
    decoys: number(options.decoys),
    seed: number(options.seed),
  });
  const size = (bytes / 1e6).toFixed(1);
  console.log(`${folder}: ${files} catalog files, ${size} MB, among ${otherFiles} others`);
  return 0;
});

/** @param {string | true | undefined} text */
function number(text) {
  if (typeof text !== 'string') return undefined;
  if (!/^\d+$/.test(text)) throw new StepFailure(`"${text}" is not a number.`, { exitCode: 2 });
  return Number(text);
}
