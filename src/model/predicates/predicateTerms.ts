import { errorMessage, failure, type Result } from '../../base';
import type { FilterPredicate } from './filterPredicate';
import { readPredicate } from './readPredicate';

/** A predicate in the text of a filter: `where:{"kind": "API"}`. */
export interface PredicateTerm {
  /** JSON as written, trimmed. */
  readonly text: string;
  /** Whether matching entities are excluded: `-where:{…}`. */
  readonly isExcluded: boolean;
  /** The predicate, or the reason why there is none. */
  readonly predicate: Result<FilterPredicate>;
}

/** A filter's text without its predicates. */
export interface SplitFilter {
  /** The text without its predicates. */
  readonly rest: string;
  readonly terms: readonly PredicateTerm[];
}

/** Start of a predicate. Without `where:`, the brace must be followed by a quote: `{id}` is a word. */
const BEGIN = /(-?)(?:where:(?=\{)|(?=\{\s*"))/iy;

/**
 * Separates predicates from the other terms of a filter. An unclosed predicate extends to the end.
 * Takes linear time.
 */
export function splitPredicates(text: string): SplitFilter {
  const terms: PredicateTerm[] = [];
  let rest = '';
  let isInQuotes = false;
  for (let at = 0; at < text.length;) {
    BEGIN.lastIndex = at;
    const isStart = !isInQuotes && (at === 0 || /\s/.test(text[at - 1] ?? ''));
    const begin = isStart ? BEGIN.exec(text) : null;
    if (begin) {
      const from = BEGIN.lastIndex;
      at = endOfObject(text, from);
      const written = text.slice(from, at).trim();
      const isExcluded = begin[1] === '-';
      terms.push({ text: written, isExcluded, predicate: parseJsonPredicate(written) });
    } else {
      const char = text[at++] ?? '';
      if (char === '"') isInQuotes = !isInQuotes;
      rest += char;
    }
  }
  return { rest, terms };
}

/** Returns the offset after the closing brace of a JSON object; the end of the text if it isn't closed. */
function endOfObject(text: string, from: number): number {
  let depth = 0;
  let isInString = false;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (isInString) {
      if (char === '\\') at++;
      else if (char === '"') isInString = false;
    } else if (char === '"') isInString = true;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return at + 1;
  }
  return text.length;
}

function parseJsonPredicate(text: string): Result<FilterPredicate> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // A SyntaxError, whose message has the position.
    return failure(errorMessage(error));
  }
  const read = readPredicate(value);
  return read.ok ? read : failure(read.error[0].message);
}
