import type { Problem } from './problem';

/** The lines on which comments switch problems off: all of them, or those with certain codes. */
export type DisabledLines = ReadonlyMap<number, 'all' | ReadonlySet<string>>;

const NONE: DisabledLines = new Map();

const COMMENT =
  /(?:^|\s)(?:#|<!--)\s*callboard-disable-(next-line|line)\b(?:[ \t]+([a-z][\w-]*(?:[ \t]*,[ \t]*[a-z][\w-]*)*))?/;

/**
 * Finds `# callboard-disable-line CODE, CODE` and `# callboard-disable-next-line CODE`. Without a
 * code, every problem of the line is meant. In Markdown such a comment is one of HTML. What follows the codes after ` --` is a reason.
 */
export function findDisabledLines(text: string): DisabledLines {
  if (!text.includes('callboard-disable-')) return NONE;
  const disabled = new Map<number, 'all' | Set<string>>();
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const match = COMMENT.exec(line);
    if (!match) continue;
    const target = match[1] === 'next-line' ? index + 1 : index;
    const codes = match[2]?.split(',').map(code => code.trim());
    const before = disabled.get(target);
    if (!codes || before === 'all') disabled.set(target, 'all');
    else disabled.set(target, new Set([...(before ?? []), ...codes]));
  }
  return disabled;
}

/** The comments that can disable problems in a file, by its language. Undefined for languages without any, such as JSON. */
export function commentSyntaxOf(uri: string): 'hash' | 'html' | undefined {
  if (/\.(?:md|markdown)$/i.test(uri)) return 'html';
  const hasHash =
    /\.(?:ya?ml|graphqls?|gql|toml|properties|py|rb|sh|tf)$/i.test(uri) || /\/[^./]+$/.test(uri);
  return hasHash ? 'hash' : undefined;
}

/** A problem belongs to the line on which it starts. */
export function isDisabled(problem: Problem, disabled: DisabledLines): boolean {
  const codes = disabled.get(problem.range.start.line);
  return codes === 'all' || (codes?.has(problem.code) ?? false);
}
