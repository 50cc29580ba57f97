import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { transform } from 'esbuild';
import ts from 'typescript';
import { findEffectPlaces } from './lib/effectPlaces.mjs';
import { StepFailure } from './lib/failure.mjs';
import { formatted } from './lib/formatted.mjs';
import { generateSources } from './lib/generated.mjs';
import { findLibraryEffects } from './lib/libraryEffects.mjs';
import { runCommand } from './lib/main.mjs';
import { inProject } from './lib/project.mjs';
import { packageMetafiles } from './lib/packageExtension.mjs';
import { findTableReads } from './lib/tableReads.mjs';
import { effectTables, librariesTable, replacePart, settingsTable } from './lib/trustTables.mjs';
import { effectRows } from './trust/effects.mjs';
import { reasonsOfLibraries } from './trust/libraries.mjs';
import { reasonsOfSettings } from './trust/settings.mjs';

/** @type {import('./lib/main.mjs').CommandLine} */
const commandLine = {
  usage: 'npm run trust [-- OPTIONS]   (tables of the threat model)',
  options: {
    check: {
      type: 'flag',
      help: 'write nothing, and fail where something would have been written',
    },
  },
};
const DOCUMENT = 'docs/threat-model.md';

await runCommand(commandLine, async options => {
  await generateSources();
  const { guardedEffects, settingsGuardedBy } = await loadTrust();
  const { contributes } = JSON.parse(read('package.json') ?? '');
  const guarded = { trusted: settingsGuardedBy('trusted'), user: settingsGuardedBy('user') };
  const ofSettings = settingsTable(
    Object.assign(
      {},
      ...contributes.configuration.map(
        (/** @type {{ properties: object }} */ { properties }) => properties,
      ),
    ),
    guarded,
    reasonsOfSettings,
  );
  const program = sources();
  const ours = program
    .getSourceFiles()
    .filter(file => /^(src|webview)\//.test(pathOf(file.fileName)));
  const names = new Set(ours.map(file => file.fileName));
  // Here because it uses the same TypeScript program, which takes longer to create than the query.
  const reads = findTableReads(
    program,
    inProject(),
    file => names.has(file) && !file.includes('/generated/'),
  );
  if (reads.length) {
    throw new StepFailure(
      `Tables that are read by any text:\n${reads.map(({ file, line, table }) => `  ${file}:${line} ${table}\n`).join('')}`,
      {
        advice:
          'Any object has a constructor, toString and more: read the table by ownValue of base, or make it a Map.',
      },
    );
  }
  const ofEffects = effectTables({
    rows: effectRows,
    places: findEffectPlaces(program, inProject(), file => names.has(file)),
    effects: guardedEffects,
    guardedSettings: [...guarded.trusted, ...guarded.user],
    texts: new Map(
      ours
        .map(({ fileName, text }) => /** @type {const} */ ([pathOf(fileName), text]))
        .filter(([path]) => /^src\/.*\/vscode\//.test(path)),
    ),
    read,
  });
  const ofLibraries = librariesTable(
    findLibraryEffects(await packageMetafiles(), inProject()),
    reasonsOfLibraries,
  );
  const problems = [ofSettings, ofEffects, ofLibraries].flatMap(part => part.problems);
  const before = read(DOCUMENT) ?? '';
  let written = replacePart(before, 'settings', ofSettings.text);
  written = replacePart(written, 'effects', ofEffects.text);
  written = replacePart(written, 'libraries', ofLibraries.text);
  const after = await formatted(DOCUMENT, written);
  if (!options.check) writeFileSync(inProject(DOCUMENT), after);
  else if (after !== before) problems.push(`${DOCUMENT} is out of date: run npm run trust.`);
  if (problems.length) {
    throw new StepFailure(
      `What workspaces may set and cause:\n${problems.map(problem => `  ${problem}\n`).join('')}`,
      {
        advice:
          'Each setting has a row in scripts/trust/settings.mjs, and each process, connection and write one in effects.mjs, each package that could do so one in libraries.mjs.',
      },
    );
  }
  console.log(`${Object.keys(reasonsOfSettings).length} settings and ${effectRows.length} effects`);
  return 0;
});

/**
 * Loads the module that decides about trust.
 *
 * @returns {Promise<typeof import('../src/platform/core/trust')>}
 */
async function loadTrust() {
  const text = read('src/platform/core/trust/workspaceTrust.ts') ?? '';
  const { code } = await transform(text, { loader: 'ts', format: 'esm' });
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}

/** All files that may have effects, and the types that identify them. */
function sources() {
  const { config } = ts.readConfigFile(inProject('tsconfig.json'), ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(
    { ...config, include: ['src', 'webview'] },
    ts.sys,
    inProject(),
  );
  return ts.createProgram(fileNames, options);
}

/** @param {string} file */
function pathOf(file) {
  return relative(inProject(), file).replaceAll('\\', '/');
}

/** @param {string} path */
function read(path) {
  const file = inProject(path);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
