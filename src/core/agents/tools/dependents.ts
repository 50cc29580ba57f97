import * as z from 'zod/mini';
import { WorkSlices } from '../../../base';
import { hitBy } from '../../dependence';
import { defineTool } from '../defineTool';
import { ownersOf, refMeant, sourceOf, titleOf } from '../entitySummary';
import { cited, clipped, countField, placeFields, shownRef, textField } from '../fields';
import type { AgentServices } from '../types';
import { WorkspacePlaces } from '../workspacePlaces';

/** As many are counted; whoever has more has too many to look at. */
const MAX_FOUND = 10_000;
const MAX_RELATION = 100;

interface Dependent {
  readonly ref: string;
  readonly distance: number;
  /** Its own relation to what it depends on. */
  readonly relation: string;
  readonly on: string;
}

export const dependentsTool = defineTool({
  name: 'dependents',
  title: 'Find what depends on an entity',
  description:
    'Tells what would notice if an entity broke or went away: what depends on it, consumes its APIs, or is part of ' +
    'it, and with depth also what depends on those. Use it before a change, to know whom it concerns. Each has ' +
    'its owners, the relation by which it depends, and the file and line (counted from 1) of its descriptor.',
  input: z.strictObject({
    ref: textField('Entity ref: resource:default/orders-db.'),
    depth: countField('How many steps to follow.', { most: 10, usual: 1 }),
    limit: countField('How many to list at most, the nearest first.', { most: 200, usual: 50 }),
  }),
  output: z.object({
    ref: z.string(),
    dependents: z.array(
      z.object({
        ref: z.string(),
        title: z.optional(z.string()),
        distance: z.int().check(z.describe('1: depends on the entity itself.')),
        relation: z.string(),
        on: z.string().check(z.describe('What it depends on by that relation.')),
        owners: z.array(z.string()),
        ...placeFields,
      }),
    ),
    total: z.int(),
    isTruncated: z.boolean().check(z.describe('Whether there are more than are listed.')),
  }),
  async run({ ref: written, depth, limit }, services, signal) {
    const { catalog } = services;
    const places = new WorkspacePlaces(services);
    const ref = refMeant(written, catalog);
    const found = await dependentsOf(ref, depth, services, signal);
    const dependents = found.slice(0, limit).map(dependent => {
      const entity = catalog.getEntityByRef(dependent.ref);
      return {
        ref: shownRef(dependent.ref),
        distance: dependent.distance,
        relation: clipped(dependent.relation, MAX_RELATION),
        on: shownRef(dependent.on),
        ...(entity && { title: titleOf(entity) }),
        owners: entity ? ownersOf(entity) : [],
        ...places.place(sourceOf(dependent.ref, catalog)),
      };
    });
    const isTruncated = found.length > limit || found.length >= MAX_FOUND;
    return { ref: shownRef(ref), dependents, total: found.length, isTruncated };
  },
  format: ({ ref, dependents, total }) => [
    total ? `${total} depend on ${ref}:` : `Nothing in the catalog depends on ${ref}.`,
    ...dependents.map(row => {
      const owners = row.owners.length ? `, owned by ${row.owners.join(', ')}` : '';
      return `- ${row.ref} ${row.relation} ${row.on}${owners}${cited(row)}`;
    }),
    ...(dependents.length < total
      ? [`${total - dependents.length} more: ask with a larger limit or a smaller depth.`]
      : []),
  ],
});

/** The nearest first; of those that are as near, in the order of their refs. */
async function dependentsOf(
  root: string,
  depth: number,
  { catalog, relationPairs }: AgentServices,
  signal: AbortSignal,
): Promise<readonly Dependent[]> {
  const pairs = relationPairs();
  const slices = new WorkSlices();
  const found = new Map<string, Dependent>();
  let last = [root];
  for (let distance = 1; distance <= depth && last.length; distance++) {
    const next: string[] = [];
    for (const on of last) {
      if (slices.isOver) await slices.pause();
      signal.throwIfAborted();
      for (const { type, targetRef } of catalog.getRelations(on)) {
        const edge = pairs.forward({ source: on, type, target: targetRef });
        const ref = hitBy(edge, on);
        if (ref === undefined || ref === root || found.has(ref)) continue;
        if (found.size >= MAX_FOUND) break;
        const isForward = edge.source === ref;
        const relation = isForward ? edge.type : (pairs.inverseOf(edge.type) ?? edge.type);
        found.set(ref, { ref, distance, relation, on });
        next.push(ref);
      }
    }
    last = next.sort();
  }
  return [...found.values()].sort((a, b) => a.distance - b.distance || (a.ref < b.ref ? -1 : 1));
}
