import * as z from 'zod/mini';
import { dependentsSummary } from '../../../../model/presentation';
import { defineTool } from '../defineTool';
import { resolveEntityRef, displayRefs, sourceOf, titleOf } from '../entitySummary';
import { citationSuffix, clipText, countField, displayRef, textField } from '../fields';
import type { DependentsOutput } from '../toolDescriptions';
import { WorkspacePlaces } from '../workspacePlaces';

const MAX_RELATION = 100;
/** The maximum number of owners to list. */
const MAX_OWNERS = 200;
const MAX_DEPTH = 100;
const DEPTH_ERROR = `must be a whole number from 1 to ${MAX_DEPTH}`;

export const dependentsTool = defineTool({
  name: 'dependents',
  input: z.strictObject({
    ref: textField('Entity ref, such as resource:default/orders-db.'),
    depth: z.optional(
      z
        .int({ error: DEPTH_ERROR })
        .check(
          z.gte(1, { error: DEPTH_ERROR }),
          z.lte(MAX_DEPTH, { error: DEPTH_ERROR }),
          z.describe(
            'Maximum number of relations to follow. 1: direct dependents. Default: no limit.',
          ),
        ),
    ),
    limit: countField('Maximum number of entities to list, nearest first.', {
      most: 200,
      usual: 50,
    }),
  }),
  async run({ ref: written, depth, limit }, services, signal): Promise<DependentsOutput> {
    const { catalog } = services;
    const places = new WorkspacePlaces(services);
    const ref = resolveEntityRef(written, catalog);
    const found = await catalog.getDependents(ref, { depth, signal });
    const total = found.entities.length;
    const dependents = found.entities.slice(0, limit).map(dependent => {
      const entity = catalog.getEntityByRef(dependent.entityRef);
      return {
        ref: displayRef(dependent.entityRef),
        distance: dependent.distance,
        relation: clipText(dependent.relation, MAX_RELATION),
        on: displayRef(dependent.through),
        ...(entity && { title: titleOf(entity) }),
        owners: displayRefs(dependent.ownerRefs),
        ...places.place(sourceOf(dependent.entityRef, catalog)),
      };
    });
    return {
      ref: displayRef(ref),
      dependents,
      total,
      summary: total > 0 ? dependentsSummary(found) : '',
      owners: found.owners.slice(0, MAX_OWNERS).map(({ ownerRef, entityRefs }) => ({
        ...(ownerRef !== undefined && { owner: displayRef(ownerRef) }),
        total: entityRefs.length,
      })),
      isTruncated: total > limit,
    };
  },
  format: ({ ref, dependents, total, summary }) => [
    total ? `${summary} depend on ${ref}:` : `Nothing in the catalog depends on ${ref}.`,
    ...dependents.map(row => {
      const owners = row.owners.length ? `, owned by ${row.owners.join(', ')}` : '';
      return `- ${row.ref} ${row.relation} ${row.on}${owners}${citationSuffix(row)}`;
    }),
    ...(dependents.length < total
      ? [`${total - dependents.length} more. Use a larger limit or a smaller depth.`]
      : []),
  ],
});
