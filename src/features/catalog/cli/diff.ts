import { relative, resolve, sep } from 'node:path';
import { basenameUri, isWithin, joinUri, uriPath } from '../../../base';
import { readBackstageSetup, withinRepository } from '../../../cli/backstage';
import { catalogAround } from '../../../cli/catalog/catalogAround';
import { openCatalog, readOptions } from '../../../cli/catalog/openCatalog';
import {
  atRevision,
  mustBeComplete,
  openRepository,
  readCommit,
  resolveRevision,
  startOfChanges,
} from '../../../cli/catalog/revisions';
import { type CommandContext, exitCodes, type RunCommand, UsageError } from '../../../cli/command';
import type { ParsedCommand } from '../../../cli/options';
import { countProblems } from '../../../cli/output/problems';
import { pathsRelativeTo } from '../../../cli/paths';
import type { RelationPairs } from '../../../model';
import type { DirectoryEntry, FileStat, FileSystem } from '../../../platform/core/ports';
import { fileUriToPath, pathToFileUri } from '../../../platform/node';
import { type GitRepository } from '../../scm/node';
import { type CatalogEngine, groupProblems } from '../core';
import { type CatalogDiff, diffCatalogs, type RelationChange } from '../core/diff';
import { diffJson } from './diffJson';
import { diffMarkdown } from './diffMarkdown';
import { diffPretty } from './diffPretty';
import type { DiffReport } from './diffReport';

/**
 * A file system that hides the content of `.git` folders, as in a commit: pages of remotes and
 * branches would differ between the two sides.
 */
class RemotelessFileSystem implements FileSystem {
  #fileSystem: FileSystem;

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
  }

  async readFile(uri: string): Promise<Uint8Array> {
    if (!/\/\.git(?:\/|$)/.test(uriPath(uri))) return this.#fileSystem.readFile(uri);
    throw Object.assign(new Error(`ENOENT: not looked at, open '${basenameUri(uri)}'`), {
      code: 'ENOENT',
    });
  }

  async stat(uri: string): Promise<FileStat | undefined> {
    const found = await this.#fileSystem.stat(uri);
    // In a worktree or submodule, `.git` is a file that leads to the repository.
    return found && basenameUri(uri) === '.git' ? { ...found, type: 'directory' } : found;
  }

  readDirectory(uri: string): Promise<readonly DirectoryEntry[]> {
    return this.#fileSystem.readDirectory(uri);
  }

  realPath(uri: string): Promise<string> {
    return this.#fileSystem.realPath(uri);
  }
}

/** The two sides of a comparison, with resolved revisions. */
interface Sides {
  readonly base: DiffReport['base'] & { readonly revision: string; readonly commit: string };
  readonly head: { readonly revision: string; readonly commit: string } | undefined;
  /** URI of the folder to report changes of. */
  readonly root: string;
}

/** `callboard diff`: compares two catalogs. Exits with 0 unless `--fail-on` matches. */
export const runDiff: RunCommand = async (parsed, context) => {
  const { terminal } = context;
  const report = await compare(parsed, context);
  switch (parsed.options.get('format')?.at(-1)) {
    case 'markdown':
      terminal.write(diffMarkdown(report));
      break;
    case 'json':
      terminal.write(diffJson(report));
      break;
    default:
      terminal.write(diffPretty(report, terminal.paint));
  }
  const { added } = report.diff.problems;
  const { error } = countProblems(added);
  const failing = { 'new-errors': error, 'new-problems': added.length };
  const failOn = parsed.options.get('fail-on')?.at(-1);
  const count = failOn === undefined ? 0 : (new Map(Object.entries(failing)).get(failOn) ?? 0);
  return count > 0 ? exitCodes.problems : exitCodes.ok;
};

async function compare(parsed: ParsedCommand, context: CommandContext): Promise<DiffReport> {
  const [base, second, third] = parsed.positionals;
  if (base === undefined) throw new UsageError('diff needs a revision: callboard diff BASE');
  const isFolder = second !== undefined && (await isDirectory(second, context));
  const directory = third ?? (isFolder ? second : '.');
  const repository = await openRepository(pathToFileUri(resolve(context.cwd, directory)), context);
  try {
    const sides = await findSides({ base, second, third }, { repository, parsed, context });
    const catalogs = await openBoth(sides, { repository, parsed, context });
    try {
      return {
        base: sides.base,
        head: sides.head ?? { revision: undefined, commit: undefined },
        diff: await diffIn(sides.root, catalogs, context.signal),
        show: pathsRelativeTo(fileUriToPath(repository.root)),
      };
    } finally {
      catalogs.base.dispose();
      catalogs.head.dispose();
    }
  } finally {
    repository.dispose();
  }
}

/** Returns the changes in a folder, with grouped problems. */
async function diffIn(
  folder: string,
  { base, head, pairs }: { base: CatalogEngine; head: CatalogEngine; pairs: RelationPairs },
  signal: AbortSignal,
): Promise<CatalogDiff> {
  const { entities, relations, problems } = await diffCatalogs(base, head, { pairs, signal });
  // Entities of a Backstage can be in any file, so all count.
  const isWhole = head.mode === 'backstage' || base.roots.some(({ uri }) => uri === folder);
  const isIn = (file: string | undefined): boolean =>
    isWhole || (file !== undefined && isWithin(folder, file));
  const refs = new Set(
    [base, head].flatMap(catalog =>
      catalog.getEntityRefs().filter(ref => isIn(catalog.getEntitySource(ref)?.file)),
    ),
  );
  const isOfFolder = ({ source, target }: RelationChange): boolean =>
    isWhole || refs.has(source) || refs.has(target);
  return {
    entities: {
      added: entities.added.filter(({ source }) => isIn(source?.file)),
      removed: entities.removed.filter(({ source }) => isIn(source?.file)),
      changed: entities.changed.filter(
        ({ before, after }) => isIn(before.source?.file) || isIn(after.source?.file),
      ),
    },
    relations: {
      added: relations.added.filter(isOfFolder),
      removed: relations.removed.filter(isOfFolder),
      broken: relations.broken.filter(isOfFolder),
      fixed: relations.fixed.filter(isOfFolder),
    },
    problems: {
      added: groupProblems(problems.added.filter(({ file }) => isIn(file))),
      fixed: groupProblems(problems.fixed.filter(({ file }) => isIn(file))),
    },
  };
}

async function findSides(
  { base, second, third }: Record<'base' | 'second' | 'third', string | undefined>,
  {
    repository,
    parsed,
    context,
  }: { repository: GitRepository; parsed: ParsedCommand; context: CommandContext },
): Promise<Sides> {
  const { headName, directory } = await readHead(second, third, { repository, context });
  if (headName === undefined && repository.isBare) {
    throw new UsageError('A bare repository has no working tree. Add a second revision');
  }
  const tip = await resolveRevision(repository, base ?? '');
  const head =
    headName === undefined
      ? undefined
      : { revision: headName, commit: await resolveRevision(repository, headName) };
  let commit = tip;
  if (!parsed.options.has('no-merge-base')) {
    const ofHead = head?.commit ?? (await resolveRevision(repository, 'HEAD'));
    commit = await startOfChanges(repository, { base: tip, head: ofHead, revision: base ?? '' });
  }
  return {
    base: { revision: base ?? '', commit, isStartOfChanges: commit !== tip },
    head,
    root: await rootOf(directory, { repository, context }),
  };
}

/** Reads the second and third argument. A single one is a revision if it exists, otherwise a folder. */
async function readHead(
  second: string | undefined,
  third: string | undefined,
  { repository, context }: { repository: GitRepository; context: CommandContext },
): Promise<{ headName: string | undefined; directory: string }> {
  if (second === undefined || third !== undefined) {
    return { headName: second, directory: third ?? '.' };
  }
  if ((await repository.resolveCommit(second)).ok) return { headName: second, directory: '.' };
  if (await isDirectory(second, context)) return { headName: undefined, directory: second };
  throw new UsageError(`No commit or folder named "${second}"`);
}

async function isDirectory(path: string, { fileSystem, cwd }: CommandContext): Promise<boolean> {
  return (await fileSystem.stat(pathToFileUri(resolve(cwd, path))))?.type === 'directory';
}

/** Returns the URI of a folder in the repository, with symbolic links resolved, because commits don't contain them. */
async function rootOf(
  directory: string,
  {
    repository,
    context: { fileSystem, cwd },
  }: { repository: GitRepository; context: CommandContext },
): Promise<string> {
  // A bare repository has no files, so the folder is one of the commit.
  if (repository.isBare) return joinUri(repository.root, `./${directory}`);
  const path = resolve(cwd, directory);
  const real = fileUriToPath(await fileSystem.realPath(pathToFileUri(path)));
  const inside = relative(fileUriToPath(repository.root), real).split(sep).join('/');
  if (inside === '..' || inside.startsWith('../')) {
    throw new UsageError(`${path} is not in the repository ${fileUriToPath(repository.root)}`);
  }
  return joinUri(repository.root, inside);
}

async function openBoth(
  { base, head, root }: Sides,
  {
    repository,
    parsed,
    context,
  }: { repository: GitRepository; parsed: ParsedCommand; context: CommandContext },
): Promise<{ base: CatalogEngine; head: CatalogEngine; pairs: RelationPairs }> {
  const headTree = head && (await readCommit(repository, head, context));
  const headContext = atRevision(context, {
    fileSystem: headTree?.fileSystem ?? new RemotelessFileSystem(context.fileSystem),
    name: head?.revision ?? 'working tree',
  });
  const stat = await headContext.fileSystem.stat(root);
  if (stat?.type !== 'directory') {
    const where = head ? ` in ${head.revision}` : '';
    throw new UsageError(`Folder ${fileUriToPath(root)} doesn't exist${where}`);
  }
  const baseTree = await readCommit(repository, base, context);
  const baseContext = atRevision(context, {
    fileSystem: baseTree.fileSystem,
    name: base.revision,
  });
  const around = await catalogAround(root, headContext, repository.root);
  // Same settings on both sides, so that only files make a difference.
  const options = await readOptions([around], headContext);
  const here = repository.isBare ? repository.root : pathToFileUri(context.cwd);
  const cwd = fileUriToPath(await context.fileSystem.realPath(here));
  const setup = await readBackstageSetup(parsed, { ...headContext, cwd });
  const { fileSystem } = context;
  const backstage = setup && (await withinRepository(setup, { root: repository.root, fileSystem }));
  const reading = { options, backstage, reportsProblems: true };
  const baseCatalog = await openCatalog([around], baseContext, reading);
  try {
    const headCatalog = await openCatalog([around], headContext, reading);
    mustBeComplete(baseTree, base.revision);
    if (headTree) mustBeComplete(headTree, head.revision);
    return {
      base: baseCatalog,
      head: headCatalog,
      pairs: headCatalog.relationPairs,
    };
  } catch (error) {
    baseCatalog.dispose();
    throw error;
  }
}
