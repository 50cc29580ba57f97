import type { CatalogService } from '../../../api';
import { isRecord } from '../../../base';

/** Events that start the code of a plugin, for the schema of declarations. */
export const ACTIVATION_EVENT = /^(?:onEntityKind:[\w-]+|onAction:[\w:.-]+\*?)$/;

/**
 * Whether the code of a plugin is needed: one of its events applies to the catalog, or it has none.
 *
 * - `onEntityKind:KIND`: there is an entity of this kind.
 * - `onAction:ID`: a step of a Template uses this action; a `*` at the end matches any rest.
 */
export function isActivated(
  events: readonly string[] | undefined,
  catalog: Pick<CatalogService, 'getEntities' | 'getEntityRefs'>,
): boolean {
  if (!events?.length) return true;
  return events.some(event => {
    const at = event.indexOf(':');
    const name = event.slice(at + 1);
    if (event.startsWith('onEntityKind:')) {
      const prefix = `${name.toLowerCase()}:`;
      return catalog.getEntityRefs().some(ref => ref.startsWith(prefix));
    }
    return event.startsWith('onAction:') && usedActions(catalog).some(matches(name));
  });
}

function matches(pattern: string): (action: string) => boolean {
  if (!pattern.endsWith('*')) return action => action === pattern;
  const prefix = pattern.slice(0, -1);
  return action => action.startsWith(prefix);
}

/** Returns the actions of all Templates. */
function usedActions(catalog: Pick<CatalogService, 'getEntities'>): readonly string[] {
  return catalog.getEntities({ where: { kind: 'Template' } }).flatMap(({ spec }) => {
    const steps: unknown = spec?.['steps'];
    if (!Array.isArray(steps)) return [];
    return steps.flatMap((step: unknown) => {
      const action = isRecord(step) ? step['action'] : undefined;
      return typeof action === 'string' ? [action] : [];
    });
  });
}
