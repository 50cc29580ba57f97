import { type LinkTarget, readInstanceSiteId } from '../../../../api';
import type { DiagramDrawer } from '../../../techdocs/core';
import type { DocsLink, DocsPages, DocsSearch, ReaderSettings } from '../../../techdocs/core/pages';
import { answersOf, type RequestAnswer } from './requestAnswer';

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
  return answersOf({
    getDocsSites: (_, signal) => docs.getSites(signal),
    getDocsPage: async (request, signal) => {
      const view = await docs.getPage(request, signal);
      const { page } = view;
      if (page?.file !== undefined) allow([{ type: 'source', file: page.file }]);
      if (page) allow(targetsOf(Object.values(page.links)));
      return view;
    },
    getDocsPicture: (request, signal) => docs.getPicture(request, signal),
    getDocsDiagram: (request, signal) => diagrams.draw(request, signal),
    getDocsLastChange: (place, signal) => docs.getLastChange(place, signal),
    getDocsTextSize: () => reader.textSize,
    setDocsTextSize: ({ size }) => reader.setTextSize(size),
    searchDocs: async (request, signal) =>
      readInstanceSiteId(request.site)
        ? (await docs.ofInstances()).search(request, signal)
        : docsSearch.search(request, signal),
  });
}

function targetsOf(links: readonly DocsLink[]): readonly LinkTarget[] {
  return links.flatMap(link => (link.type === 'target' ? link.target : []));
}
