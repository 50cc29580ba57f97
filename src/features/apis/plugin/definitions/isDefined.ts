import type { Entity } from '../../../../api';

/** Whether an entity is an API that says what it can do, or where. */
export function isDefined({ kind, spec }: Entity): boolean {
  return (
    kind.toLowerCase() === 'api' &&
    (spec?.['definition'] !== undefined || spec?.['remotes'] !== undefined)
  );
}
