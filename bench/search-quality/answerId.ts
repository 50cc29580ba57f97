import type { SearchDocument } from '../../src/api';
import { headingId } from './headingId';
import type { AnswerId } from './types';

/** Returns the id of a document in the expectations. Only this function knows the ids of the collators. */
export function answerIdOf(
  { type, document }: { readonly type: string; readonly document: SearchDocument },
  /** URI of the organization's folder. */
  root: string,
): AnswerId {
  const { id, ref, title, location } = document;
  if (type === 'docs') {
    const [written = '', heading] = id.split('#', 2);
    const page = location?.file.startsWith(`${root}/`)
      ? decodeURI(location.file.slice(root.length + 1))
      : written;
    // The heading with the title of a page represents the page.
    const isPage =
      heading === undefined || (!document.path?.length && heading === headingId(title));
    return isPage ? `docs:${page}` : `docs:${page}#${heading}`;
  }
  // Only operations of HTTP have a method in their id.
  if (type === 'apis') return `apis:${ref}#${title.replace(/^[A-Z]+ (?!\/)/, '')}`;
  return ref ?? id;
}
