import type { Publication, PublicationDeps } from './publication';

/** Gives what publishes what a run makes; it is loaded for runs that publish. */
export async function openPublication(deps: PublicationDeps): Promise<Publication> {
  const publication = await import('./publication');
  return new publication.Publication(deps);
}
