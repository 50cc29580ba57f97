import { type LinkTarget, readInstanceSiteId } from '../../../../api';
import type { DiagramDrawer } from '../../../techdocs/core';
import type { DocsLink, DocsPages, DocsSearch, ReaderSettings } from '../../../techdocs/core/pages';
import { portalRequests as requests } from '../../protocol';
import { portalRequestParams as checks } from '../../protocol/validation';
import { answering, type RequestAnswer } from './requestAnswer';

export interface DocsAnswersDeps {
  readonly docs: DocsPages;
  readonly docsSearch: DocsSearch;
  readonly reader: ReaderSettings;
  readonly diagrams: DiagramDrawer;
  /** Is told of the places that a page comes to know. */
  readonly allow: (targets: Iterable<LinkTarget>) => void;
}

/** What the pages of docs ask for. */
export function docsAnswers({
  docs,
  diagrams,
  docsSearch,
  reader,
  allow,
}: DocsAnswersDeps): readonly RequestAnswer[] {
  return [
    answering(requests.getDocsSites, checks.getDocsSites, (_, signal) => docs.getSites(signal)),
    answering(requests.getDocsPage, checks.getDocsPage, async (request, signal) => {
      const view = await docs.getPage(request, signal);
      const { page } = view;
      if (page?.file !== undefined) allow([{ type: 'source', file: page.file }]);
      if (page) allow(targetsOf(Object.values(page.links)));
      return view;
    }),
    answering(requests.getDocsPicture, checks.getDocsPicture, (request, signal) =>
      docs.getPicture(request, signal),
    ),
    answering(requests.getDocsDiagram, checks.getDocsDiagram, (request, signal) =>
      diagrams.draw(request, signal),
    ),
    answering(requests.getDocsLastChange, checks.getDocsLastChange, (place, signal) =>
      docs.getLastChange(place, signal),
    ),
    answering(requests.getDocsTextSize, checks.getDocsTextSize, () => reader.textSize),
    answering(requests.setDocsTextSize, checks.setDocsTextSize, ({ size }) =>
      reader.setTextSize(size),
    ),
    answering(requests.searchDocs, checks.searchDocs, async (request, signal) =>
      readInstanceSiteId(request.site)
        ? (await docs.ofInstances()).search(request, signal)
        : docsSearch.search(request, signal),
    ),
  ];
}

function targetsOf(links: readonly DocsLink[]): readonly LinkTarget[] {
  return links.flatMap(link => (link.type === 'target' ? link.target : []));
}
