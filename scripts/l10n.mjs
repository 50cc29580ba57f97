import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import ts from 'typescript';
import { StepFailure } from './lib/failure.mjs';
import { extractStrings, manifestProblems } from './lib/l10nStrings.mjs';
import { runCommand } from './lib/main.mjs';
import { inProject } from './lib/project.mjs';

/** @type {import('./lib/main.mjs').CommandLine} */
const commandLine = {
  usage: 'npm run l10n [-- OPTIONS]   (the texts that translators get)',
  options: {
    check: {
      type: 'flag',
      help: 'write nothing, and fail where something would have been written',
    },
  },
};

await runCommand(commandLine, async options => {
  const bundle = inProject('l10n', 'bundle.l10n.json');
  const folders = [inProject('src'), inProject('webview')];
  const { strings, problems } = extractStrings(sources(), file =>
    folders.some(folder => file.startsWith(folder)),
  );
  problems.push(...manifestProblems(read('package.json'), JSON.parse(read('package.nls.json'))));
  const text = `${JSON.stringify(strings, undefined, 2)}\n`;
  if (!options.check) writeFileSync(bundle, text);
  else if (readFileSync(bundle, 'utf8') !== text) {
    problems.push('l10n/bundle.l10n.json is out of date: npm run l10n');
  }
  if (problems.length) {
    throw new StepFailure(
      `Texts cannot be translated:\n${problems.map(problem => `  ${shortened(problem)}`).join('\n')}\n`,
      { advice: 'Give l10n.t() and translate() texts that are known before they run.' },
    );
  }
  console.log(`${Object.keys(strings).length} texts in l10n/bundle.l10n.json`);
  return 0;
});

/** All files with texts, and the types that identify them. */
function sources() {
  const { config } = ts.readConfigFile(inProject('tsconfig.json'), ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(
    { ...config, include: ['src', 'webview'] },
    ts.sys,
    inProject(),
  );
  return ts.createProgram(fileNames, options);
}

/** @param {string} name */
function read(name) {
  return readFileSync(inProject(name), 'utf8');
}

/** @param {string} problem that may begin with the path of a file */
function shortened(problem) {
  return problem.startsWith(inProject()) ? relative(inProject(), problem) : problem;
}
