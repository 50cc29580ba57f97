import type { CardTreeItem } from '../../../../api';
import type { Place } from '../document/placedNode';
import { type ApiOutline, joined, type OutlineContext, sharing } from '../outline/outline';
import { targetOf } from './schemaItems';
import { type CodeToken, codeTokens, sectionsContent, treeSection } from './sections';

const MAX_NESTING = 50;

interface Block {
  readonly word: string;
  readonly name: string;
  readonly place: Place;
  readonly children: Block[];
  /** The tokens of each statement that ends with a semicolon. */
  readonly statements: CodeToken[][];
}

/** Outlines Protocol Buffers: services with their calls, messages and enums. */
export function* outlineProtobuf(
  text: string,
  context: OutlineContext,
): Generator<void, ApiOutline> {
  const { translate } = context;
  const { root, unclosed, stray } = yield* blocksOf(text);
  const messages = new Map(typesOf(root, '').map(({ name, block }) => [name, block]));
  const operations: CardTreeItem[] = [];
  const services = root.children.filter(({ word }) => word === 'service');
  for (const service of services) {
    const children: CardTreeItem[] = [];
    for (const call of callsOf(service)) {
      children.push(callItem(call, messages, sharing(context)));
      yield;
    }
    const item = {
      id: service.name,
      label: service.name,
      icon: 'server',
      children,
      isExpanded: true,
    };
    operations.push({ ...item, ...targetOf(service.place, context) });
    yield;
  }
  const name = root.statements.find(([first]) => first?.text === 'package')?.[1]?.text;
  const syntax = root.statements.find(([first]) => first?.text === 'syntax')?.[2]?.text;
  const types: CardTreeItem[] = [];
  for (const [label, block] of messages) {
    types.push(typeItem(label, block, sharing(context)));
    yield;
  }
  const wrong = [
    ...unclosed.map(place => ({ place, message: translate('Missing closing brace') })),
    ...stray.map(place => ({ place, message: translate('Unexpected closing brace') })),
  ];
  return {
    format: joined('Protocol Buffers', syntax?.slice(1, -1)) ?? '',
    language: 'proto',
    fields:
      name === undefined
        ? []
        : [{ label: translate('Package'), value: [{ type: 'code', text: name }] }],
    operations,
    operationsTitle: translate('Services'),
    types,
    typesTitle: translate('Messages and Enums'),
    problems: wrong.map(problem => ({ code: 'definition-syntax', ...problem })),
  };
}

function* blocksOf(
  text: string,
): Generator<void, { root: Block; unclosed: readonly Place[]; stray: readonly Place[] }> {
  const root: Block = {
    word: '',
    name: '',
    place: { start: 0, end: 0 },
    children: [],
    statements: [],
  };
  const open: { block: Block; at: Place }[] = [];
  const stray: Place[] = [];
  let statement: CodeToken[] = [];
  let count = 0;
  for (const token of codeTokens(text)) {
    if (++count % 1024 === 0) yield;
    const parent = open.at(-1)?.block ?? root;
    if (token.text === ';') {
      if (statement.length) parent.statements.push(statement);
      statement = [];
    } else if (token.text === '{' && open.length < MAX_NESTING) {
      const [first, second] = statement;
      const isCall = first?.text === 'rpc';
      // Calls of a service are statements, with or without options in braces.
      if (isCall) parent.statements.push(statement);
      const block: Block = {
        word: isCall ? '' : (first?.text ?? ''),
        name: second?.text ?? '',
        place: second?.place ?? token.place,
        children: [],
        statements: [],
      };
      parent.children.push(block);
      open.push({ block, at: token.place });
      statement = [];
    } else if (token.text === '}') {
      if (!open.pop() && stray.length < 20) stray.push(token.place);
      statement = [];
    } else if (statement.length < 200) statement.push(token);
  }
  return { root, unclosed: open.map(({ at }) => at), stray };
}

interface Call {
  readonly name: CodeToken;
  readonly request: string;
  readonly response: string;
}

/** Returns the calls of a service: `rpc Name (stream Request) returns (stream Response)`. */
function callsOf(service: Block): readonly Call[] {
  return service.statements.flatMap(statement => {
    const [rpc, name, ...rest] = statement;
    if (rpc?.text !== 'rpc' || !name) return [];
    const texts = rest.map(({ text }) => text).join(' ');
    const types = /^\( (.*?) \)(?: returns \( (.*?) \))?/.exec(texts);
    return [{ name, request: types?.[1] ?? '', response: types?.[2] ?? '' }];
  });
}

function callItem(
  { name, request, response }: Call,
  messages: ReadonlyMap<string, Block>,
  context: OutlineContext,
): CardTreeItem {
  const { translate } = context;
  const content = sectionsContent(
    [
      { title: translate('Request'), type: request },
      { title: translate('Response'), type: response },
    ].map(({ title, type }) => {
      const typeName = type.replace(/^stream /, '');
      const block =
        messages.get(typeName) ?? messages.get(typeName.slice(typeName.lastIndexOf('.') + 1));
      const item = block
        ? typeItem(typeName, block, context)
        : { id: typeName, label: typeName, icon: 'symbol-structure' };
      return treeSection(title, [{ ...item, isExpanded: true }]);
    }),
  );
  return {
    id: name.text,
    label: name.text,
    badge: { text: 'RPC', tone: 'info' },
    description: `${request} → ${response}`,
    ...targetOf(name.place, context),
    ...(content && { content }),
  };
}

function typesOf(block: Block, prefix: string): readonly { name: string; block: Block }[] {
  return block.children.flatMap(child => {
    const name = `${prefix}${child.name}`;
    const own = child.word === 'message' || child.word === 'enum' ? [{ name, block: child }] : [];
    return [...own, ...typesOf(child, own.length ? `${name}.` : prefix)];
  });
}

function typeItem(label: string, block: Block, context: OutlineContext): CardTreeItem {
  const children: CardTreeItem[] = [];
  if (!context.budget.isSpent) {
    const oneOfs = block.children.filter(({ word }) => word === 'oneof');
    for (const { statements } of [block, ...oneOfs]) {
      for (const statement of statements) {
        if (context.budget.isSpent) break;
        context.budget.take();
        const field = fieldItem(statement, block.word === 'enum', context);
        if (field) children.push(field);
      }
    }
  }
  return {
    id: label,
    label,
    badge: { text: block.word },
    ...targetOf(block.place, context),
    ...(children.length && { children }),
  };
}

/** Parses a field: `repeated string names = 3 [deprecated = true]`. */
function fieldItem(
  statement: readonly CodeToken[],
  isValue: boolean,
  context: OutlineContext,
): CardTreeItem | undefined {
  const equals = statement.findIndex(({ text }) => text === '=');
  const name = statement[equals - 1];
  const first = statement[0]?.text;
  if (!name || name.type !== 'word' || first === 'option' || first === 'reserved') return undefined;
  const type = statement
    .slice(0, equals - 1)
    .map(({ text }) => text)
    .join(' ')
    .replace(/ ?([<>]) ?/g, '$1')
    .replaceAll(' ,', ',');
  const number = statement
    .slice(equals + 1)
    .map(({ text }) => text)
    .join('')
    .split('[')[0];
  return {
    id: name.text,
    label: name.text,
    description: isValue ? `= ${number ?? ''}` : `${type} = ${number ?? ''}`,
    ...targetOf(name.place, context),
  };
}
