import { decodeEscapes } from '../../../../base';
import { TimeSlicer } from '../../../../platform/core';
import { decodeText } from '../../../../platform/core/files';
import type { Clock, GitMirrorDraft } from '../../../../platform/core/ports';

/** Matches placeholders: `$text: ./README.md`, `"$ref": "schemas/pet.yaml#/Pet"`. */
const REFERENCE =
  /(?:^|[\s{,[])["']?\$[A-Za-z][\w-]*["']?[ \t]*:[ \t]*(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"'#,}][^\n#,}]*))/g;
/** Matches targets in a text with a Location: `target: ./all.yaml`, `- ./all.yaml`. */
const TARGET =
  /(?:(?:^|\s)-|\btargets?["']?:|\[|,)[ \t]*(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"'#,[\]{}][^\s"'#,\]}]*))/g;
/** Maximum number of targets of a file; others are fetched when they are read. */
const MOST = 1000;

/**
 * Finds paths of files that a text may refer to, without parsing YAML: false positives do no harm.
 *
 * @param path - path of the file in the repository
 */
export function referencedPaths(path: string, text: string): ReadonlySet<string> {
  const paths = new Set<string>();
  const folder = path.split('/').slice(0, -1);
  const matches = [
    ...(text.includes('$') ? text.matchAll(REFERENCE) : []),
    ...(/kind["']?:[ \t]*["']?Location\b/.test(text) ? text.matchAll(TARGET) : []),
  ];
  for (const [, double, single, plain] of matches) {
    const target = (double ?? single ?? plain ?? '').replace(/[?#].*$/s, '').trim();
    if (target === '' || /^[a-z][\w+.-]*:/i.test(target)) continue;
    const found = resolve(target.startsWith('/') ? [] : folder, target);
    if (found !== undefined) paths.add(found);
    if (paths.size >= MOST) break;
  }
  return paths;
}

/** Returns undefined for a target outside the repository. */
function resolve(folder: readonly string[], target: string): string | undefined {
  const names = [...folder];
  for (const name of decodeEscapes(target).split('/')) {
    if (name === '' || name === '.') continue;
    if (name !== '..') names.push(name);
    else if (names.pop() === undefined) return undefined;
  }
  return names.join('/');
}

/** Maximum depth of references to follow before files are read. */
const MAX_ROUNDS = 8;
/** Maximum bytes of a file that is searched for references. */
const MAX_TEXT = 2 * 1024 * 1024;
/** Maximum number of references to follow and remember, over all files; others are fetched when they are read. */
const MAX_TARGETS = 200_000;
/** Files that name owners. */
const OWNERS = ['CODEOWNERS', '.github/CODEOWNERS', '.gitlab/CODEOWNERS', 'docs/CODEOWNERS'];

/**
 * Globs of the files that a source reads.
 *
 * @param paths - files, folders or globs; empty for the whole repository
 * @param globs - discovery globs of the settings
 */
export function includeOf(paths: readonly string[], globs: readonly string[]): readonly string[] {
  const below = paths.map(path => path.replace(/^(?:\.?\/)+|\/+$/g, ''));
  if (!below.length || below.some(path => path === '' || path === '.')) return globs;
  return below.flatMap(path => [path, ...globs.map(glob => `${path}/${glob}`)]);
}

/** Paths that a file may refer to, by content id and path of the file. */
export type References = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Fetches files and those that they refer to: one request for the first, and one for each step of references.
 *
 * @param options.known - references of the previous fetch
 * @returns references, for the next fetch
 */
export async function fetchWanted(
  draft: GitMirrorDraft,
  {
    wanted,
    known,
    clock,
  }: { readonly wanted: readonly string[]; readonly known: References; readonly clock: Clock },
): Promise<References> {
  const slices = new TimeSlicer(clock);
  const first = new Set([...OWNERS, ...wanted]);
  for (const path of draft.paths()) {
    // A link's target is part of its content, not of the tree, and is needed later.
    if (draft.isLink(path)) first.add(path);
    if (slices.isOver) await slices.pause();
  }
  await draft.fetchBlobs(first);
  const references = new Map<string, ReadonlySet<string>>();
  let round: Iterable<string> = wanted;
  let targetCount = 0;
  const seen = new Set(first);
  for (let rounds = 0; rounds < MAX_ROUNDS; rounds++) {
    const found = new Set<string>();
    for (const path of round) {
      if (targetCount > MAX_TARGETS) break;
      // The same content in another folder refers to other paths.
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
    await draft.fetchBlobs(found);
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
