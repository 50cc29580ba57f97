import type { JsonSchema } from './generatedAction';

/** Description of an action of Backstage, Callboard or a plugin. */
export interface KnownAction {
  /** Id such as `fetch:template`. */
  readonly id: string;
  /** Markdown. */
  readonly description?: string | undefined;
  /** Schema of the input. Undefined if any is valid. */
  readonly input?: JsonSchema | undefined;
  /** Schema of `steps.<id>.output`. Undefined if it is unknown. */
  readonly output?: JsonSchema | undefined;
  /** Whether it runs in dry runs. Undefined if it is unknown. */
  readonly supportsDryRun?: boolean | undefined;
}

/** Actions that templates may use. */
export interface ActionRegistry {
  get(id: string): KnownAction | undefined;
  /** Sorted ids, without patterns. */
  ids(): readonly string[];
}

/** Combines registries. The first one with an action counts. */
export function combinedActions(registries: readonly ActionRegistry[]): ActionRegistry {
  return {
    get: id => {
      for (const registry of registries) {
        const action = registry.get(id);
        if (action) return action;
      }
      return undefined;
    },
    ids: () => [...new Set(registries.flatMap(registry => registry.ids()))].sort(),
  };
}

/** Registry of described actions. */
export function knownActions(actions: readonly KnownAction[]): ActionRegistry {
  const byId = new Map(actions.map(action => [action.id, action]));
  return { get: id => byId.get(id), ids: () => [...byId.keys()].sort() };
}

/**
 * Registry of actions that are only known to exist.
 * @param patterns - ids, in which `*` matches any text: `acme:*`
 */
export function declaredActions(patterns: readonly string[]): ActionRegistry {
  const ids = patterns.filter(pattern => !pattern.includes('*'));
  const exact = new Set(ids);
  const others = patterns.filter(pattern => !exact.has(pattern)).map(partsOf);
  return {
    get: id => (exact.has(id) || others.some(parts => matches(id, parts)) ? { id } : undefined),
    ids: () => [...ids].sort(),
  };
}

function partsOf(pattern: string): readonly string[] {
  return pattern.split('*');
}

/** Whether a text consists of the parts in their order, with any text between them. */
function matches(text: string, [first = '', ...rest]: readonly string[]): boolean {
  const last = rest.pop() ?? '';
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
