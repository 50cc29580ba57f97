import type { JsonSchema } from './generatedAction';

/** What is known of what a step can do, wherever it runs. */
export interface KnownAction {
  /** Such as `fetch:template`. */
  readonly id: string;
  /** Markdown. */
  readonly description?: string | undefined;
  /** Of the object that a step passes; undefined where anything may be passed. */
  readonly input?: JsonSchema | undefined;
  /** Of the object behind `steps.<id>.output`; undefined where nobody says what it is. */
  readonly output?: JsonSchema | undefined;
  /** Whether it runs in a dry run too; undefined where nobody says so. */
  readonly supportsDryRun?: boolean | undefined;
}

/** The actions that templates may use. */
export interface ActionRegistry {
  get(id: string): KnownAction | undefined;
  /** Those that have a name of their own, sorted. */
  ids(): readonly string[];
}

/** All that one of several knows; the first that knows an action counts. */
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

/** Actions of which all is known that they say themselves. */
export function knownActions(actions: readonly KnownAction[]): ActionRegistry {
  const byId = new Map(actions.map(action => [action.id, action]));
  return { get: id => byId.get(id), ids: () => [...byId.keys()].sort() };
}

/**
 * Actions of which no more is known than that they exist.
 *
 * @param patterns - ids, in which `*` stands for any text, as in `acme:*`
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

/** Whether a text is made of the parts in their order, with anything between. */
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
