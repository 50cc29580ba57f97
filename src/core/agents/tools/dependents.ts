import * as z from 'zod/mini';
import { english } from '../../../base';
import { dependentsSummary } from '../../../model/presentation';
import { defineTool } from '../defineTool';
import { ownersOf, refMeant, sourceOf, titleOf } from '../entitySummary';
import { cited, clipped, countField, placeFields, shownRef, textField } from '../fields';
import { WorkspacePlaces } from '../workspacePlaces';

const MAX_RELATION = 100;
/** The maximum number of owners to list. */
const MAX_OWNERS = 200;
const MAX_DEPTH = 100;
const DEPTH_ERROR = `must be a whole number from 1 to ${MAX_DEPTH}`;

export const dependentsTool = defineTool({
  name: 'dependents',
  title: 'Find what depends on an entity',
  description:
    'Finds what is affected if an entity stops: entities that depend on it, the APIs that it provides and their ' +
    'consumers, and its parts, direct and indirect. Use it before a change, to find the owners to tell. Each has ' +
    'its owners, the relation through which it is affected, and the file and line (counted from 1) of its descriptor.',
  input: z.strictObject({
    ref: textField('Entity ref: resource:default/orders-db.'),
    depth: z.optional(
      z
        .int({ error: DEPTH_ERROR })
        .check(
          z.gte(1, { error: DEPTH_ERROR }),
          z.lte(MAX_DEPTH, { error: DEPTH_ERROR }),
          z.describe(
            'The maximum number of relations to follow. Default: no limit. 1: direct dependents only.',
          ),
        ),
    ),
    limit: countField('The maximum number to list, nearest first.', { most: 200, usual: 50 }),
  }),
  output: z.object({
    ref: z.string(),
    dependents: z.array(
      z.object({
        ref: z.string(),
        title: z.optional(z.string()),
        distance: z.int().check(z.describe('1: a direct dependent.')),
        relation: z.string(),
        on: z.string().check(z.describe('The other end of that relation.')),
        owners: z.array(z.string()),
        ...placeFields,
      }),
    ),
    total: z.int(),
    summary: z.string().check(z.describe('Numbers of entities and owners.')),
    owners: z.array(
      z.object({
        owner: z.optional(z.string().check(z.describe('Missing for entities without an owner.'))),
        total: z.int(),
      }),
    ),
    isTruncated: z.boolean().check(z.describe('Whether there are more than are listed.')),
  }),
  async run({ ref: written, depth, limit }, services, signal) {
    const { catalog } = services;
    const places = new WorkspacePlaces(services);
    const ref = refMeant(written, catalog);
    const found = await catalog.getDependents(ref, { depth, signal });
    const total = found.entities.length;
    const dependents = found.entities.slice(0, limit).map(dependent => {
      const entity = catalog.getEntityByRef(dependent.entityRef);
      return {
        ref: shownRef(dependent.entityRef),
        distance: dependent.distance,
        relation: clipped(dependent.relation, MAX_RELATION),
        on: shownRef(dependent.through),
        ...(entity && { title: titleOf(entity) }),
        owners: entity ? ownersOf(entity) : [],
        ...places.place(sourceOf(dependent.entityRef, catalog)),
      };
    });
    return {
      ref: shownRef(ref),
      dependents,
      total,
      summary: total > 0 ? dependentsSummary(found, english) : '',
      owners: found.owners.slice(0, MAX_OWNERS).map(({ ownerRef, entityRefs }) => ({
        ...(ownerRef !== undefined && { owner: shownRef(ownerRef) }),
        total: entityRefs.length,
      })),
      isTruncated: total > limit,
    };
  },
  format: ({ ref, dependents, total, summary }) => [
    total ? `${summary} depend on ${ref}:` : `Nothing in the catalog depends on ${ref}.`,
    ...dependents.map(row => {
      const owners = row.owners.length ? `, owned by ${row.owners.join(', ')}` : '';
      return `- ${row.ref} ${row.relation} ${row.on}${owners}${cited(row)}`;
    }),
    ...(dependents.length < total
      ? [`${total - dependents.length} more: ask with a larger limit or a smaller depth.`]
      : []),
  ],
});
