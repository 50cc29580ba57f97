import type { InstanceSearchResult, ProvidedSearchRequest } from '../../../../api';
import { ownValue } from '../../../../base';
import { parseEntityRef } from '../../../../model';

/** As the search of a Backstage is asked. */
export interface BackstageQuery {
  readonly term: string;
  /** Undefined: all. */
  readonly types: readonly string[] | undefined;
  readonly filters: Readonly<Record<string, string>>;
}

type Filters = ProvidedSearchRequest['filters'];

/** What the types of the index are in a Backstage; others it does not have. */
const TYPES: Readonly<Record<string, string>> = { catalog: 'software-catalog', docs: 'techdocs' };
/** What a Backstage does not say of what it has found. */
const UNKNOWN: ReadonlySet<string> = new Set(['tag', 'system']);

/** Undefined where nothing can be found by what is filtered by. */
export function backstageQuery({
  text,
  filters,
}: ProvidedSearchRequest): BackstageQuery | undefined {
  const wanted = filters.filter(({ isExcluded }) => !isExcluded);
  if (wanted.some(({ field }) => UNKNOWN.has(field))) return undefined;
  const kinds = wanted.filter(({ field }) => field === 'kind').map(({ value }) => value);
  const named = wanted.filter(({ field }) => field === 'in').map(({ value }) => value);
  const left = filters.filter(({ field, isExcluded }) => field === 'in' && isExcluded);
  let types = named.length ? named.flatMap(name => ownValue(TYPES, name) ?? []) : undefined;
  // Docs have no kind of their own, and the server compares it with its case.
  if (kinds.length) types = types?.filter(type => type !== TYPES['docs']) ?? ['software-catalog'];
  const without = left.map(({ value }) => ownValue(TYPES, value));
  // Of all types nobody can be asked for but these, as a server has more of them than are known here.
  types = types?.filter(type => !without.includes(type));
  if (types?.length === 0) return undefined;
  const [kind] = kinds;
  const isOne = kind !== undefined && kinds.length === 1;
  return { term: text, types, filters: isOne ? { kind: kindAsWritten(kind) } : {} };
}

/** Whether a result is such as is filtered by; what it does not say of itself, it is not. */
export function fits(result: InstanceSearchResult, filters: Filters): boolean {
  const fields = new Map<string, Filters[number][]>();
  for (const filter of filters) {
    // What is wanted was asked for.
    if (filter.field === 'in' && !filter.isExcluded) continue;
    const key = `${filter.field} ${filter.isExcluded}`;
    fields.set(key, [...(fields.get(key) ?? []), filter]);
  }
  return [...fields.values()].every(alternatives => {
    const isFound = alternatives.some(filter => has(result, filter));
    return alternatives[0]?.isExcluded ? !isFound : isFound;
  });
}

function has(
  { type, entityRef, entityType, lifecycle, owner }: InstanceSearchResult,
  { field, value }: Filters[number],
): boolean {
  switch (field) {
    case 'in':
      return type === ownValue(TYPES, value);
    case 'kind':
      return entityRef !== undefined && parseEntityRef(entityRef).kind === value;
    case 'type':
      return entityType?.toLowerCase() === value;
    case 'lifecycle':
      return lifecycle?.toLowerCase() === value;
    case 'owner':
      return owner !== undefined && shortName(owner) === shortName(value);
    default:
      return false;
  }
}

/** A Backstage says the name of an owner alone, or its ref. */
function shortName(ref: string): string {
  return ref
    .slice(ref.lastIndexOf('/') + 1)
    .replace(/^[^:]*:/, '')
    .toLowerCase();
}

/** A Backstage compares kinds with their case. */
export function kindAsWritten(kind: string): string {
  if (kind === 'api') return 'API';
  if (kind === 'airesource') return 'AiResource';
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}
