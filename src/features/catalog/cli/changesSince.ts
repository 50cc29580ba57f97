import { dirnameUri, isWithin, raceAbort } from '../../../base';
import { openCatalog, readOptions } from '../../../cli/catalog/openCatalog';
import {
  atRevision,
  mustBeComplete,
  openRepository,
  readCommit,
  resolveRevision,
  startOfChanges,
} from '../../../cli/catalog/revisions';
import type { OpenSources } from '../../../cli/catalog/sources';
import { type CommandContext, UsageError } from '../../../cli/command';
import type { Problem } from '../../../model';
import type { DirectoryEntry, FileStat, FileSystem } from '../../../platform/core/ports';
import { fileUriToPath } from '../../../platform/node';
import type { GitRepository, GitTree, WorkingTreeChanges } from '../../scm/node';
import type { BackstageSetup, CatalogEngine } from '../core';
import { problemChanges } from '../core/diff';

/** Changes of a catalog since a commit. */
export interface ChangesSince {
  /** URIs of files with descriptors or problems whose content changed. */
  readonly files: ReadonlySet<string>;
  /** New problems of `catalog`, in any file. */
  readonly newProblems: ReadonlySet<Problem>;
}

/** A file system whose files can be replaced by those of another one. */
export class SwitchableFileSystem implements FileSystem {
  current: FileSystem;

  constructor(current: FileSystem) {
    this.current = current;
  }

  get readStamped(): FileSystem['readStamped'] {
    return this.current.readStamped?.bind(this.current);
  }

  readFile(uri: string): Promise<Uint8Array> {
    return this.current.readFile(uri);
  }

  stat(uri: string): Promise<FileStat | undefined> {
    return this.current.stat(uri);
  }

  readDirectory(uri: string): Promise<readonly DirectoryEntry[]> {
    return this.current.readDirectory(uri);
  }

  realPath(uri: string): Promise<string> {
    return this.current.realPath(uri);
  }
}

interface WorkingTree {
  /** URIs of the folders that make the catalog, without symbolic links. */
  readonly roots: readonly string[];
  /** Current catalog of these folders. It may become the commit's. */
  readonly catalog: CatalogEngine;
  /** The file system that `catalog` reads. */
  readonly files: SwitchableFileSystem;
  /** Setup of a configured catalog; undefined for a discovered one. */
  readonly backstage: BackstageSetup | undefined;
  /** Sources of `catalog`, which are the same on both sides. */
  readonly remote: Pick<OpenSources, 'sources' | 'fetchMissing' | 'filesOver'>;
}

/**
 * Compares the working tree with the commit where the current branch left `revision`, including
 * uncommitted changes and untracked files.
 *
 * @throws UsageError
 */
export async function changesSince(
  revision: string,
  workingTree: WorkingTree,
  context: CommandContext,
): Promise<ChangesSince> {
  const { roots, catalog } = workingTree;
  const [first = ''] = roots;
  const repository = await openRepository(first, context);
  try {
    const outside = roots.find(root => !isWithin(repository.root, root));
    if (outside !== undefined) {
      const path = fileUriToPath(repository.root);
      throw new UsageError(`${fileUriToPath(outside)} is not in the repository ${path}`);
    }
    const base = await resolveRevision(repository, revision);
    const head = await resolveRevision(repository, 'HEAD');
    const commit = await startOfChanges(repository, { base, head, revision });
    const tree = await readCommit(repository, { commit, revision }, context);
    const changes = await smallChanges(workingTree, { repository, commit }, context);
    // Others may depend on submodules, whose repositories can change.
    if (!changes) context.recorder?.abandon();
    context.recorder?.noteMergeBase({
      kind: 'merge-base',
      folder: first,
      revision,
      base,
      head,
      commit,
    });
    const problems = catalog.getProblems({ ungrouped: true });
    const files = await changedFiles(catalog, { tree, root: repository.root, changes }, context);
    const before = await (changes
      ? problemsWithout(changes, workingTree, { tree, context })
      : problemsOf(tree, workingTree, { revision, context }));
    if (before.some(isByChance)) context.recorder?.abandon();
    mustBeComplete(tree, revision);
    return { files, newProblems: new Set(problemChanges(before, problems).added) };
  } finally {
    repository.dispose();
  }
}

/** Whether a problem depends on how busy the machine is. */
export function isByChance({ code }: Problem): boolean {
  return code === 'definition-not-checked';
}

/** The maximum number of changed places for which the commit isn't read as a whole. */
const MOST_CHANGES = 1000;

/**
 * Changes of the working tree, if undoing them turns its catalog into the commit's: a Backstage's catalog depends on more
 * than files, and settings and sources are read only once.
 */
async function smallChanges(
  { backstage, remote }: WorkingTree,
  { repository, commit }: { repository: GitRepository; commit: string },
  { signal }: CommandContext,
): Promise<WorkingTreeChanges | undefined> {
  if (backstage || remote.sources.length) return undefined;
  const changes = await repository.changesSince(commit).catch(() => {
    // git is too slow, or can't compare: reading the commit needs neither.
    signal.throwIfAborted();
    return undefined;
  });
  // Files that refer to something behind a link depend on places that git doesn't list.
  if (changes?.links.length) return undefined;
  const hasSettings = changes?.uris.some(uri => /\/\.vscode(?:\/settings\.json)?$/.test(uri));
  return hasSettings || (changes?.uris.length ?? 0) > MOST_CHANGES ? undefined : changes;
}

/** Problems of a commit, found by undoing the changes in the catalog of the working tree. */
async function problemsWithout(
  { uris }: WorkingTreeChanges,
  { catalog, files }: WorkingTree,
  { tree, context: { signal } }: { tree: GitTree; context: CommandContext },
): Promise<readonly Problem[]> {
  files.current = tree.fileSystem;
  await catalog.applyChanges(
    uris.map(uri => ({ type: 'changed', uri })),
    { signal },
  );
  await raceAbort(catalog.whenInspected(), signal);
  return catalog.getProblems({ ungrouped: true });
}

/** Problems of a commit, found by reading all of its files. */
async function problemsOf(
  tree: GitTree,
  { roots, backstage, remote }: WorkingTree,
  { revision, context }: { revision: string; context: CommandContext },
): Promise<readonly Problem[]> {
  const before = await openCatalog(
    roots,
    atRevision(context, { fileSystem: remote.filesOver(tree.fileSystem), name: revision }),
    {
      options: await readOptions(roots, context),
      backstage,
      reportsProblems: true,
      saveAs: 'commits',
      remote,
    },
  );
  try {
    await before.save();
    return before.getProblems({ ungrouped: true });
  } finally {
    before.dispose();
  }
}

async function changedFiles(
  catalog: CatalogEngine,
  { tree, root, changes }: { tree: GitTree; root: string; changes: WorkingTreeChanges | undefined },
  { fileSystem }: CommandContext,
): Promise<ReadonlySet<string>> {
  const files = new Set([
    ...catalog.getFiles().map(({ uri }) => uri),
    ...catalog.getProblems().flatMap(({ file }) => file ?? []),
  ]);
  const places = changes && new Set([...changes.uris, ...changes.links]);
  const changed = new Set<string>();
  await Promise.all(
    [...files].map(async file => {
      // Files outside the repository, which a Backstage may read, are in no commit.
      if (!isWithin(root, file) || (places && !isAtOneOf(places, file))) return;
      if (!(await isUnchanged(file, tree, fileSystem))) changed.add(file);
    }),
  );
  return changed;
}

/** Whether a URI, or a folder that it lies in, is one of these places. */
function isAtOneOf(places: ReadonlySet<string>, uri: string): boolean {
  for (let at = uri; ; at = dirnameUri(at)) {
    if (places.has(at)) return true;
    if (at === dirnameUri(at)) return false;
  }
}

async function isUnchanged(
  file: string,
  tree: GitTree,
  fileSystem: CommandContext['fileSystem'],
): Promise<boolean> {
  let content: Uint8Array;
  try {
    content = await fileSystem.readFile(file);
  } catch {
    // Gone or unreadable: it counts as changed, and is validated, which reports it.
    return false;
  }
  if (await tree.hasContent(file, content)) return true;
  // With core.autocrlf, git's line endings differ from the working tree's.
  const carriageReturn = 13;
  if (!content.includes(carriageReturn)) return false;
  const lineEnds = Buffer.from(content).toString('latin1').replaceAll('\r\n', '\n');
  return tree.hasContent(file, Buffer.from(lineEnds, 'latin1'));
}
