import {
  Composer,
  type CST,
  type Document,
  isCollection,
  isMap,
  isPair,
  isScalar,
  Lexer,
  Parser,
  type ParsedNode,
  type ScalarTag,
  YAMLParseError,
} from 'yaml';
import { bindAliases, type YamlExcess } from './aliases';
import { MAX_NESTING, MAX_YAML_LENGTH } from './limits';

/** A parsed document. The parser's offsets are relative to `base`. */
export interface ComposedDocument {
  /** Undefined for a document that exceeds a limit. */
  readonly document: Document.Parsed<ParsedNode> | undefined;
  /** The exceeded limit; undefined for a document that could be read. */
  readonly excess: YamlExcess | undefined;
  readonly base: number;
  /** The start of the document's text, at the end of the one before. */
  readonly start: number;
  readonly end: number;
}

/**
 * Parses untrusted YAML; the only way to do so. Works like `parseAllDocuments`, with eight differences that keep
 * half-written and hostile texts within bounds:
 * - Too deep nesting ends a document before the parser's recursion reaches it. Catching the overflow isn't enough: V8
 *   ends the process when the stack overflows inside a regular expression.
 * - An unclosed quote ends with its document; in `yaml` it extends to the end of the file.
 * - A directive inside a document, where the parser is out of sync, is an error of that document; `yaml` adds it and
 *   the errors after it to the next document.
 * - Duplicate keys are searched afterwards; `yaml` compares each key with all before it.
 * - Errors have no excerpt of their line, which takes quadratic time for long lines.
 * - The number of errors is limited, and they have no stack, which takes two kilobytes and most of the time.
 * - Aliases know their targets, and a document whose aliases expand too much is rejected.
 * - A too long text is rejected.
 */
export function composeDocuments(
  text: string,
  maxNesting: number = MAX_NESTING,
): readonly ComposedDocument[] {
  if (text.length > MAX_YAML_LENGTH) {
    const message = `Larger than ${MAX_YAML_LENGTH / 1024 / 1024} MB`;
    const excess: YamlExcess = { code: 'size', message, pos: [0, 0] };
    return [{ document: undefined, excess, base: 0, start: 0, end: text.length }];
  }
  return composeAll(text, maxNesting).map(({ document, ...place }) => {
    const excess = document ? bindAliases(document) : tooDeep(place.start - place.base, maxNesting);
    return { document: excess ? undefined : document, excess, ...place };
  });
}

function tooDeep(start: number, maxNesting: number): YamlExcess {
  const message = `Nested deeper than ${Math.min(maxNesting, MAX_NESTING)} levels`;
  return { code: 'nesting', message, pos: [start, start] };
}

function composeAll(text: string, maxNesting: number): readonly Omit<ComposedDocument, 'excess'>[] {
  const composed: Omit<ComposedDocument, 'excess'>[] = [];
  for (let base = 0; base < text.length;) {
    const run = compose(text.slice(base), maxNesting);
    let start = base;
    for (const [index, document] of run.documents.entries()) {
      const isLast = run.isComplete && index === run.documents.length - 1;
      const end = isLast ? text.length : base + endOf(document, run.documents[index + 1]);
      composed.push({ document, base, start, end });
      start = end;
    }
    const next = run.isComplete
      ? swallowedMarker(text, composed.at(-1))
      : markerFrom(text, base + run.end);
    if (run.isComplete && next === undefined) break;
    const end = next ?? text.length;
    if (run.isComplete) {
      // The last document extends too far: it is composed again from its own text.
      const last = composed.pop();
      start = last?.start ?? start;
      const [document] = compose(text.slice(start, end), maxNesting).documents;
      composed.push({ document, base: start, start, end });
    } else composed.push({ document: undefined, base: start, start, end });
    base = end;
  }
  return composed;
}

/** Returns the end of a document. Unplaced tokens after it belong to it, except after a `...`. */
function endOf(
  { directives, range }: Document.Parsed<ParsedNode>,
  next: Document.Parsed<ParsedNode> | undefined,
): number {
  return directives.docEnd ? range[2] : (next?.range[0] ?? range[2]);
}

const MOST_ERRORS = 100;

interface Run {
  readonly documents: readonly Document.Parsed<ParsedNode>[];
  /** Whether the whole text was composed, not only the part before a too deeply nested document. */
  readonly isComplete: boolean;
  /** The offset up to which the text was read. */
  readonly end: number;
}

function compose(text: string, maxNesting: number): Run {
  // A V8 property that other engines don't have.
  const stacks: ErrorConstructor & { stackTraceLimit?: number } = Error;
  const { stackTraceLimit } = stacks;
  stacks.stackTraceLimit = 0;
  try {
    const run = composeWithDuplicates(text, maxNesting);
    for (const document of run.documents) {
      // All errors of one token are created at once.
      document.errors.splice(MOST_ERRORS);
      addDuplicateKeys(document);
    }
    return run;
  } finally {
    stacks.stackTraceLimit = stackTraceLimit;
  }
}

function composeWithDuplicates(text: string, maxNesting: number): Run {
  const documents: Document.Parsed<ParsedNode>[] = [];
  const parser = new Parser();
  const composer = new Composer<ParsedNode>({
    merge: false,
    uniqueKeys: false,
    logLevel: 'silent',
    customTags: tags => [binary, ...tags],
  });
  let errors = 0;
  let isInDocument = false;
  for (const lexeme of new Lexer().lex(text)) {
    for (const parsed of parser.next(lexeme)) {
      if (parsed.type === 'document') isInDocument = true;
      else if (parsed.type === 'doc-end') isInDocument = false;
      const token = isInDocument && parsed.type === 'directive' ? misplaced(parsed) : parsed;
      errors = token.type === 'error' ? errors + 1 : 0;
      if (errors <= MOST_ERRORS) documents.push(...composer.next(token));
    }
    if (parser.stack.length > maxNesting) {
      documents.push(...composer.end());
      return { documents, isComplete: false, end: parser.offset };
    }
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end());
  return { documents, isComplete: true, end: text.length };
}

function misplaced({ offset, source }: CST.Directive): CST.ErrorToken {
  return {
    type: 'error',
    offset,
    message: 'Unexpected directive-line token in YAML stream',
    source,
  };
}

/**
 * Binary data as Backstage stores it: as JSON of a Node buffer. `yaml` returns another value, or an error, in browsers.
 */
const binary: ScalarTag = {
  tag: 'tag:yaml.org,2002:binary',
  resolve(text) {
    const digits = text
      .replace(/=[^]*|[^\w+/-]|_(?=$)/g, '')
      .replaceAll('-', '+')
      .replaceAll('_', '/');
    const complete = digits.length % 4 === 1 ? digits.slice(0, -1) : digits;
    return { type: 'Buffer', data: Array.from(atob(complete), char => char.charCodeAt(0)) };
  },
};

/** Adds the errors of the option `uniqueKeys`; the first error stays first. */
function addDuplicateKeys({ contents, errors }: Document.Parsed<ParsedNode>): void {
  const duplicates: number[] = [];
  const search = (node: unknown): void => {
    if (!isCollection(node)) return;
    const keys = isMap(node) ? new Set<unknown>() : undefined;
    for (const item of node.items) {
      if (!isPair(item)) {
        search(item);
        continue;
      }
      const { key, value } = item;
      if (keys && isScalar(key)) {
        // As with `===`, `.nan` never equals itself.
        if (!keys.has(key.value)) keys.add(key.value);
        else if (!Number.isNaN(key.value)) duplicates.push(key.range?.[0] ?? 0);
      }
      search(key);
      search(value);
    }
  };
  search(contents);
  duplicates.sort((a, b) => a - b);
  const first = errors[0]?.pos[0] ?? Infinity;
  for (const [index, at] of duplicates.entries()) {
    const error = new YAMLParseError([at, at + 1], 'DUPLICATE_KEY', 'Map keys must be unique');
    if (index === 0 && at < first) errors.unshift(error);
    else errors.push(error);
  }
}

/** Returns the start of the document that a broken last one contains by mistake. */
function swallowedMarker(
  text: string,
  last: Omit<ComposedDocument, 'excess'> | undefined,
): number | undefined {
  if (!last?.document?.errors.length) return undefined;
  const content = last.document.contents?.range;
  return content && markerFrom(text, last.base + content[0] + 1, last.end);
}

/** Returns the offset of the next `---` line. */
function markerFrom(text: string, offset: number, end = text.length): number | undefined {
  const marker = /^---(?=\s|$)/gm;
  marker.lastIndex = offset;
  const match = marker.exec(text);
  return match && match.index < end ? match.index : undefined;
}
