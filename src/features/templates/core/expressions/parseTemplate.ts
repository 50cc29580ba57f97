import { distance } from 'fastest-levenshtein';
import { LineIndex } from '../../../../base';
import { ExpressionParser } from './expressionParser';
import { type ScanOptions, scanTemplate } from './scanTemplate';
import { HeaderReader } from './statementHeaders';
import type {
  Body,
  Identifier,
  ParsedTemplate,
  Segment,
  Span,
  TemplateNode,
  TemplateSyntaxError,
} from './syntax';
import { quoted } from './tokens';

/**
 * Parses a template as Backstage's engine does: a value in a Template or a file of a skeleton. Continues after
 * errors. `errors` is empty exactly if the engine accepts the template.
 */
export function parseTemplate(source: string, options: ScanOptions = {}): ParsedTemplate {
  const { segments, errors, broken } = scanTemplate(source, options);
  const builder = new TreeBuilder(source, errors, broken);
  for (const segment of segments) builder.add(segment);
  const { nodes, errors: found } = builder.finish();
  return { source, segments, nodes, errors: [...found].sort((a, b) => a.start - b.start) };
}

/** Nesting limit of the engine, which counts nested expressions, too. */
const MAX_NESTING = 512;

/** Maximum number of tokens in a tag. Longer ones are not parsed. */
const MAX_TOKENS = 4000;

const STATEMENTS = [
  'if',
  'for',
  'set',
  'macro',
  'call',
  'filter',
  'block',
  'switch',
  'include',
  'import',
  'from',
  'extends',
];

/** Tags without code after their name. */
const BARE_TAGS = new Set([
  'else',
  'endif',
  'endfor',
  'endmacro',
  'endcall',
  'endfilter',
  'endset',
  'default',
  'endswitch',
]);

const INNER_TAGS = new Set([...BARE_TAGS, 'elif', 'elseif', 'case']);

interface OpenBody extends Body {
  readonly nodes: TemplateNode[];
}

interface OpenStatement {
  readonly tag: string;
  readonly name: string | undefined;
  readonly bodies: OpenBody[];
  /** Tags that continue or end the statement. */
  stops: readonly string[];
  /** Tag at which a missing end is reported. */
  place: Span;
  hasMacro: boolean;
}

/** Combines tags into statements. */
class TreeBuilder {
  readonly #source: string;
  readonly #errors: TemplateSyntaxError[];
  readonly #nodes: TemplateNode[] = [];
  readonly #open: OpenStatement[] = [];
  readonly #blocks = new Map<string, Segment>();
  readonly #broken: ReadonlySet<Segment>;

  constructor(
    source: string,
    errors: readonly TemplateSyntaxError[],
    broken: ReadonlySet<Segment>,
  ) {
    this.#source = source;
    this.#errors = [...errors];
    this.#broken = broken;
  }

  add(segment: Segment): void {
    const { start, end } = segment;
    const isTooLong = segment.tokens.length > MAX_TOKENS;
    if (segment.kind === 'text') this.#checkSwitch(segment);
    if (segment.kind === 'expression') {
      this.#checkSwitch(segment);
      const parser = new ExpressionParser(this.#source, isTooLong ? [] : segment.tokens);
      const expression = isTooLong
        ? ({ type: 'missing', start: end, end } as const)
        : parser.expression();
      this.#addError(segment, isTooLong ? undefined : parser.error);
      this.#current.push({ type: 'output', segment, expression, start, end });
    }
    if (segment.kind === 'statement') this.#addTag(segment, isTooLong);
  }

  finish(): { nodes: readonly TemplateNode[]; errors: readonly TemplateSyntaxError[] } {
    for (const { tag, place } of this.#open) this.#fail(`Missing end${tag} tag`, place);
    return { nodes: this.#nodes, errors: this.#errors };
  }

  get #current(): TemplateNode[] {
    return this.#open.at(-1)?.bodies.at(-1)?.nodes ?? this.#nodes;
  }

  #addTag(segment: Segment, isTooLong: boolean): void {
    const [first] = segment.tokens;
    const tag: Identifier =
      first?.kind === 'name'
        ? { name: first.value, start: first.start, end: first.end }
        : { name: '', start: segment.content.start, end: segment.content.start };
    const isInner = INNER_TAGS.has(tag.name);
    if (!isInner && !this.#open.at(-1)?.stops.includes(tag.name)) {
      this.#beginStatement(segment, tag, isTooLong);
      return;
    }
    const stopped = this.#open.findLastIndex(({ stops }) => stops.includes(tag.name));
    if (stopped < this.#open.length - 1 || stopped < 0) {
      this.#fail(mismatch(tag.name, this.#open.at(-1)?.stops), segment);
    }
    if (stopped < 0) return;
    this.#open.splice(stopped + 1);
    this.#continueStatement(segment, tag, isTooLong);
  }

  /** Adds a tag that continues or ends the innermost statement. */
  #continueStatement(segment: Segment, tag: Identifier, isTooLong: boolean): void {
    const open = this.#open.at(-1);
    if (!open) return;
    const { name } = tag;
    const rest = segment.tokens.slice(1, -1);
    if (BARE_TAGS.has(name) && rest.length) {
      this.#fail(`${name} tag does not accept trailing content`, segment);
    }
    if (name.startsWith('end')) {
      const closing = rest.map(({ value }) => value).join('');
      if (name === 'endblock' && closing !== '' && closing !== open.name) {
        this.#fail('Endblock name must match its opening block', segment);
      }
      if (open.hasMacro && (open.tag === 'set' || open.tag === 'filter')) {
        const message = `Macro declarations are not supported inside ${open.tag} captures`;
        this.#fail(message, open.place);
      }
      if (open.tag === 'switch' && open.bodies.length === 1) {
        this.#fail('Switch requires at least one case or default', open.place);
      }
      this.#open.pop();
      const outer = this.#open.at(-1);
      if (outer && open.hasMacro) outer.hasMacro = true;
      return;
    }
    const hasCode = !BARE_TAGS.has(name) && !isTooLong;
    const reader = new HeaderReader(this.#source, segment);
    const expressions = hasCode ? [reader.expression()] : [];
    this.#addError(segment, reader.error);
    if (name === 'else' || name === 'default') open.stops = [`end${open.tag}`];
    if (open.tag === 'if' && name !== 'else') open.place = segment;
    open.bodies.push({ tag, expressions, bindings: [], isScope: false, nodes: [] });
  }

  #beginStatement(segment: Segment, tag: Identifier, isTooLong: boolean): void {
    this.#checkSwitch(segment);
    const reader = new HeaderReader(this.#source, segment);
    const header = isTooLong ? undefined : reader.read(tag.name);
    if (!header && !isTooLong) this.#fail(unknownTag(tag.name), segment);
    this.#addError(segment, reader.error);
    const { name } = header ?? {};
    if (name !== undefined) this.#addBlock(name, segment);
    const bodies: OpenBody[] = header?.body ? [{ ...header.body, tag: undefined, nodes: [] }] : [];
    const { expressions = [], declares = [] } = header ?? {};
    const { start, end } = segment;
    const type = 'statement';
    this.#current.push({ type, tag, segment, expressions, declares, bodies, start, end });
    if (tag.name === 'macro') for (const open of this.#open) open.hasMacro = true;
    if (!header?.body) return;
    if (this.#open.length >= MAX_NESTING - 1) {
      this.#fail('Template parsing exceeded the nesting depth limit of 512', segment);
      return;
    }
    this.#open.push({
      tag: tag.name,
      name,
      bodies,
      stops: header.stops,
      place: segment,
      hasMacro: false,
    });
  }

  #addBlock(name: string, segment: Segment): void {
    const first = this.#blocks.get(name);
    if (!first) {
      this.#blocks.set(name, segment);
      return;
    }
    const { line, character } = new LineIndex(this.#source).positionAt(first.start);
    this.#fail(
      `Block ${quoted(name)} is declared more than once; ` +
        `the first declaration is at line ${line + 1}, column ${character + 1}`,
      segment,
    );
  }

  /** Reports content between `{% switch %}` and its first case, including whitespace. */
  #checkSwitch(segment: Segment): void {
    const open = this.#open.at(-1);
    if (open?.tag !== 'switch' || open.bodies.length > 1) return;
    const [body] = open.bodies;
    if (body?.nodes.length) return;
    this.#fail('Switch content must begin with case or default', {
      ...open.place,
      end: segment.start,
    });
  }

  /** Adds an error of a tag, unless it already has one from scanning. */
  #addError(segment: Segment, error: TemplateSyntaxError | undefined): void {
    if (!error || this.#broken.has(segment)) return;
    // Errors at the end of the code extend to the end of the tag.
    const end = error.end > error.start ? error.end : Math.max(error.end, segment.end);
    this.#errors.push({ ...error, end });
  }

  #fail(message: string, { start, end }: Span): void {
    this.#errors.push({ message, start, end });
  }
}

/** The engine also suggests a similar tag. */
function unknownTag(name: string): string {
  if (name === '') return 'Template block tag cannot be empty';
  if (['include', 'import', 'from', 'extends'].includes(name)) {
    return `Unsupported template-loading tag ${quoted(name)}`;
  }
  const farthest = name.length <= 4 ? 1 : name.length <= 10 ? 2 : 3;
  const near = STATEMENTS.map(tag => ({ tag, far: distance(tag, name) }))
    .filter(({ far }) => far <= farthest)
    .sort((a, b) => a.far - b.far);
  const suggestion = near[0] ? `; did you mean ${quoted(near[0].tag)}?` : '';
  return `Unknown template tag ${quoted(name)}${suggestion}`;
}

function mismatch(name: string, stops: readonly string[] | undefined): string {
  const unexpected = `Unexpected ${quoted(name)} tag`;
  if (!stops) return `${unexpected} without a matching opening tag`;
  const names = stops.map(quoted);
  const last = names.pop() ?? '';
  return `${unexpected}; expected ${names.length ? `${names.join(', ')}, or ${last}` : last}`;
}
