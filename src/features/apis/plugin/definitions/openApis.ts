import type { CatalogService, Entity } from '../../../../api';

/** A text that is open in the editor. */
export interface OpenText {
  /** The URI in the catalog's spelling. */
  readonly uri: string;
  readonly version: number;
}

/** The maximum number of APIs to check: a file may have any number of them. */
const MOST_APIS = 100;

/**
 * Returns the APIs that open texts describe or define.
 *
 * @returns by full ref, the open files of the definition with their current texts
 */
export function openApis(
  texts: readonly OpenText[],
  catalog: Pick<CatalogService, 'getEntityRefsInFile' | 'getFilesReading'>,
): ReadonlyMap<string, readonly OpenText[]> {
  const apis = new Map<string, readonly OpenText[]>();
  for (const text of texts) {
    for (const ref of catalog.getEntityRefsInFile(text.uri)) {
      if (isApi(ref) && apis.size < MOST_APIS) apis.set(ref, apis.get(ref) ?? []);
    }
    for (const ref of catalog
      .getFilesReading(text.uri)
      .flatMap(file => catalog.getEntityRefsInFile(file))) {
      if (isApi(ref) && apis.size < MOST_APIS) apis.set(ref, [...(apis.get(ref) ?? []), text]);
    }
  }
  return apis;
}

/** Whether a ref is that of an API. */
export function isApi(ref: string): boolean {
  return ref.startsWith('api:');
}

/** Whether an entity is an API with a definition or an address. */
export function isDefined({ kind, spec }: Entity): boolean {
  return (
    kind.toLowerCase() === 'api' &&
    (spec?.['definition'] !== undefined || spec?.['remotes'] !== undefined)
  );
}
