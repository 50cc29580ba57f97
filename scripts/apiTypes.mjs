import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { StepFailure } from './lib/failure.mjs';
import { generateSources } from './lib/generated.mjs';
import { inProject } from './lib/project.mjs';
import { runNode } from './lib/processes.mjs';
import { runMain } from './lib/steps.mjs';

// The declarations of the plugin API as a package that other extensions can depend on, with nothing
// in it that runs. That an extension compiles against it is part of the check.
await runMain(async () => {
  await ensureDependencies();
  await generateSources();
  const folder = inProject('out', 'callboard-api');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const tsc = inProject('node_modules', 'typescript', 'bin', 'tsc');
  const options = {
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
  await compile(tsc, 'out/callboard-api/tsconfig.json', options);
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
  // The golden path for plugins declares the part of the API that it uses, so that it needs nothing from elsewhere:
  // it compiles against the whole as well, and the extension points that it declares are those.
  const plugin = '../templates/callboard-plugin/skeleton';
  const check = 'out/callboard-plugin-check.ts';
  writeFileSync(
    inProject(check),
    `import type { PortalApi } from 'callboard';
import type * as Declared from '${plugin}/types/callboard';
export const points = (api: PortalApi): Declared.PortalApi['extensionPoints'] => api.extensionPoints;
`,
  );
  await compile(tsc, 'out/callboard-plugin-check.json', {
    extends: `${plugin}/tsconfig.json`,
    compilerOptions: {
      // Its package.json is none before it is filled in, and so cannot say that these are modules.
      ...{ noEmit: true, rootDir: '..', module: 'ESNext', moduleResolution: 'bundler' },
      paths: { callboard: ['./callboard-api/types/api/index.d.ts'] },
    },
    exclude: [`${plugin}/src/**/*.test.ts`],
    include: [`${plugin}/src`, `../${check}`],
  });
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
