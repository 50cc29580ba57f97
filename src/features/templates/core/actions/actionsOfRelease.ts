import { isRecord } from '../../../../base';
import { isOlder, type Release } from '../../../../model';
import { additions, upgradeRules } from '../../../../model/releases';
import type { ActionRegistry, KnownAction } from './actionRegistry';
import type { JsonSchema } from './generatedAction';

/**
 * Backstage's actions as of a release: without later actions and inputs, and with inputs that later releases removed.
 *
 * @param actions - those of the latest release
 */
export function actionsOfRelease(
  actions: ActionRegistry,
  release: Release | undefined,
): ActionRegistry {
  if (release === undefined) return actions;
  const later = additions.filter(({ since }) => isOlder(release, since));
  const missing = new Set(
    later.flatMap(({ target }) => (target.type === 'action' ? [target.action] : [])),
  );
  const known = new Map<string, KnownAction>();
  return {
    get: id => {
      if (missing.has(id)) return undefined;
      const action = known.get(id) ?? actions.get(id);
      if (!action || known.has(id)) return action;
      const fitting = { ...action, input: action.input && inputOf(id, action.input, release) };
      known.set(id, fitting);
      return fitting;
    },
    ids: () => actions.ids().filter(id => !missing.has(id)),
  };
}

function inputOf(id: string, schema: JsonSchema, release: Release): JsonSchema {
  const written = isRecord(schema['properties']) ? schema['properties'] : {};
  const properties = new Map(Object.entries(written));
  for (const { since, target } of additions) {
    if (target.type !== 'input' || target.action !== id || !isOlder(release, since)) continue;
    for (const name of target.names) properties.delete(name);
  }
  for (const { since, target, change } of upgradeRules) {
    const isRemoved = change.type === 'remove' && isOlder(release, since);
    if (!isRemoved || target.type !== 'input' || target.action !== id) continue;
    for (const name of target.names) if (!properties.has(name)) properties.set(name, {});
  }
  return { ...schema, properties: Object.fromEntries(properties) };
}
