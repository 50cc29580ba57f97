import type { SourceEntityQuery } from '../../../../../api';
import type { Asking, FoundEntities } from '../../../../sources/core';
import type { BackstageClient } from '../backstageClient';
import { PART } from '../served/servedAnswers';
import type { NamedEntity } from './namedEntity';

export interface FindNamedDeps {
  readonly client: Pick<BackstageClient, 'named'>;
  /** What there may be at all, as the catalog's API filters; empty: anything. */
  readonly filter: readonly string[];
}

const MOST = 200;
/** Nobody is called by more than that, and addresses have an end. */
const MAX_TEXT = 100;

/** Looks on a server for entities by their names. */
export async function findNamed(
  { text, kinds, namespace, limit }: SourceEntityQuery,
  asking: Asking,
  { client, filter }: FindNamedDeps,
): Promise<FoundEntities> {
  const nothing = { entities: [], isComplete: true };
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  // The server looks for one text; of several words, the longest leaves the least to be looked through here.
  const [longest = ''] = words.toSorted((a, b) => b.length - a.length);
  if (longest.length > MAX_TEXT) return nothing;
  const conditions: (readonly [key: string, value: string])[] = [
    ...(kinds ?? []).map(kind => ['kind', kind] as const),
    ...(namespace === undefined ? [] : [['metadata.namespace', namespace] as const]),
  ];
  if (kinds?.length === 0 || !conditions.every(([, value]) => isPlain(value))) return nothing;
  const most = Math.min(Math.max(limit, 1), MOST);
  const page = await client.named({
    ...asking,
    text: longest,
    filter: narrowed(filter, conditions),
    limit: most,
  });
  const wanted = new Set(kinds?.map(kind => kind.toLowerCase()));
  const fits = ({ names, entity }: NamedEntity): boolean =>
    (!kinds || wanted.has(entity.kind.toLowerCase())) &&
    (namespace === undefined || entity.namespace.toLowerCase() === namespace.toLowerCase()) &&
    words.every(word => names.some(name => name.includes(word)));
  return {
    entities: page.items
      .slice(0, most)
      .filter(fits)
      .map(({ entity }) => entity),
    isComplete: page.nextCursor === undefined && page.items.length <= most,
  };
}

/** What would make another condition of it, or another field, is no part of a ref anyway. */
function isPlain(value: string): boolean {
  return PART.test(value) && !/[,=]/.test(value);
}

/**
 * All filters, each with further conditions. Two conditions on one field are alternatives to a Backstage: where a filter has one on
 * the field already, it is left as it is, and what comes is looked through here.
 *
 * Source: `parseEntityFilterString` of `plugins/catalog-backend`.
 */
function narrowed(
  filter: readonly string[],
  conditions: readonly (readonly [key: string, value: string])[],
): readonly string[] {
  if (!conditions.length) return filter;
  return (filter.length ? filter : ['']).map(each => {
    const keys = new Set(each.split(',').map(condition => keyOf(condition)));
    const further = conditions.filter(([key]) => !keys.has(key)).map(pair => pair.join('='));
    return [each, ...further].filter(Boolean).join(',');
  });
}

function keyOf(condition: string): string {
  return condition.replace(/=.*$/s, '').trim().toLowerCase();
}
