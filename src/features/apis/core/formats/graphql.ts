import {
  type DefinitionNode,
  type FieldDefinitionNode,
  GraphQLError,
  type InputValueDefinitionNode,
  Kind,
  Lexer,
  type Location,
  parse,
  Source,
  TokenKind,
  type TypeNode,
} from 'graphql';
import type { CardTreeItem, Tone } from '../../../../api';
import { ownValue } from '../../../../base';
import type { Place } from '../document/placedNode';
import {
  type ApiOutline,
  type DefinitionProblem,
  firstLine,
  joined,
  sharing,
  type OutlineContext,
} from '../outline/outline';
import { targetOf } from './schemaItems';
import { sectionsContent, textSection, treeSection } from './sections';

/** The size of definitions that are parsed at once, in code units. */
const PART = 16_000;
const MAX_NESTING = 100;
/** The maximum number of tokens of definitions that can't be split. */
const MOST_TOKENS = 100_000;
const MOST_PROBLEMS = 100;

const roots: Readonly<Record<string, Tone>> = {
  Query: 'info',
  Mutation: 'good',
  Subscription: 'warning',
};
const builtins = new Set(['Int', 'Float', 'String', 'Boolean', 'ID']);

interface Definition {
  readonly node: DefinitionNode;
  /** The offset that its places are relative to. */
  readonly base: number;
}

/** Outlines a GraphQL schema. */
export function* outlineGraphQl(
  text: string,
  context: OutlineContext,
): Generator<void, ApiOutline> {
  const { translate } = context;
  const problems: DefinitionProblem[] = [];
  const definitions: Definition[] = [];
  for (const { start, end } of yield* partsOf(text, problems)) {
    try {
      const { definitions: nodes } = parse(new Source(text.slice(start, end)), {
        maxTokens: MOST_TOKENS,
      });
      for (const node of nodes) definitions.push({ node, base: start });
    } catch (error) {
      if (problems.length < MOST_PROBLEMS) problems.push(syntaxProblem(error, start));
    }
    yield;
  }
  const operationTypes = operationTypesOf(definitions);
  const operations: CardTreeItem[] = [];
  const types: CardTreeItem[] = [];
  const names = new Set(definitions.flatMap(({ node }) => nameOf(node)?.value ?? []));
  for (const { node, base } of definitions) {
    const operation = operationTypes.get(nameOf(node)?.value ?? '');
    const fields = 'fields' in node ? (node.fields ?? []) : [];
    if (problems.length < MOST_PROBLEMS && !problems.some(isSyntax)) {
      for (const problem of unknownTypes(fields, { names, base, translate }))
        problems.push(problem);
    }
    if (operation) {
      for (const field of fields) {
        if (field.kind !== Kind.FIELD_DEFINITION) continue;
        operations.push(operationItem(field, { base, operation, context }));
      }
    } else {
      const item = typeItem(node, { base, context: sharing(context) });
      if (item) types.push(item);
    }
    yield;
  }
  return {
    format: 'GraphQL',
    language: 'graphql',
    fields: [],
    operations,
    types,
    typesTitle: translate('Types'),
    problems,
  };
}

function isSyntax({ code }: DefinitionProblem): boolean {
  return code === 'definition-syntax';
}

/** Splits the text after definitions with braces, so that no part takes long or breaks another. */
function* partsOf(text: string, problems: DefinitionProblem[]): Generator<void, readonly Place[]> {
  const parts: Place[] = [];
  let start = 0;
  try {
    const lexer = new Lexer(new Source(text));
    let depth = 0;
    for (let count = 1; lexer.advance().kind !== TokenKind.EOF; count++) {
      const { kind, end } = lexer.token;
      if (opening.has(kind)) depth++;
      if (closing.has(kind)) depth--;
      if (depth > MAX_NESTING) {
        const place = { start: end - 1, end };
        problems.push({ code: 'definition-syntax', message: 'This is nested too deeply', place });
        return parts;
      }
      if (kind === TokenKind.BRACE_R && depth <= 0) {
        depth = 0;
        const last = parts.at(-1);
        if (last && end - last.start < PART) parts[parts.length - 1] = { start: last.start, end };
        else parts.push({ start, end });
        start = end;
      }
      if (count % 512 === 0) yield;
    }
  } catch (error) {
    // The parser reports invalid characters too, with everything before them.
    if (!(error instanceof GraphQLError)) throw error;
  }
  const rest = text.slice(start);
  // Comments alone aren't a document.
  if (!isComment(rest)) parts.push({ start, end: text.length });
  return parts;
}

/** Whether the text has only comments and separators; takes linear time. */
function isComment(text: string): boolean {
  return !/[^\s,]/.test(text.replaceAll(/#[^\n\r]*/g, ''));
}

const opening = new Set<TokenKind>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing = new Set<TokenKind>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

function syntaxProblem(error: unknown, base: number): DefinitionProblem {
  if (!(error instanceof GraphQLError)) throw error;
  const at = base + (error.positions?.[0] ?? 0);
  return {
    code: 'definition-syntax',
    message: error.message,
    place: { start: at, end: at + 1 },
  };
}

/** Returns the names of the root operation types. */
function operationTypesOf(
  definitions: readonly Definition[],
): ReadonlyMap<string, { readonly word: string; readonly tone: Tone }> {
  const types = new Map(
    Object.entries(roots).map(
      ([name, tone]) => [name, { word: name.toLowerCase(), tone }] as const,
    ),
  );
  for (const { node } of definitions) {
    if (node.kind !== Kind.SCHEMA_DEFINITION && node.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const { operation, type } of node.operationTypes ?? []) {
      const usual = `${operation[0]?.toUpperCase() ?? ''}${operation.slice(1)}`;
      types.set(type.name.value, { word: operation, tone: ownValue(roots, usual) ?? 'none' });
    }
  }
  return types;
}

function nameOf(node: DefinitionNode): { value: string; loc?: Location | undefined } | undefined {
  return 'name' in node ? node.name : undefined;
}

interface Drawing {
  readonly base: number;
  readonly context: OutlineContext;
}

function operationItem(
  field: FieldDefinitionNode,
  {
    base,
    operation,
    context,
  }: Drawing & { readonly operation: { readonly word: string; readonly tone: Tone } },
): CardTreeItem {
  const item = fieldItem(field, { base, context });
  const content = sectionsContent([
    textSection(field.description?.value),
    treeSection(
      context.translate('Arguments'),
      (field.arguments ?? []).map(argument => fieldItem(argument, { base, context })),
    ),
  ]);
  return {
    ...item,
    id: `${operation.word} ${item.label}`,
    badge: { text: operation.word.toUpperCase(), tone: operation.tone },
    ...(content && { content }),
  };
}

function fieldItem(
  field: FieldDefinitionNode | InputValueDefinitionNode,
  { base, context }: Drawing,
): CardTreeItem {
  const description = joined(
    typeText(field.type),
    'arguments' in field && field.arguments?.length
      ? `(${field.arguments.map(({ name }) => name.value).join(', ')})`
      : undefined,
    deprecation(field, context),
    firstLine(field.description?.value),
  );
  return {
    id: field.name.value,
    label: field.name.value,
    ...(description !== undefined && { description }),
    ...targetOf(placeOf(field.name.loc, base), context),
  };
}

function deprecation(
  { directives }: { readonly directives?: readonly { name: { value: string } }[] | undefined },
  { translate }: OutlineContext,
): string | undefined {
  const isDeprecated = directives?.some(({ name }) => name.value === 'deprecated');
  return isDeprecated ? translate('deprecated') : undefined;
}

const words: Readonly<Partial<Record<Kind, string>>> = {
  [Kind.OBJECT_TYPE_DEFINITION]: 'type',
  [Kind.OBJECT_TYPE_EXTENSION]: 'extend type',
  [Kind.INTERFACE_TYPE_DEFINITION]: 'interface',
  [Kind.INTERFACE_TYPE_EXTENSION]: 'extend interface',
  [Kind.UNION_TYPE_DEFINITION]: 'union',
  [Kind.UNION_TYPE_EXTENSION]: 'extend union',
  [Kind.ENUM_TYPE_DEFINITION]: 'enum',
  [Kind.ENUM_TYPE_EXTENSION]: 'extend enum',
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: 'input',
  [Kind.INPUT_OBJECT_TYPE_EXTENSION]: 'extend input',
  [Kind.SCALAR_TYPE_DEFINITION]: 'scalar',
  [Kind.SCALAR_TYPE_EXTENSION]: 'extend scalar',
  [Kind.DIRECTIVE_DEFINITION]: 'directive',
};

function typeItem(node: DefinitionNode, { base, context }: Drawing): CardTreeItem | undefined {
  const name = nameOf(node);
  const word = words[node.kind];
  if (!name || word === undefined) return undefined;
  const children: CardTreeItem[] = [];
  if (!context.budget.isSpent) {
    for (const field of 'fields' in node ? (node.fields ?? []) : []) {
      if (context.budget.isSpent) break;
      context.budget.take();
      children.push(fieldItem(field, { base, context }));
    }
    for (const value of 'values' in node ? (node.values ?? []) : []) {
      const description = joined(deprecation(value, context), firstLine(value.description?.value));
      children.push({
        id: value.name.value,
        label: value.name.value,
        ...(description !== undefined && { description }),
        ...targetOf(placeOf(value.name.loc, base), context),
      });
    }
  }
  const members = 'types' in node ? (node.types ?? []).map(type => type.name.value) : [];
  const interfaces = 'interfaces' in node ? (node.interfaces ?? []) : [];
  const description = joined(
    members.join(' | '),
    interfaces.map(type => type.name.value).join(' & '),
    firstLine('description' in node ? node.description?.value : undefined),
  );
  return {
    id: `${word} ${name.value} ${base + (name.loc?.start ?? 0)}`,
    label: name.value,
    badge: { text: word },
    ...(description !== undefined && { description }),
    ...targetOf(placeOf(name.loc, base), context),
    ...(children.length && { children }),
  };
}

function placeOf(location: Location | undefined, base: number): Place | undefined {
  return location && { start: base + location.start, end: base + location.end };
}

function typeText(type: TypeNode): string {
  if (type.kind === Kind.LIST_TYPE) return `[${typeText(type.type)}]`;
  if (type.kind === Kind.NON_NULL_TYPE) return `${typeText(type.type)}!`;
  return type.name.value;
}

function unknownTypes(
  fields: readonly (FieldDefinitionNode | InputValueDefinitionNode)[],
  {
    names,
    base,
    translate,
  }: {
    readonly names: ReadonlySet<string>;
    readonly base: number;
    readonly translate: OutlineContext['translate'];
  },
): readonly DefinitionProblem[] {
  return fields
    .flatMap(field => [field, ...('arguments' in field ? (field.arguments ?? []) : [])])
    .flatMap(({ type }) => {
      const named = namedType(type);
      const name = named.name.value;
      const place = placeOf(named.loc, base);
      if (!place || names.has(name) || builtins.has(name)) return [];
      const message = translate('Unknown type "{0}"', name);
      return [{ code: 'definition-reference', message, place } as const];
    });
}

function namedType(type: TypeNode): Extract<TypeNode, { kind: Kind.NAMED_TYPE }> {
  return type.kind === Kind.NAMED_TYPE ? type : namedType(type.type);
}
