import type { Problem } from './problem';

/** Lines on which comments disable all problems or certain codes. */
export type DisabledLines = ReadonlyMap<number, 'all' | ReadonlySet<string>>;

/** New names of problem codes; comments and settings may use the old ones for one release. */
const RENAMED: ReadonlyMap<string, string> = new Map([['misspelt-field', 'misspelled-field']]);

/** Returns the current name of a problem code. */
export function currentCode(code: string): string {
  return RENAMED.get(code) ?? code;
}

const NONE: DisabledLines = new Map();

const COMMENT =
  /(?:^|\s)(?:#|<!--)\s*callboard-disable-(next-line|line)\b(?:[ \t]+([a-z][\w-]*(?:[ \t]*,[ \t]*[a-z][\w-]*)*))?/;

/**
 * Finds `# callboard-disable-line CODE, CODE` and `# callboard-disable-next-line CODE`. Without
 * codes, all problems of the line are disabled. Text after ` --` is a reason. In Markdown, the
 * comment is an HTML comment.
 */
export function findDisabledLines(text: string): DisabledLines {
  if (!text.includes('callboard-disable-')) return NONE;
  const disabled = new Map<number, 'all' | Set<string>>();
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const match = COMMENT.exec(line);
    if (!match) continue;
    const target = match[1] === 'next-line' ? index + 1 : index;
    const codes = match[2]?.split(',').map(code => currentCode(code.trim()));
    const before = disabled.get(target);
    if (!codes || before === 'all') disabled.set(target, 'all');
    else disabled.set(target, new Set([...(before ?? []), ...codes]));
  }
  return disabled;
}

/** Returns the comment syntax of a file's language; undefined for languages without comments, such as JSON. */
export function commentSyntaxOf(uri: string): 'hash' | 'html' | undefined {
  if (/\.(?:md|markdown)$/i.test(uri)) return 'html';
  const hasHash =
    /\.(?:ya?ml|graphqls?|gql|toml|properties|py|rb|sh|tf)$/i.test(uri) || /\/[^./]+$/.test(uri);
  return hasHash ? 'hash' : undefined;
}

/** Whether a problem is disabled, which depends on the line where it starts. */
export function isDisabled(problem: Problem, disabled: DisabledLines): boolean {
  const codes = disabled.get(problem.range.start.line);
  return codes === 'all' || (codes?.has(problem.code) ?? false);
}
