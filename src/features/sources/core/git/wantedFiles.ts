import { Slices } from '../../../../platform/core';
import { decodeText } from '../../../../platform/core/files';
import type { Clock, GitMirrorDraft } from '../../../../platform/core/ports';
import { referencedPaths } from './references';

/** As deep as files that lead to files are followed before they are read. */
const MAX_ROUNDS = 8;
/** In bytes: in larger files nobody looks for what they lead to. */
const MAX_TEXT = 2 * 1024 * 1024;
/** As many are followed and remembered, of all files together; the others are looked up one by one when they are read. */
const MAX_TARGETS = 200_000;
/** Files that tell whose others are. */
const OWNERS = ['CODEOWNERS', '.github/CODEOWNERS', '.gitlab/CODEOWNERS', 'docs/CODEOWNERS'];

/**
 * Globs of the files that a source looks into.
 *
 * @param paths - files, folders or globs; none: all of the repository
 * @param globs - those that settings name
 */
export function includeOf(paths: readonly string[], globs: readonly string[]): readonly string[] {
  const below = paths.map(path => path.replace(/^(?:\.?\/)+|\/+$/g, ''));
  if (!below.length || below.some(path => path === '' || path === '.')) return globs;
  return below.flatMap(path => [path, ...globs.map(glob => `${path}/${glob}`)]);
}

/** By content and path of a file: paths of those that it may lead to. */
export type References = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Has the contents of files be at hand, and of those that they lead to: by one request for the first, and by one for each
 * step from them.
 *
 * @param options.known - what files led to the last time
 * @returns what they lead to, for the next time
 */
export async function bringWanted(
  draft: GitMirrorDraft,
  {
    wanted,
    known,
    clock,
  }: { readonly wanted: readonly string[]; readonly known: References; readonly clock: Clock },
): Promise<References> {
  const slices = new Slices(clock);
  const first = new Set([...OWNERS, ...wanted]);
  for (const path of draft.paths()) {
    // Where they lead is in no tree, and whoever comes by wants to know.
    if (draft.isLink(path)) first.add(path);
    if (slices.isOver) await slices.pause();
  }
  await draft.bring(first);
  const references = new Map<string, ReadonlySet<string>>();
  let round: Iterable<string> = wanted;
  let targetCount = 0;
  const seen = new Set(first);
  for (let rounds = 0; rounds < MAX_ROUNDS; rounds++) {
    const found = new Set<string>();
    for (const path of round) {
      if (targetCount > MAX_TARGETS) break;
      // The same content in another folder leads elsewhere.
      const key = `${draft.contentId(path) ?? ''} ${path}`;
      const targets = known.get(key) ?? (await referencesOf(path, draft));
      references.set(key, targets);
      targetCount += targets.size;
      for (const target of targets) {
        if (!seen.has(target) && draft.contentId(target) !== undefined) found.add(target);
        seen.add(target);
      }
      if (slices.isOver) await slices.pause();
    }
    if (!found.size) break;
    await draft.bring(found);
    round = found;
  }
  return references;
}

async function referencesOf(path: string, draft: GitMirrorDraft): Promise<ReadonlySet<string>> {
  if ((draft.sizeOf(path) ?? 0) > MAX_TEXT) return NOTHING;
  const content = await draft.read(path);
  if (!content) return NOTHING;
  const targets = referencedPaths(path, decodeText(content));
  return targets.size ? targets : NOTHING;
}

const NOTHING: ReadonlySet<string> = new Set();
