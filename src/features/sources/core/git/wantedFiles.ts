import { decodeEscapes } from '../../../../base';
import { Slices } from '../../../../platform/core';
import { decodeText } from '../../../../platform/core/files';
import type { Clock, GitMirrorDraft } from '../../../../platform/core/ports';

/** `$text: ./README.md`, `"$ref": "schemas/pet.yaml#/Pet"`: whatever such a key leads to may be read with the file. */
const REFERENCE =
  /(?:^|[\s{,[])["']?\$[A-Za-z][\w-]*["']?[ \t]*:[ \t]*(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"'#,}][^\n#,}]*))/g;
/** `target: ./all.yaml`, `- ./all.yaml`: in a text in which there is a Location. */
const TARGET =
  /(?:(?:^|\s)-|\btargets?["']?:|\[|,)[ \t]*(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"'#,[\]{}][^\s"'#,\]}]*))/g;
/** More are looked up one by one when they are read. */
const MOST = 1000;

/**
 * Paths of files that a text may lead to, as far as that can be told without reading it as YAML: too many do no harm.
 *
 * @param path - of the file, below the top of the repository
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

/** Undefined for what leads out of the repository. */
function resolve(folder: readonly string[], target: string): string | undefined {
  const names = [...folder];
  for (const name of decodeEscapes(target).split('/')) {
    if (name === '' || name === '.') continue;
    if (name !== '..') names.push(name);
    else if (names.pop() === undefined) return undefined;
  }
  return names.join('/');
}

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
