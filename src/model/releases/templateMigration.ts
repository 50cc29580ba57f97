import { isRecord } from '../../base';
import type { PartChange, PartPath } from './releaseRules';

/**
 * Returns the changes from `backstage.io/v1beta2` to `scaffolder.backstage.io/v1beta3`: the apiVersion, and
 * expressions in steps and outputs. Empty if an expression has no known counterpart.
 *
 * Source: Backstage's guide "Migrating to v1beta3 templates".
 */
export function migrateTemplate(
  document: Readonly<Record<string, unknown>>,
): readonly PartChange[] {
  const changes: PartChange[] = [
    { type: 'set', path: ['apiVersion'], value: 'scaffolder.backstage.io/v1beta3' },
  ];
  const spec = isRecord(document['spec']) ? document['spec'] : {};
  for (const part of ['steps', 'output']) {
    if (!addMigrated(spec[part], ['spec', part], changes)) return [];
  }
  return changes;
}

/** Adds the changes of texts in a value. Returns false if a text can't be migrated. */
function addMigrated(top: unknown, topPath: PartPath, changes: PartChange[]): boolean {
  const seen = new Set<unknown>();
  const pending: { readonly value: unknown; readonly path: PartPath }[] = [
    { value: top, path: topPath },
  ];
  for (const { value, path } of pending) {
    if (typeof value === 'string') {
      const migrated = migrateText(value);
      if (migrated === undefined) return false;
      if (migrated !== value) changes.push({ type: 'set', path, value: migrated });
    }
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    for (const [key, child] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
      pending.push({ value: child, path: [...path, key] });
    }
  }
  return true;
}

/** Returns a text with the expressions of version 3; undefined if one isn't a plain path. */
function migrateText(text: string): string | undefined {
  let migrated = '';
  let at = 0;
  for (;;) {
    const start = text.indexOf('{{', at);
    if (start === -1) return migrated + text.slice(at);
    const end = text.indexOf('}}', start);
    if (end === -1) return undefined;
    const words = text
      .slice(start + 2, end)
      .trim()
      .split(/\s+/);
    const [first = '', second] = words;
    const isJson = first === 'json' && second !== undefined;
    const path = isJson ? second : first;
    if (words.length !== (isJson ? 2 : 1) || !/^[\w-]+(?:\.[\w-]+)*$/.test(path)) return undefined;
    const before = text.slice(at, start);
    // Written for version 3 already.
    migrated += before.endsWith('$') ? before.slice(0, -1) : before;
    migrated += `\${{ ${expressionOf(path)} }}`;
    at = end + 2;
  }
}

/** Returns a path as an expression: names with a dash would be subtractions. */
function expressionOf(path: string): string {
  const [first = '', ...rest] = path.split('.');
  return rest.reduce(
    (expression, name) =>
      name.includes('-') ? `${expression}['${name}']` : `${expression}.${name}`,
    first,
  );
}
