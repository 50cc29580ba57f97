import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CatalogService, ProblemSource } from '../../src/api';
import { english, silentLogger } from '../../src/base';
import { readSettings } from '../../src/cli/settings';
import { readCatalogOptions } from '../../src/core/catalog';
import { ownProblems } from '../../src/core/catalog/withoutEngine';
import { ContributedProblems, createCatalogFacade } from '../../src/core/plugins';
import type { Problem } from '../../src/model';
import { NodeClock } from '../../src/node';
import { problemsOfDefinitions } from '../../src/plugins/apis';
import { createFeatures } from '../../src/server/features';
import { ServerSettings } from '../../src/server/serverSettings';
import { type LanguageWorkspace, openLanguageWorkspace } from '../support/languageWorkspace';
import { realRepositories } from '../support/realTexts';
import { at } from '../support/testCatalog';
import { writeFiles } from '../support/writeFiles';
import { callboard } from './cli/capture';

/*
 * The window and `callboard validate` read the same files with the same settings: they report the same problems, in
 * closed files and in open ones.
 */

/** Of the JSON schema that a file names or that its name gives it, which the editor checks while it is open. */
const OF_SCHEMAS = ['schema-mismatch', 'schema-refused'];

const settings = JSON.stringify({
  'callboard.problems.severity': {
    'dangling-reference': 'info',
    'unresolved-expression': 'error',
    'unused-parameter': 'off',
    'unknown-kind': 'hint',
  },
});

/** `path:line:character severity code message` */
type Line = string;

describe.each(realRepositories('what the editor and the command line say of real catalogs'))(
  'The editor and the command line on $name',
  ({ files: written, weight }) => {
    const path = '.vscode/settings.json';
    const variants: [name: string, files: Readonly<Record<string, string>>][] = [
      ['as it is', written],
    ];
    // Of the project's own, which are few.
    if (weight > 1) variants.push(['with other severities', { ...written, [path]: settings }]);
    describe.each(variants)('%s', (_, files) => {
      let workspace: LanguageWorkspace;
      let folder: string;
      let printed: readonly Line[];

      beforeAll(async () => {
        folder = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-')));
        writeFiles(folder, files);
        printed = await validate(folder);
        const { get } = readSettings(files[path] ?? '{}', path);
        workspace = await openLanguageWorkspace(files, readCatalogOptions(get));
        await workspace.catalog.engine.whenInspected();
      }, 120_000);
      afterAll(() => {
        workspace.dispose();
        rmSync(folder, { recursive: true, force: true });
      });

      it('report the same problems', async () => {
        const catalog = await catalogOfWindow(workspace);
        // Comments in the files of contributed problems are read first.
        await vi.waitFor(() => expect(linesOf(problemsOf(catalog))).toEqual(printed), 60_000);
      });

      it('report the same problems of files that are open', async () => {
        const { engine } = workspace.catalog;
        const providers = createFeatures({
          context: workspace.context,
          settings: new ServerSettings(),
          roots: () => [at('')],
          appConfigProvider: undefined,
          fetchText: () => Promise.reject(new Error('Nothing is fetched')),
        }).providers;
        for (const [file, text] of Object.entries(files)) {
          const request = workspace.open(file);
          const own: Problem[] = [];
          for (const provider of providers) {
            if (!/\.ya?ml$/i.test(file) && !provider.anyLanguage) continue;
            own.push(...((await provider.problems?.(request)) ?? []));
          }
          const found = engine.getProblems({ file: at(file) });
          const { severities } = engine.options;
          const added = ownProblems(own, { text, found, severities });
          expect(added.filter(({ code }) => !OF_SCHEMAS.includes(code))).toEqual([]);
        }
      });
    });
  },
);

async function validate(folder: string): Promise<readonly Line[]> {
  const { stdout } = await callboard(['validate', folder, '--format', 'json'], { cwd: folder });
  const { problems } = JSON.parse(stdout) as { problems: (Problem & { file: string })[] };
  return problems.map(problem => lineOf(problem, problem.file)).sort();
}

/** The catalog as the window has it, with the problems that the built-in plugins contribute. */
async function catalogOfWindow({ catalog }: LanguageWorkspace): Promise<CatalogService> {
  const { engine, files } = catalog;
  const contributed = new ContributedProblems({
    engine,
    fileSystem: files,
    changes: [],
    clock: new NodeClock(),
    logger: silentLogger,
    pluginOf: () => undefined,
  });
  const shown = createCatalogFacade(engine, contributed);
  const found = await problemsOfDefinitions({ catalog: shown, files, translate: english });
  let report: (uris: ReadonlySet<string>) => void = () => undefined;
  const source: ProblemSource = {
    getProblems: file => found.filter(problem => problem.file === file),
    onDidChangeProblems: listener => {
      report = listener;
      return { dispose() {} };
    },
  };
  contributed.addProblemSource(source);
  report(new Set(found.flatMap(({ file }) => file ?? [])));
  return shown;
}

/** All problems, file by file, as diagnostics are shown. */
function problemsOf(catalog: CatalogService): readonly Problem[] {
  const uris = new Set(catalog.getProblems().flatMap(({ file }) => file ?? []));
  return [...uris].flatMap(file => catalog.getProblems({ file }));
}

function linesOf(problems: readonly Problem[]): readonly Line[] {
  const start = `${at('')}/`.length;
  return problems
    .map(problem => lineOf(problem, decodeURIComponent(problem.file?.slice(start) ?? '')))
    .sort();
}

function lineOf({ range: { start }, severity, code, message }: Problem, file: string): Line {
  return `${file}:${start.line}:${start.character} ${severity} ${code} ${message}`;
}
