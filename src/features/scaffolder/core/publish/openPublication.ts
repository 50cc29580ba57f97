import type { Publication, PublicationDeps } from './publication';

/** Opens a publication. Its code is loaded on demand. */
export async function openPublication(deps: PublicationDeps): Promise<Publication> {
  const publication = await import('./publication');
  return new publication.Publication(deps);
}
