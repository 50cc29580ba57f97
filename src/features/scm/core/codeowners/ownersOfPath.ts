import type { CodeownersRule } from './parseCodeowners';
import { matchesPath } from './pathPattern';

export interface PathOwners {
  /** As written; empty where the last line that matches names nobody, or none does. */
  readonly owners: readonly string[];
  /** The 0-based line that decides; undefined where none matches. */
  readonly line: number | undefined;
  /** Whether the pattern of that line matches every file, as `*` does. */
  readonly isCatchAll: boolean;
}

/**
 * The owners of a file: those of the last line that matches it. Sections of GitLab are asked one by
 * one and their owners put together, in the order of the lines; the line is that of the first.
 *
 * @param path - from the repository's root, with `/`
 */
export function ownersOfPath(rules: readonly CodeownersRule[], path: string): PathOwners {
  const matching = rules.filter(({ pattern }) => matchesPath(pattern, path));
  const deciding = new Map<string, CodeownersRule>();
  for (const rule of matching) deciding.set(rule.section, rule);
  // What a section excludes stays excluded, whatever line comes after it.
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
