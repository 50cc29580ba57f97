import { resolve } from 'node:path';
import { readBackstageSetup, withinRepository } from '../../../cli/backstage';
import { catalogWithSources } from '../../../cli/catalog/catalogWithSources';
import { repositoryRoot } from '../../../cli/catalog/revisions';
import { openSources } from '../../../cli/catalog/sources';
import { exitCodes, type RunCommand, UsageError } from '../../../cli/command';
import type { ValidationCounts } from '../../../cli/output/jsonOutput';
import { prettyFormat, problemFormats } from '../../../cli/output/problemFormats';
import { countProblems } from '../../../cli/output/problems';
import { printable } from '../../../cli/output/style';
import { pathsRelativeTo } from '../../../cli/paths';
import { fileUriToPath, pathToFileUri } from '../../../platform/node';
import { type BackstageSetup, type CatalogEngine, type CatalogFile, groupProblems } from '../core';
import { changesSince, isByChance, SwitchableFileSystem } from './changesSince';
import { resolveScope, type Scope } from './scope';

/** `callboard validate`: exits with 1 on errors, or with more than the allowed warnings. */
export const runValidate: RunCommand = async (parsed, whole) => {
  const { positionals, options } = parsed;
  const fileSystem = new SwitchableFileSystem(whole.fileSystem);
  const cache = options.has('no-cache') ? undefined : whole.cache;
  const context = { ...whole, fileSystem, cache };
  const { terminal } = context;
  const maxWarnings = readMaxWarnings(options.get('max-warnings')?.at(-1));
  const since = options.get('changed-since')?.at(-1);
  const paths = positionals.length ? positionals : ['.'];
  const uris = paths.map(path => pathToFileUri(resolve(context.cwd, path)));
  const here = pathToFileUri(context.cwd);
  // Commits contain files under their real paths, without links.
  const real = (uri: string): Promise<string> =>
    since === undefined ? Promise.resolve(uri) : fileSystem.realPath(uri);
  const cwd = await real(here);
  const setup = await readBackstageSetup(parsed, { ...context, cwd: fileUriToPath(cwd) });
  const resolved = await resolveScope(await Promise.all(uris.map(real)), cwd, context);
  if (!resolved.ok) throw new UsageError(resolved.error);
  const [first = cwd] = resolved.value.roots;
  const backstage =
    setup && since !== undefined
      ? await withinRepository(setup, { root: await repositoryRoot(first, context), fileSystem })
      : setup;
  const scope = backstage
    ? scopeOfBackstage(resolved.value, backstage, positionals)
    : resolved.value;

  const [root = cwd, ...otherRoots] = scope.roots;
  const remote = await openSources(parsed, context, otherRoots.length ? cwd : root);
  const opened = await catalogWithSources(scope.roots, remote, {
    backstage,
    reportsProblems: true,
    saveAs: 'files',
  });
  const { catalog } = opened;
  // With explicit paths, problems in sources are left out.
  const includes = (uri: string): boolean =>
    catalog.isOfSource(uri) ? !positionals.length : scope.includes(uri);
  try {
    const allProblems = catalog.getProblems({ ungrouped: true });
    if (allProblems.some(isByChance)) context.recorder?.abandon();
    const allFiles = catalog.getFiles().map(({ uri, documents }) => ({
      uri,
      documents,
      entities: catalog.getEntityRefsInFile(uri).length,
    }));
    const uncheckedFiles = unchecked(scope, catalog);
    await catalog.save();
    // From here on, the catalog may be that of the commit.
    const changes =
      since === undefined
        ? undefined
        : await changesSince(
            since,
            { roots: scope.roots, catalog, files: fileSystem, backstage, remote },
            { ...context, fileSystem: whole.fileSystem },
          );
    const problems = groupProblems(
      allProblems.filter(problem => {
        const { file } = problem;
        if (file !== undefined && !includes(file)) return false;
        return !changes || changes.newProblems.has(problem) || changes.files.has(file ?? '');
      }),
    );
    const withProblems = new Set(problems.map(({ file }) => file));
    const files = allFiles
      .filter(({ uri }) => includes(uri))
      .filter(({ uri }) => !changes || changes.files.has(uri) || withProblems.has(uri));
    const showFromHere = pathsRelativeTo(fileUriToPath(cwd));
    for (const file of uncheckedFiles) {
      const path = printable(showFromHere(file));
      terminal.writeError(
        `note: ${path} contains no descriptor or is excluded; it was not validated`,
      );
    }
    const warningsFail = countProblems(problems).warning > maxWarnings;
    const format = problemFormats.get(options.get('format')?.at(-1) ?? '') ?? prettyFormat;
    terminal.write(
      await format(
        {
          problems: remote.withAddresses(problems),
          counts: { ...countIn(files), since },
          files: files.map(({ uri }) => remote.addressOf(uri)),
          folder: fileUriToPath(scope.onlyFolder ?? cwd),
          cwd: fileUriToPath(cwd),
          warningsFail,
        },
        { ...context, fileSystem: whole.fileSystem },
      ),
    );
    if (countProblems(problems).error > 0) return exitCodes.problems;
    if (!warningsFail) return exitCodes.ok;
    terminal.writeError(`More than ${maxWarnings} warnings (--max-warnings)`);
    return exitCodes.problems;
  } finally {
    opened.dispose();
  }
};

/** Extends the scope to the configs, and without paths to all files, which can be anywhere for a Backstage. */
function scopeOfBackstage(
  scope: Scope,
  { configs }: BackstageSetup,
  positionals: readonly string[],
): Scope {
  return {
    ...scope,
    includes: uri => !positionals.length || configs.includes(uri) || scope.includes(uri),
  };
}

/** Returns requested files that weren't checked, so that they don't appear valid. */
function unchecked({ files }: Scope, catalog: CatalogEngine): readonly string[] {
  const checked = new Set(catalog.getFiles().map(({ uri }) => uri));
  return files.filter(file => !checked.has(file) && !catalog.getProblems({ file }).length);
}

function countIn(
  files: readonly (CatalogFile & { readonly entities: number })[],
): ValidationCounts {
  return {
    files: files.length,
    documents: files.reduce((sum, { documents }) => sum + documents, 0),
    entities: files.reduce((sum, { entities }) => sum + entities, 0),
  };
}

function readMaxWarnings(value: string | undefined): number {
  if (value === undefined) return Infinity;
  if (!/^\d+$/.test(value)) {
    throw new UsageError(`--max-warnings must be a number from 0, not "${value}"`);
  }
  return Number(value);
}
