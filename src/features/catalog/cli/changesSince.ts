import { isWithin } from '../../../base';
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
import { fileUriToPath } from '../../../platform/node';
import { type GitTree } from '../../scm/node';
import type { BackstageSetup, CatalogEngine } from '../core';
import { problemChanges } from '../core/diff';

/** Changes of a catalog since a commit. */
export interface ChangesSince {
  /** URIs of files with descriptors or problems whose content changed. */
  readonly files: ReadonlySet<string>;
  /** New problems of `catalog`, in any file. */
  readonly newProblems: ReadonlySet<Problem>;
}

/**
 * Compares the working tree with the commit where the current branch left `revision`, including
 * uncommitted changes and untracked files.
 *
 * @param roots - URIs of the catalog's folders, without symbolic links
 * @param catalog - current catalog of these folders
 * @param backstage - setup of a configured catalog; undefined for a discovered one
 * @param remote - sources of `catalog`, which are the same on both sides
 * @throws UsageError
 */
export async function changesSince(
  revision: string,
  {
    roots,
    catalog,
    backstage,
    remote,
  }: {
    roots: readonly string[];
    catalog: CatalogEngine;
    backstage: BackstageSetup | undefined;
    remote: Pick<OpenSources, 'sources' | 'fetchMissing' | 'filesOver'>;
  },
  context: CommandContext,
): Promise<ChangesSince> {
  const [first = ''] = roots;
  const repository = await openRepository(first, context);
  try {
    const elsewhere = roots.find(root => !isWithin(repository.root, root));
    if (elsewhere !== undefined) {
      const path = fileUriToPath(repository.root);
      throw new UsageError(`${fileUriToPath(elsewhere)} is not in the repository ${path}`);
    }
    const base = await resolveRevision(repository, revision);
    const head = await resolveRevision(repository, 'HEAD');
    const commit = await startOfChanges(repository, { base, head, revision });
    const tree = await readCommit(repository, { commit, revision }, context);
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
      mustBeComplete(tree, revision);
      await before.save();
      const problems = catalog.getProblems({ ungrouped: true });
      return {
        files: await changedFiles(catalog, { tree, root: repository.root }, context),
        newProblems: new Set(
          problemChanges(before.getProblems({ ungrouped: true }), problems).added,
        ),
      };
    } finally {
      before.dispose();
    }
  } finally {
    repository.dispose();
  }
}

async function changedFiles(
  catalog: CatalogEngine,
  { tree, root }: { tree: GitTree; root: string },
  { fileSystem }: CommandContext,
): Promise<ReadonlySet<string>> {
  const files = new Set([
    ...catalog.getFiles().map(({ uri }) => uri),
    ...catalog.getProblems().flatMap(({ file }) => file ?? []),
  ]);
  const changed = new Set<string>();
  await Promise.all(
    [...files].map(async file => {
      // Files outside the repository, which a Backstage may read, are in no commit.
      if (!isWithin(root, file)) return;
      if (!(await isUnchanged(file, tree, fileSystem))) changed.add(file);
    }),
  );
  return changed;
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
