/** Whose rules a CODEOWNERS file follows. */
export type CodeownersDialect = 'github' | 'gitlab';

/** A pattern in a form that is plain data and can be matched without a regular expression. */
export interface PathPattern {
  /** The names on the way, `*` and `?` in them; `**` stands for any number of folders. */
  readonly segments: readonly string[];
  /** Whether it means the path itself, all that lies below it, or either. */
  readonly covers: 'path' | 'below' | 'both';
}

const ANY_FOLDERS = '**';

/**
 * Reads a pattern, blanks unescaped. As in a `.gitignore`, a `/` at the start or in the middle ties
 * it to the repository's root; GitLab wants it at the start for that. Unlike there, `docs/*` means
 * the files of the folder and nothing deeper.
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
 * Whether the pattern means a file. Takes time in proportion to the pattern and the path, however
 * many wildcards there are, since repositories are not trusted.
 *
 * @param path - of the file from the repository's root, with `/` and none at its start
 */
export function matchesPath({ segments, covers }: PathPattern, path: string): boolean {
  const names = path.split('/');
  // Which numbers of names the segments so far can have used up.
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

/** The usual walk with one step back: to the last `*`, which takes one character more. */
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
