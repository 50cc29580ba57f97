import { readEntityRef } from './refs/entityRef';

/** Maps CODEOWNERS owners, lowercase, to entity refs. */
export type OwnerMapping = Readonly<Record<string, string>>;

/**
 * Reads the mapping from an unvalidated setting: `{ "@acme/payments": "team-payments" }`.
 *
 * @returns the valid part, and a message for each invalid part
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
