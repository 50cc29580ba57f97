import { dirnameUri } from '../../base';
import { type GitRepository, type GitTree, loadGitSources } from '../../features/scm/node';
import { fileUriToPath } from '../../platform/node';
import { type CommandContext, UsageError } from '../command';
import { plural } from '../output/problems';
import { printable } from '../output/style';

/** Opens the repository of a folder, which may not exist any more. @throws UsageError */
export async function openRepository(
  folder: string,
  { fileSystem, signal }: CommandContext,
): Promise<GitRepository> {
  let existing = folder;
  while ((await fileSystem.stat(existing))?.type !== 'directory') {
    const parent = dirnameUri(existing);
    if (parent === existing) break;
    existing = parent;
  }
  const path = fileUriToPath(existing);
  const sources = await loadGitSources();
  const repository = await sources.GitRepository.open(path, { outside: fileSystem, signal });
  if (!repository.ok) throw new UsageError(`${path}: ${repository.error}`);
  return repository.value;
}

/** Returns the URI of a folder's repository. @throws UsageError */
export async function repositoryRoot(folder: string, context: CommandContext): Promise<string> {
  const repository = await openRepository(folder, context);
  repository.dispose();
  return repository.root;
}

/** Returns the commit of a revision. @throws UsageError */
export async function resolveRevision(
  repository: GitRepository,
  revision: string,
): Promise<string> {
  const commit = await repository.resolveCommit(revision);
  if (commit.ok) return commit.value;
  throw new UsageError(
    `Commit "${revision}" not found. In CI, fetch it first (actions/checkout: fetch-depth: 0)`,
  );
}

/** Returns the merge base of `base` and `head`. @throws UsageError */
export async function startOfChanges(
  repository: GitRepository,
  { base, head, revision }: { base: string; head: string; revision: string },
): Promise<string> {
  const found = await repository.mergeBase(base, head);
  if (found !== undefined) return found;
  const shallow = (await repository.isShallow())
    ? '. This clone is shallow: fetch more of its history (git fetch --unshallow; actions/checkout: fetch-depth: 0)'
    : '';
  throw new UsageError(`No common ancestor with "${revision}" found${shallow}`);
}

/** Returns the files of a commit; reports unreadable submodules on stderr. @throws UsageError */
export async function readCommit(
  repository: GitRepository,
  { commit, revision }: { commit: string; revision: string },
  { terminal }: CommandContext,
): Promise<GitTree> {
  const tree = await repository.readTree(commit);
  if (!tree.ok) throw new UsageError(`Can't read "${revision}": ${tree.error}`);
  for (const path of tree.value.unreadSubmodules) {
    const name = printable(path);
    terminal.writeError(
      `note: submodule ${name} does not contain the commit of ${printable(revision)}; its files are skipped`,
    );
  }
  return tree.value;
}

/** Prevents results for an incomplete catalog. @throws UsageError if objects of the tree are missing */
export function mustBeComplete(tree: GitTree, revision: string): void {
  const missing = tree.missingObjects();
  if (!missing) return;
  throw new UsageError(
    `${plural(missing, 'file')} of "${revision}" are missing because this clone was made with --filter. Fetch them: git fetch --refetch --no-filter`,
  );
}

/** Returns the context with other files, and with a name for them in the progress. */
export function atRevision(
  context: CommandContext,
  { fileSystem, name }: { fileSystem: CommandContext['fileSystem']; name: string },
): CommandContext {
  const { terminal } = context;
  return {
    ...context,
    fileSystem,
    terminal: {
      write: text => terminal.write(text),
      writeError: line => terminal.writeError(line),
      showProgress: text =>
        terminal.showProgress(text === undefined ? undefined : `${printable(name)}: ${text}`),
      paint: terminal.paint,
      width: terminal.width,
    },
  };
}
