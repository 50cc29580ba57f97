import { readEntityRef, shortenEntityRef, stringifyEntityRef } from '../../../../model';
import type { FilterField } from '../types';
import { typesNamed } from './typeNames';

/** The fields whose values are entities, and the kind that a ref in them takes for granted. */
const kindsOfFields: ReadonlyMap<FilterField, string> = new Map([
  ['owner', 'group'],
  ['system', 'system'],
]);

/** What stands for whoever asks, as an owner. */
export const ME = 'me';

/** How people write a value: refs as briefly as they can be understood. */
export function shortValue(field: FilterField, value: string): string {
  const defaultKind = kindsOfFields.get(field);
  if (defaultKind === undefined) return value;
  const short = shortenEntityRef(value, { defaultKind });
  // A team of that name is not whoever asks.
  return field === 'owner' && short === ME && value !== ME ? `${defaultKind}:${ME}` : short;
}

/** What is the same for all ways to write a value. */
export function valueKey(field: FilterField, value: string): string {
  const lower = value.trim().toLowerCase();
  if (field === 'in') return typesNamed(lower, []).join();
  const defaultKind = kindsOfFields.get(field);
  if (defaultKind === undefined || (field === 'owner' && lower === ME)) return lower;
  const ref = readEntityRef(lower, { defaultKind });
  return ref.ok ? stringifyEntityRef(ref.value) : lower;
}

/** A value as it stands in a query. Quotes in it cannot be written. */
export function writtenValue(value: string): string {
  const text = value.replaceAll('"', '');
  return /[\s,]/.test(text) ? `"${text}"` : text;
}
