import type { SearchDocument } from '../../src/api';
import { headingId } from './headingId';
import type { AnswerId } from './types';

/** What a document is called where expectations are stated; the only place that knows how collators call theirs. */
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
    // The heading that is the title of a page stands for the page.
    const isPage =
      heading === undefined || (!document.path?.length && heading === headingId(title));
    return isPage ? `docs:${page}` : `docs:${page}#${heading}`;
  }
  // Operations of HTTP alone are called by their methods as well.
  if (type === 'apis') return `apis:${ref}#${title.replace(/^[A-Z]+ (?!\/)/, '')}`;
  return ref ?? id;
}
