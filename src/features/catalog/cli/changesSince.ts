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

/** What a catalog has that it had not at a commit. */
export interface ChangesSince {
  /** URIs of files with descriptors or problems whose content is another now. */
  readonly files: ReadonlySet<string>;
  /** Those of `catalog`, wherever they stand. */
  readonly newProblems: ReadonlySet<Problem>;
}

/**
 * Compares the working tree with where the present branch left `revision`: what is committed, what
 * is not, and what git does not know yet.
 *
 * @param roots - URIs of the folders that make the catalog, without symbolic links
 * @param catalog - of these folders, as they are
 * @param backstage - whose catalog it is, unless it was discovered
 * @param remote - what `catalog` has besides the folders, which is in both: only what the working tree changes counts
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
        isJudged: true,
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
      // What a Backstage reads elsewhere is in no commit.
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
    return false;
  }
  if (await tree.hasContent(file, content)) return true;
  // With core.autocrlf git writes other line ends than it keeps.
  const carriageReturn = 13;
  if (!content.includes(carriageReturn)) return false;
  const lineEnds = Buffer.from(content).toString('latin1').replaceAll('\r\n', '\n');
  return tree.hasContent(file, Buffer.from(lineEnds, 'latin1'));
}
