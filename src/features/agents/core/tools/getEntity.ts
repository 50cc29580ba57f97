import * as z from 'zod/mini';
import { defineTool } from '../defineTool';
import { refMeant, summaryOf } from '../entitySummary';
import { citation, shownRef, textField } from '../fields';
import type { EntitySummary } from '../toolDescriptions';
import { RefusalError } from '../types';
import { WorkspacePlaces } from '../workspacePlaces';

export const getEntityTool = defineTool({
  name: 'get_entity',
  input: z.strictObject({
    ref: textField(
      'Entity ref: component:default/shop. The namespace may be left out, and the kind where only one entity has ' +
        'the name.',
    ),
  }),
  run({ ref: written }, services) {
    const { catalog } = services;
    const ref = refMeant(written, catalog);
    const entity = catalog.getEntityByRef(ref);
    if (entity) return summaryOf(ref, entity, { catalog, places: new WorkspacePlaces(services) });
    const by = [...new Set(catalog.getRelations(ref).map(({ targetRef }) => targetRef))];
    throw new RefusalError(
      `${shownRef(ref)} is not in the catalog, but referred to by ${by.slice(0, 5).map(shownRef).join(', ')}.`,
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
      // Told already.
      .filter(({ type: relation }) => relation !== 'ownedBy' && relation !== 'partOf')
      .flatMap(({ type: relation, targets, total }) => {
        const more = total - targets.length;
        return line(relation, more ? [...targets, `${more} more`] : targets);
      }),
    ...links.map(link => `Link: ${link.title} <${link.url}>`),
    ...(entity.hasDocs ? ['Has documentation: search_docs finds it.'] : []),
    ...(entity.problems ? [`Problems: ${entity.problems}, which validate tells.`] : []),
    ...line('Descriptor', entity.file === undefined ? [] : [citation(entity)]),
  ];
}
