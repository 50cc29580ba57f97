import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { StepFailure } from './lib/failure.mjs';
import { generateSources } from './lib/generated.mjs';
import { runMain } from './lib/main.mjs';
import { inProject } from './lib/project.mjs';
import { runNode } from './lib/processes.mjs';

// The declarations of the plugin API as a package that other extensions can depend on, with nothing
// in it that runs. That an extension compiles against it is part of the check. The template for plugins
// ships them in one file, which this writes; with --check, it must be up to date.
const HEADER = `/**
 * Callboard's plugin API, version 1: generated from the declarations of Callboard, whose docs/extending.md explains it.
 * To take a newer version, replace this file.
 */`;

await runMain(async () => {
  await ensureDependencies();
  await generateSources();
  const folder = inProject('out', 'callboard-api');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const tsc = inProject('node_modules', 'typescript-native', 'bin', 'tsc');
  const project = {
    extends: '../../tsconfig.json',
    compilerOptions: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      allowJs: false,
      checkJs: false,
      lib: ['ES2023', 'WebWorker'],
      types: [],
      rootDir: '../../src',
      outDir: 'types',
    },
    files: ['../../src/api/index.ts'],
    include: [],
  };
  await compile(tsc, 'out/callboard-api/tsconfig.json', project);
  rmSync(inProject('out', 'callboard-api', 'tsconfig.json'));
  // The compiler does not emit declarations that are declarations already.
  cpSync(
    inProject('src', 'model', 'generated'),
    inProject('out', 'callboard-api', 'types', 'model', 'generated'),
    { recursive: true, filter: source => !/(\.js|schemas|stamp)$/.test(source) },
  );
  writeFileSync(
    inProject('out', 'callboard-api', 'package.json'),
    `${JSON.stringify(
      { name: 'callboard', version: '1.0.0', license: 'Apache-2.0', types: 'types/api/index.d.ts' },
      undefined,
      2,
    )}\n`,
  );
  cpSync(inProject('LICENSE'), inProject('out', 'callboard-api', 'LICENSE'));
  const example = '../test/fixtures/extensions/todo';
  await compile(tsc, 'out/callboard-api-check.json', {
    extends: `${example}/tsconfig.json`,
    compilerOptions: { skipLibCheck: false, paths: { callboard: ['./callboard-api/types/api'] } },
    include: [`${example}/src`],
  });
  const plugin = '../templates/callboard-plugin/skeleton';
  const { flattenDeclarations } = await import('./lib/flattenDeclarations.mjs');
  const { format, resolveConfig } = await import('prettier');
  const shipped = inProject('templates', 'callboard-plugin', 'skeleton', 'types', 'callboard.d.ts');
  const flat = flattenDeclarations(inProject('out', 'callboard-api', 'types', 'api', 'index.d.ts'));
  const options = { ...(await resolveConfig(inProject('package.json'))), parser: 'typescript' };
  const declarations = await format(`${HEADER}\n\n${flat}\n\nexport {};\n`, options);
  if (!process.argv.includes('--check')) writeFileSync(shipped, declarations);
  else if (readFileSync(shipped, 'utf8') !== declarations) {
    throw new StepFailure('The declarations in templates/callboard-plugin are out of date.', {
      advice: 'Run "npm run api-types" and commit what it changes.',
    });
  }
  // It compiles against what it ships, and against the package.
  for (const types of [`${plugin}/types/callboard.d.ts`, './callboard-api/types/api/index.d.ts']) {
    await compile(tsc, 'out/callboard-plugin-check.json', {
      extends: `${plugin}/tsconfig.json`,
      compilerOptions: {
        noEmit: true,
        rootDir: '..',
        // Its package.json is none before it is filled in, and so can't say that these are modules.
        module: 'ESNext',
        moduleResolution: 'bundler',
        skipLibCheck: false,
        paths: { callboard: [types] },
      },
      include: [`${plugin}/src`],
    });
  }
  console.log(`The declarations of the API are in ${folder}`);
  return 0;
});

/**
 * @param {string} tsc
 * @param {string} project path of the tsconfig that is written
 * @param {object} options
 */
async function compile(tsc, project, options) {
  writeFileSync(inProject(project), JSON.stringify(options));
  const { code, output } = await runNode(tsc, ['-p', project], { cwd: inProject() });
  if (code !== 0) throw new StepFailure(`${project} does not compile.\n${output}`);
}
