/** Host whose rules a CODEOWNERS file follows. */
export type CodeownersDialect = 'github' | 'gitlab';

/** A serializable pattern that is matched without a regular expression. */
export interface PathPattern {
  /** Path segments, which may contain `*` and `?`; `**` matches any number of folders. */
  readonly segments: readonly string[];
  /** Whether the pattern matches the path itself, everything below it, or both. */
  readonly covers: 'path' | 'below' | 'both';
}

const ANY_FOLDERS = '**';

/**
 * Parses a pattern without escaped blanks. As in `.gitignore`, a `/` at the start or in the middle anchors it to
 * the repository root; GitLab requires it at the start. Unlike there, `docs/*` matches the files of the folder
 * only.
 *
 * Source: GitHub's "About code owners", GitLab's "Code Owners syntax".
 */
export function readPathPattern(pattern: string, dialect: CodeownersDialect): PathPattern {
  const isFolder = pattern.endsWith('/');
  const names = pattern.split('/').filter(name => name !== '');
  const isAnchored =
    pattern.startsWith('/') || (dialect === 'github' && names.length > 1) || names.length === 0;
  const segments: string[] = isAnchored ? [] : [ANY_FOLDERS];
  for (const name of names) {
    if (name !== ANY_FOLDERS || segments.at(-1) !== ANY_FOLDERS) segments.push(name);
  }
  if (segments.at(-1) === ANY_FOLDERS) return { segments: segments.slice(0, -1), covers: 'below' };
  return { segments, covers: coverageOf(segments, { isFolder, dialect }) };
}

function coverageOf(
  segments: readonly string[],
  { isFolder, dialect }: { isFolder: boolean; dialect: CodeownersDialect },
): PathPattern['covers'] {
  const last = segments.at(-1);
  if (isFolder || last === undefined) return 'below';
  if (dialect === 'gitlab') return 'path';
  const isEveryName = last === '*';
  const isAnywhere = segments.length === 2 && segments[0] === ANY_FOLDERS;
  return isEveryName && !isAnywhere ? 'path' : 'both';
}

/**
 * Whether a pattern matches a file. Takes time proportional to the lengths of pattern and path, because
 * repositories are untrusted.
 *
 * @param path - relative to the repository root, with `/` and none at its start
 */
export function matchesPath({ segments, covers }: PathPattern, path: string): boolean {
  const names = path.split('/');
  // Numbers of path segments that the pattern so far can match.
  let reached = new Set([0]);
  for (const segment of segments) {
    const next = new Set<number>();
    if (segment === ANY_FOLDERS) {
      const first = Math.min(...reached);
      for (let used = first; used <= names.length; used++) next.add(used);
    } else {
      for (const used of reached) {
        const name = names[used];
        if (name !== undefined && matchesName(segment, name)) next.add(used + 1);
      }
    }
    if (!next.size) return false;
    reached = next;
  }
  const isPath = reached.has(names.length);
  const isBelow = [...reached].some(used => used < names.length);
  return (covers !== 'below' && isPath) || (covers !== 'path' && isBelow);
}

/** Matches with backtracking to the last `*` only. */
function matchesName(pattern: string, name: string): boolean {
  let at = 0;
  let position = 0;
  let star = -1;
  let taken = 0;
  while (position < name.length) {
    const expected = pattern[at];
    if (expected === '*') {
      star = at++;
      taken = position;
    } else if (expected !== undefined && (expected === '?' || expected === name[position])) {
      at++;
      position++;
    } else if (star >= 0) {
      at = star + 1;
      position = ++taken;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
