import { valuesIn } from './partPaths';
import type { PartChange } from './releaseRules';

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
  for (const part of ['steps', 'output']) {
    for (const { value, path } of valuesIn(document, ['spec', part])) {
      if (typeof value !== 'string') continue;
      const migrated = migrateText(value);
      if (migrated === undefined) return [];
      if (migrated !== value) changes.push({ type: 'set', path, value: migrated });
    }
  }
  return changes;
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
