import type { CardTreeItem, Entity } from '../../../../api';
import type { Translate } from '../../../../base';
import { child, itemsOf, textAt } from '../document/placedNode';
import type { LocatedOutline } from '../outline/outlineDefinition';
import type { DefinitionSource } from './definitionSource';

/** The outline of an MCP server, of which a descriptor says where it is, and not what it can do. */
export function outlineRemotes({
  entity,
  source,
  translate,
}: {
  readonly entity: Entity;
  readonly source: DefinitionSource | undefined;
  readonly translate: Translate;
}): LocatedOutline | undefined {
  const remotes = entity.spec?.['remotes'];
  if (!Array.isArray(remotes) || !source) return undefined;
  const locate: LocatedOutline['locate'] = place => ({
    type: 'source',
    file: source.descriptor,
    range: source.rangeInDescriptor(place),
  });
  const operations = itemsOf(child(source.spec, 'remotes')).map((node, index): CardTreeItem => {
    const type = textAt(node, 'type');
    return {
      id: `${index}`,
      label: textAt(node, 'url') ?? '?',
      icon: 'remote',
      ...(type !== undefined && { badge: { text: type, tone: 'info' } }),
      target: locate((child(node, 'url') ?? node).place),
    };
  });
  return {
    format: 'Model Context Protocol',
    fields: [],
    operations,
    operationsTitle: translate('Remotes'),
    types: [],
    problems: [],
    counts: { operations: operations.length, types: 0 },
    locate,
    rangeOf: place => source.rangeInDescriptor(place),
  };
}
