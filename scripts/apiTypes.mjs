import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { apiFolder, apiReport, packApi } from './lib/apiPackage.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { StepFailure } from './lib/failure.mjs';
import { runMain } from './lib/main.mjs';
import { inProject } from './lib/project.mjs';
import { runNode } from './lib/processes.mjs';

// Builds the package of the plugin API and updates its report in docs/api. With --check, fails if the report is out of
// date. Also checks that an extension and the template for plugins compile against the package.
const REPORT = inProject('docs', 'api', 'report.txt');

await runMain(async () => {
  await ensureDependencies();
  await packApi();
  if (!process.argv.includes('--check')) cpSync(apiReport, REPORT);
  else if (
    !existsSync(REPORT) ||
    readFileSync(REPORT, 'utf8') !== readFileSync(apiReport, 'utf8')
  ) {
    throw new StepFailure('The report of the API in docs/api is out of date.', {
      advice:
        'Run "npm run api-types", review what has changed in docs/api/report.txt, and commit it.',
    });
  }
  const paths = {
    '@callboard/api': ['./callboard-api/index.d.ts'],
    '@callboard/api/vscode': ['./callboard-api/vscode.d.ts'],
    '@callboard/api/testing': ['./callboard-api/testing.d.ts'],
  };
  for (const folder of ['test/fixtures/extensions/todo', 'templates/callboard-plugin/skeleton']) {
    await compile('out/callboard-api-check.json', {
      extends: `../${folder}/tsconfig.json`,
      compilerOptions: {
        noEmit: true,
        rootDir: '..',
        // The template's package.json isn't valid before it is rendered, so it can't declare modules.
        module: 'ESNext',
        moduleResolution: 'bundler',
        skipLibCheck: false,
        paths,
      },
      include: [`../${folder}/src`],
    });
  }
  console.log(`The package of the API is in ${apiFolder}`);
  return 0;
});

/**
 * @param {string} project path of the tsconfig that is written
 * @param {object} options
 */
async function compile(project, options) {
  writeFileSync(inProject(project), JSON.stringify(options));
  const tsc = inProject('node_modules', 'typescript-native', 'bin', 'tsc');
  const { code, output } = await runNode(tsc, ['-p', project], { cwd: inProject() });
  if (code !== 0) throw new StepFailure(`${project} does not compile.\n${output}`);
}
