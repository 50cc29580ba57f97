import { readEntityRef } from './refs/entityRef';

/** What owners of CODEOWNERS are in the catalog, by the owner as written there, lower-cased. */
export type OwnerMapping = Readonly<Record<string, string>>;

/**
 * Reads the mapping from a setting, which may be anything: `{ "@acme/payments": "team-payments" }`.
 *
 * @returns the usable part, and a sentence for each part that is not
 */
export function readOwnerMapping(value: unknown): {
  mapping: OwnerMapping;
  problems: readonly string[];
} {
  if (value === undefined || value === null) return { mapping: {}, problems: [] };
  if (typeof value !== 'object' || Array.isArray(value)) {
    return { mapping: {}, problems: ['must be an object of entity refs by owner'] };
  }
  const problems: string[] = [];
  const entries: [string, string][] = [];
  for (const [owner, ref] of Object.entries(value)) {
    const parsed = readEntityRef(ref, { defaultKind: 'Group' });
    if (typeof ref === 'string' && parsed.ok) entries.push([owner.toLowerCase(), ref]);
    else problems.push(`["${owner}"] must be a reference such as "group:default/team-a"`);
  }
  return { mapping: Object.fromEntries(entries), problems };
}
