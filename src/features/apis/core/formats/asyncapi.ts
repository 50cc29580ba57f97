import type { CardField, CardTreeItem, Tone } from '../../../../api';
import {
  child,
  entriesOf,
  itemsOf,
  nameOf,
  type Place,
  type PlacedNode,
  resolve,
  textAt,
} from '../document/placedNode';
import { type ApiOutline, firstLine, joined, sharing } from '../outline/outline';
import { exampleContent, type SchemaContext, schemaItem, targetOf } from './schemaItems';
import { type Section, sectionsContent, textSection, treeSection } from './sections';

const tones: ReadonlyMap<string, Tone> = new Map([
  ['publish', 'good'],
  ['send', 'good'],
  ['subscribe', 'info'],
  ['receive', 'info'],
]);

/** Outlines an AsyncAPI definition of version 2 or 3. */
export function* outlineAsyncApi(
  root: PlacedNode,
  context: SchemaContext,
): Generator<void, Omit<ApiOutline, 'problems'>> {
  const { translate } = context;
  const version = textAt(root, 'asyncapi') ?? '';
  const info = child(root, 'info');
  const operations = yield* version.startsWith('2')
    ? channelOperations(root, context)
    : ownOperations(root, context);
  const types: CardTreeItem[] = [];
  for (const [name, { place, value }] of entriesOf(child(root, 'components', 'messages'))) {
    types.push(messageItem({ name, place, node: value }, sharing(context)));
    yield;
  }
  for (const [name, { place, value }] of entriesOf(child(root, 'components', 'schemas'))) {
    types.push(
      schemaItem(schemaOf(value), sharing(context), { label: name, id: `schema ${name}`, place }),
    );
    yield;
  }
  const servers = serversOf(root);
  return {
    format: `AsyncAPI ${version}`,
    title: textAt(info, 'title'),
    version: textAt(info, 'version'),
    description: textAt(info, 'description'),
    fields: servers.length ? [{ label: translate('Servers'), value: servers, wide: true }] : [],
    operations,
    types,
    typesTitle: translate('Messages and Schemas'),
  };
}

function serversOf(root: PlacedNode): CardField['value'] {
  return entriesOf(child(root, 'servers'))
    .slice(0, 20)
    .flatMap(([name, { value }]) => {
      const server = resolve(value, root)?.node;
      const host = textAt(server, 'url') ?? textAt(server, 'host');
      const address = `${host ?? ''}${textAt(server, 'pathname') ?? ''}`;
      const text = joined(name, textAt(server, 'protocol'));
      return [
        { type: 'badge', text: text ?? name } as const,
        { type: 'code', text: address } as const,
      ];
    });
}

/** Returns the operations of version 2, which are in their channel. */
function* channelOperations(
  root: PlacedNode,
  context: SchemaContext,
): Generator<void, readonly CardTreeItem[]> {
  const operations: CardTreeItem[] = [];
  for (const [address, { value }] of entriesOf(child(root, 'channels'))) {
    const channel = resolve(value, root)?.node;
    for (const [action, entry] of entriesOf(channel)) {
      if (action !== 'publish' && action !== 'subscribe') continue;
      const message = child(entry.value, 'message');
      const options = itemsOf(child(message, 'oneOf'));
      const messages = options.length ? options : message ? [message] : [];
      operations.push(
        operationItem(
          { action, address, channel, place: entry.place, node: entry.value, messages },
          sharing(context),
        ),
      );
      yield;
    }
  }
  return operations;
}

/** Returns the operations of version 3, which refer to their channel. */
function* ownOperations(
  root: PlacedNode,
  context: SchemaContext,
): Generator<void, readonly CardTreeItem[]> {
  const operations: CardTreeItem[] = [];
  for (const [name, { place, value }] of entriesOf(child(root, 'operations'))) {
    const node = resolve(value, root)?.node;
    const reference = child(node, 'channel');
    const channel = resolve(reference, root);
    const address = textAt(channel?.node, 'address') ?? channel?.name;
    const own = itemsOf(child(node, 'messages'));
    const messages = own.length
      ? own
      : entriesOf(child(channel?.node, 'messages')).map(([, entry]) => entry.value);
    const action = textAt(node, 'action') ?? '?';
    operations.push(
      operationItem(
        { action, name, address, channel: channel?.node, place, node, messages },
        sharing(context),
      ),
    );
    yield;
  }
  return operations;
}

interface Operation {
  readonly action: string;
  readonly name?: string;
  readonly address: string | undefined;
  readonly channel: PlacedNode | undefined;
  readonly place: Place;
  readonly node: PlacedNode | undefined;
  readonly messages: readonly PlacedNode[];
}

function operationItem(
  { action, name, address, channel, place, node, messages }: Operation,
  context: SchemaContext,
): CardTreeItem {
  const { translate, root } = context;
  const label = name ?? address ?? '?';
  const description = joined(
    name === undefined ? textAt(node, 'operationId') : address,
    firstLine(textAt(node, 'summary') ?? textAt(node, 'title') ?? textAt(channel, 'description')),
  );
  const parameters = entriesOf(child(channel, 'parameters')).map(([parameter, entry]) => {
    const resolved = resolve(entry.value, root)?.node;
    return schemaItem(child(resolved, 'schema') ?? resolved, context, {
      label: parameter,
      place: entry.place,
      description: textAt(resolved, 'description'),
    });
  });
  const sections: (Section | undefined)[] = [
    textSection(textAt(node, 'description')),
    treeSection(translate('Parameters'), parameters),
    treeSection(
      translate('Messages'),
      messages.map((message, index) => {
        const reference = textAt(message, '$ref');
        const messageName = reference === undefined ? undefined : nameOf(reference);
        return messageItem({ name: messageName, id: `${index}`, node: message }, context);
      }),
    ),
  ];
  const content = sectionsContent(sections);
  return {
    id: `${action} ${label}`,
    label,
    badge: { text: action.toUpperCase(), tone: tones.get(action) ?? 'none' },
    ...(description !== undefined && { description }),
    ...targetOf(place, context),
    ...(content && { content }),
  };
}

function messageItem(
  {
    name,
    id,
    place,
    node,
  }: {
    readonly name: string | undefined;
    readonly id?: string;
    readonly place?: Place;
    readonly node: PlacedNode;
  },
  context: SchemaContext,
): CardTreeItem {
  const message = resolve(node, context.root)?.node;
  const label = textAt(message, 'name') ?? name ?? textAt(message, 'title') ?? '?';
  const parts = ['headers', 'payload'] as const;
  const children = parts.flatMap(part => {
    const schema = schemaOf(child(message, part));
    return schema ? [schemaItem(schema, context, { label: part })] : [];
  });
  const description = joined(
    context.translate('message'),
    textAt(message, 'contentType'),
    firstLine(
      textAt(message, 'summary') ?? textAt(message, 'title') ?? textAt(message, 'description'),
    ),
  );
  const content = exampleContent(message, context);
  return {
    id: id ?? label,
    label,
    icon: 'mail',
    ...(description !== undefined && { description }),
    ...targetOf(place ?? message?.place ?? node.place, context),
    ...(children.length && { children }),
    ...(content && { content }),
  };
}

/** Unwraps a schema that version 3 allows in an object with its format. */
function schemaOf(node: PlacedNode | undefined): PlacedNode | undefined {
  return textAt(node, 'schemaFormat') === undefined ? node : child(node, 'schema');
}
