import { joinUri, relativePath } from '../../../../base';
import {
  isValidObjectName,
  type OwnerMapping,
  readEntityRef,
  stringifyEntityRef,
} from '../../../../model';
import { readWithin } from '../../../../platform/core/files';
import type { FileSystem } from '../../../../platform/core/ports';
import {
  type CodeownersDialect,
  matchesPath,
  type PathPattern,
  readPathPattern,
} from './pathPattern';

/** A line of a CODEOWNERS file. Serializable: it is sent between processes. */
export interface CodeownersRule {
  readonly pattern: PathPattern;
  /** As written: `@user`, `@org/team`, `name@example.com`. Empty for no owner. */
  readonly owners: readonly string[];
  /** 0-based. */
  readonly line: number;
  /** Section name in lower case, GitLab only; `''` before the first section. */
  readonly section: string;
  /** Set for a line that excludes files from its section, GitLab only. */
  readonly isExclusion?: true;
}

/** A line that the host skips, and the reason. */
export interface SkippedLine {
  readonly line: number;
  readonly reason: string;
}

export interface Codeowners {
  readonly rules: readonly CodeownersRule[];
  readonly skipped: readonly SkippedLine[];
}

const OWNER = /^(?:@[\w.-]+(?:\/[\w./-]+)?|[^@\s]+@[^@\s][^@\s.]*\.[^@\s]+)$/;
/** Maximum characters of an owner: that of an email address. Longer words aren't matched. */
const MAX_OWNER_LENGTH = 320;
const SECTION = /^\^?\[([^\]]+)\](?:\[\d+\])?(?=\s|$)(.*)$/;

/** Whether the text has sections, which only GitLab supports. */
export function hasSections(text: string): boolean {
  return text.split('\n').some(line => SECTION.test(line.trim()));
}

/**
 * Parses a CODEOWNERS file. GitHub skips lines with errors and doesn't support `!`, `[a-z]` and an escaped `#` at
 * the start of a line. GitLab skips only invalid owners, and applies the default owners of a section to its lines
 * without owners.
 */
export function parseCodeowners(text: string, dialect: CodeownersDialect): Codeowners {
  const rules: CodeownersRule[] = [];
  const skipped: SkippedLine[] = [];
  let section = { name: '', owners: [] as readonly string[] };
  for (const [line, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const content = raw.trim();
    if (content === '' || content.startsWith('#')) continue;
    const [, name, defaults] = (dialect === 'gitlab' && SECTION.exec(content)) || [];
    if (name !== undefined) {
      section = { name: name.trim().toLowerCase(), owners: ownersIn(defaults ?? '').valid };
      continue;
    }
    const { written, rest } = splitPattern(content);
    const isExclusion = dialect === 'gitlab' && written.startsWith('!');
    const { valid, invalid } = ownersIn(rest);
    const reason = dialect === 'github' ? mistakeIn(written, invalid) : undefined;
    if (reason !== undefined) {
      skipped.push({ line, reason });
      continue;
    }
    rules.push({
      pattern: readPathPattern(unescape(isExclusion ? written.slice(1) : written), dialect),
      owners: valid.length || dialect === 'github' ? valid : section.owners,
      line,
      section: section.name,
      ...(isExclusion && { isExclusion }),
    });
  }
  return { rules, skipped };
}

function mistakeIn(pattern: string, invalidOwners: readonly string[]): string | undefined {
  if (pattern.startsWith('!')) return 'patterns cannot be negated with !';
  if (pattern.startsWith('\\#')) return 'a # at the start of a line cannot be escaped';
  if (pattern.includes('[')) return 'patterns cannot have ranges in [ ]';
  const [owner] = invalidOwners;
  return owner === undefined ? undefined : `${owner} is not a user, team or email address`;
}

/** Splits at the first blank that isn't escaped with `\`. */
function splitPattern(content: string): { written: string; rest: string } {
  const written = /^(?:\\.|[^\\\s])*\\?/.exec(content)?.[0] ?? '';
  return { written, rest: content.slice(written.length) };
}

function unescape(pattern: string): string {
  return pattern.replace(/\\(.)/g, '$1');
}

/** Returns the owners before a comment. */
function ownersIn(rest: string): { valid: readonly string[]; invalid: readonly string[] } {
  const words = rest.split(/\s+/).filter(word => word !== '');
  const comment = words.findIndex(word => word.startsWith('#'));
  const owners = comment < 0 ? words : words.slice(0, comment);
  const isOwner = (word: string): boolean => word.length <= MAX_OWNER_LENGTH && OWNER.test(word);
  return { valid: owners.filter(isOwner), invalid: owners.filter(owner => !isOwner(owner)) };
}

export interface PathOwners {
  /** As written; empty if the last matching line has no owners, or no line matches. */
  readonly owners: readonly string[];
  /** 0-based index of the deciding line; undefined if none matches. */
  readonly line: number | undefined;
  /** Whether the pattern of that line matches every file, as `*` does. */
  readonly isCatchAll: boolean;
}

/**
 * Returns the owners of a file: those of the last matching line. For GitLab, the owners of all sections are
 * combined in the order of lines; the line is that of the first.
 *
 * @param path - relative to the repository root, with `/`
 */
export function ownersOfPath(rules: readonly CodeownersRule[], path: string): PathOwners {
  const matching = rules.filter(({ pattern }) => matchesPath(pattern, path));
  const deciding = new Map<string, CodeownersRule>();
  for (const rule of matching) deciding.set(rule.section, rule);
  // An exclusion applies to the whole section, regardless of later lines.
  for (const { section, isExclusion } of matching) if (isExclusion) deciding.delete(section);
  const found = [...deciding.values()].sort((a, b) => a.line - b.line);
  const [first] = found.filter(({ owners }) => owners.length);
  if (!first) return { owners: [], line: found[0]?.line, isCatchAll: false };
  return {
    owners: [...new Set(found.flatMap(({ owners }) => owners))],
    line: first.line,
    isCatchAll: first.pattern.segments.every(name => /^\*+$/.test(name)),
  };
}

/** Location of an owner in a CODEOWNERS file, as offsets. */
export interface OwnerSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds all occurrences of an owner in lines and GitLab section headings, case-insensitively, but not in comments
 * and paths.
 */
export function ownerSpans(text: string, owner: string): readonly OwnerSpan[] {
  const spans: OwnerSpan[] = [];
  const wanted = owner.toLowerCase();
  for (const { 0: line, index: start } of text.matchAll(/[^\r\n]+/g)) {
    const content = line.trimStart();
    if (content.startsWith('#')) continue;
    const head = /^\^?\[[^\]]*\](?:\[\d+\])?/.exec(content) ?? /^(?:\\.|[^\\\s])*\\?/.exec(content);
    const from = line.length - content.length + (head?.[0].length ?? 0);
    for (const { 0: word, index } of line.slice(from).matchAll(/\S+/g)) {
      if (word.startsWith('#')) break;
      if (word.toLowerCase() !== wanted) continue;
      const at = start + from + index;
      spans.push({ start: at, end: at + word.length });
    }
  }
  return spans;
}

/**
 * Converts an owner in CODEOWNERS to an entity ref for `spec.owner`: by the mapping, or else the team name,
 * `user:NAME`, or the name in an email address.
 *
 * Source: `normalizeCodeOwner` of Backstage's CodeOwnersProcessor, which has no mapping.
 */
export function ownerRefOf(owner: string, mapping: OwnerMapping = {}): string | undefined {
  const mapped = Object.hasOwn(mapping, owner.toLowerCase())
    ? mapping[owner.toLowerCase()]
    : undefined;
  const ref = mapped ?? defaultRefOf(owner);
  const parsed = readEntityRef(ref, { defaultKind: 'Group', defaultNamespace: 'default' });
  return parsed.ok && isValidObjectName(parsed.value.name) ? ref : undefined;
}

function defaultRefOf(owner: string): string {
  if (!owner.startsWith('@')) return owner.slice(0, owner.indexOf('@'));
  const slash = owner.lastIndexOf('/');
  return slash < 0 ? `user:${owner.slice(1)}` : owner.slice(slash + 1);
}

/**
 * Returns the first owner that is an entity of the catalog, or else the first valid one.
 *
 * @param exists - whether a full ref in lower case is in the catalog
 */
export function chooseOwner(
  owners: readonly string[],
  { mapping, exists }: { mapping?: OwnerMapping; exists?: (ref: string) => boolean },
): string | undefined {
  const refs = owners.flatMap(owner => ownerRefOf(owner, mapping) ?? []);
  const known = refs.find(ref => {
    const parsed = readEntityRef(ref, { defaultKind: 'Group', defaultNamespace: 'default' });
    return parsed.ok && exists?.(stringifyEntityRef(parsed.value));
  });
  return known ?? refs[0];
}

/** The CODEOWNERS file of a repository. Serializable: it is sent between processes. */
export interface CodeownersFile extends Codeowners {
  /** URI of the file. */
  readonly uri: string;
  /** URI of the folder that its paths are relative to. */
  readonly root: string;
}

/** Places where each host looks, in order; the first existing file is used. */
const PLACES: Readonly<Record<CodeownersDialect, readonly string[]>> = {
  github: ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'],
  gitlab: ['CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS', '.github/CODEOWNERS'],
};

/** Maximum bytes of a file that GitHub loads. */
const MAX_SIZE = 3 * 1024 * 1024;

/** Returns the URIs of possible CODEOWNERS files of a repository. */
export function codeownersUris(root: string): readonly string[] {
  return PLACES.github.map(place => joinUri(root, place));
}

/**
 * Reads the CODEOWNERS file of a repository; undefined if there is none or it can't be read.
 *
 * @param root - URI of the repository, or of a workspace folder outside of a repository
 * @param host - web address of the remote, which identifies GitLab
 */
export async function readCodeownersFile(
  root: string,
  { fileSystem, host }: { fileSystem: FileSystem; host: string | undefined },
): Promise<CodeownersFile | undefined> {
  const isGitLab = /^https:\/\/(?:[^/]+\.)?gitlab\./.test(host ?? '');
  for (const place of PLACES[isGitLab ? 'gitlab' : 'github']) {
    const uri = joinUri(root, place);
    const read = await readWithin(fileSystem, { uri, boundary: root, maxSize: MAX_SIZE });
    // Unreadable counts as missing: the entity reports a missing owner.
    if (read.type !== 'text') continue;
    const { text } = read;
    const dialect =
      isGitLab || place.startsWith('.gitlab/') || (host === undefined && hasSections(text))
        ? 'gitlab'
        : 'github';
    return { uri, root, ...parseCodeowners(text, dialect) };
  }
  return undefined;
}

/** Returns the path of a file relative to the root of a CODEOWNERS file. */
export function pathFor({ root }: CodeownersFile, uri: string): string | undefined {
  return relativePath(root, uri);
}
