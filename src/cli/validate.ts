import { resolve } from 'node:path';
import type { CatalogEngine } from '../core/catalog';
import type { Problem } from '../model';
import { fileUriToPath, pathToFileUri } from '../node';
import { type CommandContext, exitCodes, type RunCommand, UsageError } from './command';
import { githubOutput } from './githubOutput';
import { type ValidationCounts, validationJson } from './jsonOutput';
import { openCatalog } from './openCatalog';
import { pathsRelativeTo } from './paths';
import { prettyOutput, summary } from './prettyOutput';
import { countProblems } from './problems';
import { printable } from './style';
import { resolveScope, type Scope } from './scope';

/** `callboard validate`: exits with 1 on errors, or above the allowed number of warnings. */
export const runValidate: RunCommand = async ({ positionals, options }, context) => {
  const { terminal, fileSystem, cwd, env } = context;
  const maxWarnings = readMaxWarnings(options.get('max-warnings')?.at(-1));
  const paths = positionals.length ? positionals : ['.'];
  const scope = await resolveScope(
    paths.map(path => pathToFileUri(resolve(cwd, path))),
    { fileSystem, cwd: pathToFileUri(cwd) },
  );
  if (!scope.ok) throw new UsageError(scope.error);

  const catalog = await openCatalog(scope.value.roots, context);
  try {
    const problems = catalog
      .getProblems()
      .filter(({ file }) => file === undefined || scope.value.includes(file));
    const counts = countWithin(scope.value, catalog);
    const { onlyFolder } = scope.value;
    for (const file of unchecked(scope.value, catalog)) {
      const path = printable(pathsRelativeTo(cwd)(file));
      terminal.writeError(`note: ${path} holds no descriptor, or is excluded; it was not checked`);
    }
    switch (options.get('format')?.at(-1)) {
      case 'json': {
        const show = pathsRelativeTo(onlyFolder === undefined ? cwd : fileUriToPath(onlyFolder));
        terminal.write(validationJson(problems, counts, show));
        break;
      }
      case 'github': {
        // Annotations find their files from the repository's root, wherever the step runs.
        const show = pathsRelativeTo(env['GITHUB_WORKSPACE'] ?? cwd);
        terminal.write(githubOutput(problems, show));
        terminal.write(`${summary(problems, counts, terminal.paint)}\n`);
        break;
      }
      default: {
        const { paint } = terminal;
        terminal.write(prettyOutput(problems, counts, { show: pathsRelativeTo(cwd), paint }));
      }
    }
    return exitCodeOf(problems, maxWarnings, context);
  } finally {
    catalog.dispose();
  }
};

/** Files that were named, so that silence about them would read as praise. */
function unchecked({ files }: Scope, catalog: CatalogEngine): readonly string[] {
  const checked = new Set(catalog.getFiles().map(({ uri }) => uri));
  return files.filter(file => !checked.has(file) && !catalog.getProblems({ file }).length);
}

function countWithin({ includes }: Scope, catalog: CatalogEngine): ValidationCounts {
  const files = catalog.getFiles().filter(({ uri }) => includes(uri));
  return {
    files: files.length,
    documents: files.reduce((sum, { documents }) => sum + documents, 0),
    entities: files.reduce((sum, { uri }) => sum + catalog.getEntityRefsInFile(uri).length, 0),
  };
}

function exitCodeOf(
  problems: readonly Problem[],
  maxWarnings: number,
  { terminal }: CommandContext,
): number {
  const { error, warning } = countProblems(problems);
  if (error > 0) return exitCodes.problems;
  if (warning <= maxWarnings) return exitCodes.ok;
  terminal.writeError(`More than ${maxWarnings} warnings (--max-warnings)`);
  return exitCodes.problems;
}

function readMaxWarnings(value: string | undefined): number {
  if (value === undefined) return Infinity;
  if (!/^\d+$/.test(value)) {
    throw new UsageError(`--max-warnings must be a number from 0, not "${value}"`);
  }
  return Number(value);
}
