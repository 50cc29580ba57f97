import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CatalogService, ProblemSource } from '../../src/api';
import { english, silentLogger } from '../../src/base';
import { readSettings } from '../../src/cli/catalog/folderSettings';
import { problemsOfDefinitions } from '../../src/features/apis/plugin';
import { readCatalogOptions } from '../../src/features/catalog/core';
import { ownProblems } from '../../src/features/catalog/core/shared';
import { ContributedProblems, createCatalogFacade } from '../../src/features/plugins/core';
import { docsSeverities } from '../../src/features/techdocs/core/docsSeverities';
import type { Problem } from '../../src/model';
import { NodeClock } from '../../src/platform/node';
import { createFeatures } from '../../src/server/features';
import { ServerSettings } from '../../src/server/serverSettings';
import { builtProgram } from '../support/builtProgram';
import { writeFiles } from '../support/folders';
import { type LanguageWorkspace, openLanguageWorkspace } from '../support/languageWorkspace';
import { isLongRun } from '../support/longRun';
import { LspProcess } from '../support/lspProcess';
import { realRepositories } from '../support/realTexts';
import { at } from '../support/testCatalog';
import { callboard } from './cli/capture';

/*
 * The window, `callboard validate` and `callboard lsp` read the same files with the same settings: they report the same
 * problems, in closed files and in open ones.
 */

/** Codes of JSON schemas, which the editor checks in open files only. */
const OF_SCHEMAS = ['schema-mismatch', 'schema-refused'];

/** Codes that the command line reports with `docs check`, not with `validate`. */
const OF_DOCS = Object.keys(docsSeverities);

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

let program: string;

beforeAll(async () => {
  program = await builtProgram();
});

describe.each(realRepositories('the editor and the command line on real catalogs'))(
  'problems of $name',
  ({ files: written, weight, isUsual }) => {
    const path = '.vscode/settings.json';
    const variants: [name: string, files: Readonly<Record<string, string>>][] = [
      ['with default severities', written],
    ];
    // Only for the project's own repositories, which are few.
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
      });
      afterAll(() => {
        workspace.dispose();
        rmSync(folder, { recursive: true, force: true });
      });

      it('are the same in the editor and on the command line', async () => {
        const catalog = await catalogOfWindow(workspace);
        // Comments in the files of contributed problems are read first.
        await vi.waitFor(() => expect(linesOf(problemsOf(catalog))).toEqual(printed), 60_000);
      });

      it('are the same in open files', async () => {
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

      // A process takes most of the time.
      it.runIf(isUsual || isLongRun)(
        'are the same in open files of the language server',
        async () => {
          const server = new LspProcess([program, 'lsp', '--stdio'], folder);
          onTestFinished(async () => void (await server.end()));
          await server.initialize();
          const opened = Object.keys(files).filter(file => languageOf(file) !== undefined);
          for (const file of opened) server.open(file, files[file] ?? '', languageOf(file));
          const expected = printed.filter(
            line =>
              opened.some(file => line.startsWith(`${file}:`)) &&
              !OF_DOCS.some(code => line.includes(` ${code} `)),
          );
          await vi.waitFor(() => {
            expect(opened.filter(file => !server.diagnostics.has(server.uriOf(file)))).toEqual([]);
            expect(linesOfServer(server, opened)).toEqual(expected);
          }, 60_000);
        },
      );
    });
  },
);

/** Identifier of the language in LSP, of the files that the server checks. */
function languageOf(file: string): string | undefined {
  if (/\.ya?ml$/i.test(file)) return 'yaml';
  if (/\.json$/i.test(file)) return 'json';
  return /\.md$/i.test(file) ? 'markdown' : undefined;
}

function linesOfServer(server: LspProcess, files: readonly string[]): readonly Line[] {
  const severities = ['error', 'warning', 'info', 'hint'];
  return files
    .flatMap(file =>
      (server.diagnostics.get(server.uriOf(file)) ?? [])
        .filter(({ code = '' }) => ![...OF_SCHEMAS, ...OF_DOCS].includes(code))
        .map(({ range: { start }, severity = 1, code, message }) => {
          const place = `${file}:${start.line}:${start.character}`;
          return `${place} ${severities[severity - 1]} ${code} ${message}`;
        }),
    )
    .sort();
}

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
