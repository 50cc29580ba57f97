import { TimeSlicer } from '../../../../../platform/core';
import { decodeText } from '../../../../../platform/core/files';
import {
  type Clock,
  type GitMirrorDraft,
  GitMirrorFailure,
} from '../../../../../platform/core/ports';
import { linkedPath, parentPath, TaskLimitError } from '../../../../scm/core/forgeFiles';
import type { UrlFile } from '../../../../scm/core/urlReaders';
import { ARCHIVE_LIMITS, matcherOf } from '../patternFiles';
import type { PatternQuestion } from '../urlRequests';

/**
 * Reads the files that match from a tree of the repository, with the same result as its archive. Missing contents
 * are fetched in one request, and link targets in another.
 *
 * @returns undefined if the archive may differ from the tree: Backstage reads the archive
 * @throws TaskLimitError if it is too large; GitMirrorFailure; AbortError
 */
export async function repositoryFiles(
  tree: GitMirrorDraft,
  question: PatternQuestion,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<readonly UrlFile[] | undefined> {
  const slices = new TimeSlicer(clock);
  const paths = await matchingPaths(tree, question, { slices, signal });
  if (!paths) return undefined;
  const attributes = attributesOf(paths, question).filter(
    path => tree.contentId(path) !== undefined,
  );
  await tree.fetchBlobs([...paths, ...attributes]);
  for (const path of attributes) if (await changesArchives(tree, path)) return undefined;
  const sources = await sourcesOf(tree, paths, question);
  await tree.fetchBlobs(sources.values());
  let size = 0;
  for (const path of sources.values()) size += tree.sizeOf(path) ?? 0;
  if (size > ARCHIVE_LIMITS.size) throw tooLarge();
  const files: UrlFile[] = [];
  for (const [path, source] of sources) {
    signal.throwIfAborted();
    const content = await tree.read(source);
    if (!content) throw new GitMirrorFailure('failed', `${source} was not fetched`);
    files.push({ url: question.urlOf(path), text: decodeText(content) });
    if (slices.isOver) await slices.pause();
  }
  return files;
}

/** Fetches the contents that {@link repositoryFiles} needs, except link targets. */
export async function fetchMatching(
  tree: GitMirrorDraft,
  question: PatternQuestion,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  const slices = new TimeSlicer(clock);
  const paths = (await matchingPaths(tree, question, { slices, signal })) ?? [];
  await tree.fetchBlobs([...paths, ...attributesOf(paths, question)]);
}

/** Returns undefined if the host must report a missing folder. */
async function matchingPaths(
  tree: GitMirrorDraft,
  { pattern, folder, repository }: PatternQuestion,
  { slices, signal }: { readonly slices: TimeSlicer; readonly signal: AbortSignal },
): Promise<readonly string[] | undefined> {
  const fits = matcherOf(pattern);
  const top = folder === '' ? '' : `${folder}/`;
  let isThere = top === '' || repository?.isReadAs !== 'folder';
  const paths: string[] = [];
  for (const path of tree.paths()) {
    if (slices.isOver) {
      await slices.pause();
      signal.throwIfAborted();
    }
    if (!path.startsWith(top)) continue;
    isThere = true;
    if (!fits(path)) continue;
    paths.push(path);
    if (paths.length > ARCHIVE_LIMITS.entries) throw tooLarge();
  }
  return isThere ? paths.sort((a, b) => (a < b ? -1 : 1)) : undefined;
}

/** Returns the `.gitattributes` files that apply to paths; none if Backstage reads no archive. */
function attributesOf(
  paths: readonly string[],
  { repository }: PatternQuestion,
): readonly string[] {
  if (repository?.isReadAs === 'tree') return [];
  const files = new Set<string>();
  for (const path of paths) {
    for (let folder = parentPath(path); ; folder = parentPath(folder)) {
      const file = folder === '' ? '.gitattributes' : `${folder}/.gitattributes`;
      // Files above it were added before.
      if (files.has(file)) break;
      files.add(file);
      if (folder === '') break;
    }
  }
  return [...files];
}

function tooLarge(): TaskLimitError {
  return new TaskLimitError('The content to fetch is too large');
}

/** Maximum bytes of a link target; no disk has longer ones. */
const MAX_LINK = 4096;
/** Maximum bytes of a `.gitattributes` file that is read. */
const MAX_ATTRIBUTES = 1024 * 1024;

/** Whether attributes may change or exclude files in archives. Source: `git archive`, which forges use. */
async function changesArchives(tree: GitMirrorDraft, path: string): Promise<boolean> {
  if (tree.isLink(path)) return false;
  if ((tree.sizeOf(path) ?? 0) > MAX_ATTRIBUTES) return true;
  const content = await tree.read(path);
  return /\b(?:export-ignore|export-subst|ident|working-tree-encoding)\b/.test(
    content ? decodeText(content) : '',
  );
}

/** Maps matching paths to the paths of their contents, which differ for links. */
async function sourcesOf(
  tree: GitMirrorDraft,
  paths: readonly string[],
  { folder, request }: PatternQuestion,
): Promise<ReadonlyMap<string, string>> {
  const top = folder === '' ? '' : `${folder}/`;
  const sources = new Map<string, string>();
  for (const path of paths) {
    // In a zip archive, a link is a file that contains its target.
    if (!tree.isLink(path) || request.format === 'zip') sources.set(path, path);
    else if ((tree.sizeOf(path) ?? 0) <= MAX_LINK) {
      const link = await tree.read(path);
      const target = link && linkedPath(path.slice(top.length), decodeText(link));
      const source = target === undefined ? undefined : `${top}${target}`;
      const isFile = source !== undefined && tree.contentId(source) !== undefined;
      if (isFile && !tree.isLink(source)) sources.set(path, source);
    }
  }
  return sources;
}
