import * as z from 'zod/mini';
import { defineTool } from '../defineTool';
import { resolveEntityRef, summaryOf } from '../entitySummary';
import { citation, displayRef, textField } from '../fields';
import type { EntitySummary } from '../toolDescriptions';
import { RefusalError } from '../types';
import { WorkspacePlaces } from '../workspacePlaces';

export const getEntityTool = defineTool({
  name: 'get_entity',
  input: z.strictObject({
    ref: textField(
      'Entity ref, such as component:default/shop. The namespace is optional, and so is the kind if the name is ' +
        'unique.',
    ),
  }),
  run({ ref: written }, services) {
    const { catalog } = services;
    const ref = resolveEntityRef(written, catalog);
    const entity = catalog.getEntityByRef(ref);
    if (entity) return summaryOf(ref, entity, { catalog, places: new WorkspacePlaces(services) });
    const by = [...new Set(catalog.getRelations(ref).map(({ targetRef }) => targetRef))];
    throw new RefusalError(
      `${displayRef(ref)} isn't in the catalog. These entities refer to it: ${by.slice(0, 5).map(displayRef).join(', ')}.`,
    );
  },
  format: formatSummary,
});

function formatSummary(entity: EntitySummary): readonly string[] {
  const { ref, title, description, type, lifecycle, owners, systems, tags, relations, links } =
    entity;
  const line = (label: string, values: readonly string[]): string[] =>
    values.length ? [`${label}: ${values.join(', ')}`] : [];
  return [
    `${ref} — ${title}`,
    ...(description === undefined ? [] : [description]),
    ...line('Type', type === undefined ? [] : [type]),
    ...line('Lifecycle', lifecycle === undefined ? [] : [lifecycle]),
    ...line('Owners', owners),
    ...line('Part of', systems),
    ...line('Tags', tags),
    ...relations
      // The lines above have them.
      .filter(({ type: relation }) => relation !== 'ownedBy' && relation !== 'partOf')
      .flatMap(({ type: relation, targets, total }) => {
        const more = total - targets.length;
        return line(relation, more ? [...targets, `${more} more`] : targets);
      }),
    ...links.map(link => `Link: ${link.title} <${link.url}>`),
    ...(entity.hasDocs ? ['Has documentation. Use search_docs to search it.'] : []),
    ...(entity.problems ? [`Problems: ${entity.problems}. Use validate to list them.`] : []),
    ...line('Descriptor', entity.file === undefined ? [] : [citation(entity)]),
  ];
}
