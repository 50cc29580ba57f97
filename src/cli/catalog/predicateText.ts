import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { failure, LineIndex, ok, type Position, type Range, type Result } from '../../base';
import { type FilterPredicate, type PredicateProblem, readPredicate } from '../../model/predicates';
import { composeDocuments, MAX_ALIASES } from '../../platform/core/yaml';

/** A reason why a text isn't a predicate. */
export interface PredicateTextProblem {
  readonly message: string;
  readonly range: Range;
}

/** Maximum length of a predicate's text, in UTF-16 code units. */
const MAX_LENGTH = 100_000;

/** Parses a predicate in JSON or YAML. */
export function parsePredicate(
  text: string,
): Result<FilterPredicate, readonly [PredicateTextProblem, ...PredicateTextProblem[]]> {
  const lines = new LineIndex(text);
  const problem = (message: string, from: number, to = from): PredicateTextProblem => ({
    message,
    range: { start: lines.positionAt(from), end: lines.positionAt(to) },
  });
  if (text.length > MAX_LENGTH) {
    return failure([problem(`A predicate can have at most ${MAX_LENGTH} characters`, 0)]);
  }
  const [composed, second] = composeDocuments(text);
  const { document, excess, base = 0 } = composed ?? {};
  if (excess) return failure([problem(excess.message, base + excess.pos[0], base + excess.pos[1])]);
  if (!document?.contents) {
    return failure([problem('The predicate is empty. Example: {"kind": "Component"}', 0)]);
  }
  const [error] = document.errors;
  if (error) return failure([problem(error.message, base + error.pos[0], base + error.pos[1])]);
  if (second) return failure([problem('Only one YAML document is expected', second.start)]);
  const read = readPredicate(document.toJS({ maxAliasCount: MAX_ALIASES }));
  if (read.ok) return ok(read.value);
  const place = (one: PredicateProblem): PredicateTextProblem => {
    const [from = 0, to = from] = nodeAt(document.contents, one)?.range ?? [];
    return problem(one.message, base + from, base + to);
  };
  const [first, ...others] = read.error;
  return failure([place(first), ...others.map(place)]);
}

/** Returns the node of a problem; the nearest node around it if it is in an alias. */
function nodeAt(
  contents: Node | null,
  { path, at }: Pick<PredicateProblem, 'path' | 'at'>,
): Node | undefined {
  let node: unknown = contents;
  for (const [index, step] of path.entries()) {
    let next: unknown;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
      if (at === 'key' && index === path.length - 1) next = pair?.key;
      // A missing value is at its key.
      else next = pair?.value ?? pair?.key;
    } else if (isSeq(node)) next = node.items[Number(step)];
    if (next === undefined || next === null) break;
    node = next;
  }
  return (node as Node | null) ?? undefined;
}

/** Formats a position for people: `line 1, column 5`. */
export function formatPlace({ line, character }: Position): string {
  return `line ${line + 1}, column ${character + 1}`;
}
