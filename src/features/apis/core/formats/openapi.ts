import type { CardField, CardTreeItem, Tone } from '../../../../api';
import { ownValue } from '../../../../base';
import {
  child,
  entriesOf,
  itemsOf,
  type PlacedNode,
  resolve,
  textAt,
  textsOf,
} from '../document/placedNode';
import { type ApiOutline, firstLine, joined, sharing } from '../outline/outline';
import { exampleContent, type SchemaContext, schemaItem, targetOf, typeText } from './schemaItems';
import { type Section, sectionsContent, textSection, treeSection } from './sections';

const methods: Readonly<Record<string, Tone>> = {
  get: 'info',
  post: 'good',
  put: 'warning',
  patch: 'warning',
  delete: 'bad',
  head: 'none',
  options: 'none',
  trace: 'none',
  query: 'info',
};

/** Outlines an OpenAPI definition, from Swagger 2.0 on. */
export function* outlineOpenApi(
  root: PlacedNode,
  context: SchemaContext,
): Generator<void, Omit<ApiOutline, 'problems'>> {
  const { translate } = context;
  const version = textAt(root, 'openapi') ?? textAt(root, 'swagger') ?? '';
  const info = child(root, 'info');
  const operations = yield* operationsOf(root, context);
  const types: CardTreeItem[] = [];
  const schemas = child(root, 'components', 'schemas') ?? child(root, 'definitions');
  for (const [name, { place, value }] of entriesOf(schemas)) {
    types.push(schemaItem(value, sharing(context), { label: name, place }));
    yield;
  }
  return {
    format: `${textAt(root, 'swagger') === undefined ? 'OpenAPI' : 'Swagger'} ${version}`,
    title: textAt(info, 'title'),
    version: textAt(info, 'version'),
    description: textAt(info, 'description'),
    fields: [
      { label: translate('Servers'), value: serversOf(root), wide: true },
      ...securityField(root, context),
    ],
    operations,
    types,
    typesTitle: translate('Schemas'),
  };
}

function serversOf(root: PlacedNode): CardField['value'] {
  const servers = itemsOf(child(root, 'servers')).flatMap(server => textAt(server, 'url') ?? []);
  const host = textAt(root, 'host');
  const schemes = textsOf(child(root, 'schemes'));
  const path = textAt(root, 'basePath') ?? '';
  if (host !== undefined) {
    const used = schemes.length ? schemes.slice(0, 20) : ['https'];
    servers.push(...used.map(scheme => `${scheme}://${host}${path}`));
  } else if (path) servers.push(path);
  return servers.slice(0, 20).map(text => ({ type: 'code', text }));
}

function securityField(root: PlacedNode, { translate }: SchemaContext): readonly CardField[] {
  const schemes =
    child(root, 'components', 'securitySchemes') ?? child(root, 'securityDefinitions');
  const value = entriesOf(schemes).map(
    ([name, { value: scheme }]) =>
      ({
        type: 'badge',
        text: joined(name, textAt(scheme, 'scheme') ?? textAt(scheme, 'type')) ?? name,
      }) as const,
  );
  return value.length ? [{ label: translate('Security'), value, wide: true }] : [];
}

/** Groups operations by their first tag, else by the first segment of their path. */
function* operationsOf(
  root: PlacedNode,
  context: SchemaContext,
): Generator<void, readonly CardTreeItem[]> {
  const { translate } = context;
  const groups = new Map<string, CardTreeItem[]>();
  const tags = new Map(
    itemsOf(child(root, 'tags')).map(tag => [textAt(tag, 'name') ?? '', tag] as const),
  );
  for (const name of tags.keys()) groups.set(name, []);
  const sources = [
    ...entriesOf(child(root, 'paths')).map(entry => ({ entry, isHook: false })),
    ...entriesOf(child(root, 'webhooks')).map(entry => ({ entry, isHook: true })),
  ];
  for (const { entry, isHook } of sources) {
    const [path, { value }] = entry;
    const item = resolve(value, root)?.node;
    for (const [method, { place, value: operation }] of entriesOf(item)) {
      if (!Object.hasOwn(methods, method) || operation.type !== 'map') continue;
      const [tag = isHook ? translate('Webhooks') : pathGroup(path)] = textsOf(
        child(operation, 'tags'),
      );
      const group = groups.get(tag) ?? [];
      groups.set(tag, group);
      const description = joined(
        textAt(operation, 'deprecated') === 'true' ? translate('deprecated') : undefined,
        firstLine(textAt(operation, 'summary') ?? textAt(operation, 'operationId')),
      );
      group.push({
        id: `${method} ${path}`,
        label: path,
        badge: { text: method.toUpperCase(), tone: ownValue(methods, method) ?? 'none' },
        ...(description !== undefined && { description }),
        ...targetOf(place, context),
        content: operationContent(operation, item, sharing(context)),
      });
      yield;
    }
  }
  const filled = [...groups].filter(([, items]) => items.length);
  const [only] = filled;
  if (only && filled.length === 1) return only[1];
  const count = filled.reduce((sum, [, items]) => sum + items.length, 0);
  return filled.map(([name, children]) => {
    const tag = tags.get(name);
    const description = joined(`${children.length}`, firstLine(tag && textAt(tag, 'description')));
    return {
      id: `tag ${name}`,
      label: name,
      icon: 'tag',
      children,
      isExpanded: count <= 60,
      ...(description !== undefined && { description }),
      ...targetOf(tag?.place, context),
    };
  });
}

function pathGroup(path: string): string {
  return `/${path.split('/')[1] ?? ''}`;
}

const MOST_PARAMETERS = 200;

function operationContent(
  operation: PlacedNode,
  pathItem: PlacedNode | undefined,
  context: SchemaContext,
): CardTreeItem['content'] {
  const { translate, root } = context;
  const parameters = parametersOf(operation, pathItem, root);
  const body = resolve(child(operation, 'requestBody'), root)?.node;
  const oldBody = parameters.find(parameter => textAt(parameter, 'in') === 'body');
  const id = textAt(operation, 'operationId');
  const security = itemsOf(child(operation, 'security')).flatMap(requirement =>
    entriesOf(requirement).map(([name]) => ({ type: 'badge', text: name }) as const),
  );
  const fields: CardField[] = [
    ...(id === undefined
      ? []
      : [{ label: translate('Operation'), value: [{ type: 'code', text: id } as const] }]),
    ...(security.length ? [{ label: translate('Security'), value: security }] : []),
  ];
  const sections: (Section | undefined)[] = [
    textSection(textAt(operation, 'description')),
    fields.length ? { content: { type: 'fields', fields } } : undefined,
    treeSection(
      translate('Parameters'),
      parameters
        .filter(parameter => parameter !== oldBody)
        .slice(0, MOST_PARAMETERS)
        .map(parameter => parameterItem(parameter, context)),
    ),
    body &&
      treeSection(translate('Request Body'), mediaItems(body, context), bodyText(body, context)),
    oldBody &&
      treeSection(translate('Request Body'), [
        schemaItem(child(oldBody, 'schema'), context, {
          label: textAt(oldBody, 'name') ?? 'body',
          description: textAt(oldBody, 'description'),
        }),
      ]),
    treeSection(
      translate('Responses'),
      entriesOf(child(operation, 'responses')).map(([status, { place, value }]) =>
        responseItem({ status, place, node: resolve(value, root)?.node }, context),
      ),
    ),
  ];
  return sectionsContent(sections);
}

/** Returns the parameters of the path, overridden by those of the operation. */
function parametersOf(
  operation: PlacedNode,
  pathItem: PlacedNode | undefined,
  root: PlacedNode,
): readonly PlacedNode[] {
  const byKey = new Map<string, PlacedNode>();
  for (const owner of [pathItem, operation]) {
    for (const item of itemsOf(child(owner, 'parameters'))) {
      const parameter = resolve(item, root)?.node;
      if (parameter?.type !== 'map') continue;
      byKey.set(`${textAt(parameter, 'in')} ${textAt(parameter, 'name')}`, parameter);
    }
  }
  return [...byKey.values()];
}

function parameterItem(parameter: PlacedNode, context: SchemaContext): CardTreeItem {
  const name = textAt(parameter, 'name') ?? '?';
  const [media] = entriesOf(child(parameter, 'content'));
  // In Swagger 2.0, the parameter is the schema.
  const schema =
    child(parameter, 'schema') ?? (media && child(media[1].value, 'schema')) ?? parameter;
  const item = schemaItem(schema, context, {
    label: name,
    place: parameter.place,
    isRequired: textAt(parameter, 'required') === 'true',
    description: textAt(parameter, 'description'),
  });
  const description = joined(textAt(parameter, 'in'), item.description);
  const content = item.content ?? exampleContent(parameter, context);
  return {
    ...item,
    ...(description !== undefined && { description }),
    ...(content && { content }),
  };
}

function bodyText(body: PlacedNode, { translate }: SchemaContext): string | undefined {
  const required = textAt(body, 'required') === 'true' ? translate('required') : undefined;
  return joined(required, firstLine(textAt(body, 'description')));
}

/** Returns the media types of a body with their schemas; only the properties if there is one type. */
function mediaItems(body: PlacedNode | undefined, context: SchemaContext): readonly CardTreeItem[] {
  return entriesOf(child(body, 'content')).map(([type, { place, value }]) => {
    const schema = child(value, 'schema');
    const item = schemaItem(schema, context, { label: type, place });
    const content = exampleContent(value, context) ?? item.content;
    return { ...item, isExpanded: true, ...(content && { content }) };
  });
}

function responseItem(
  {
    status,
    place,
    node,
  }: { status: string; place: PlacedNode['place']; node: PlacedNode | undefined },
  context: SchemaContext,
): CardTreeItem {
  const schema = child(node, 'schema');
  const children = [
    ...mediaItems(node, context),
    ...(schema
      ? [schemaItem(schema, context, { label: typeText(schema, context.root) ?? 'body' })]
      : []),
    ...entriesOf(child(node, 'headers')).map(([name, { place: at, value }]) => {
      const header = resolve(value, context.root)?.node;
      return schemaItem(child(header, 'schema') ?? header, context, {
        label: name,
        id: `header ${name}`,
        place: at,
        description: joined(context.translate('header'), textAt(header, 'description')),
      });
    }),
  ];
  return {
    id: status,
    label: firstLine(textAt(node, 'description')) ?? status,
    badge: { text: status, tone: statusTone(status) },
    ...targetOf(place, context),
    ...(children.length && { children, isExpanded: status.startsWith('2') }),
  };
}

function statusTone(status: string): Tone {
  if (status.startsWith('2')) return 'good';
  if (status.startsWith('3')) return 'info';
  if (status.startsWith('4')) return 'warning';
  return status.startsWith('5') ? 'bad' : 'none';
}
