import type { PortalPage } from '../../src/api';
import { translate } from '../shared/translate';

/** By page, what loads the element that shows it, and that element's name. */
const pages: Readonly<
  Record<PortalPage['page'], { readonly tag: string; readonly load: () => Promise<unknown> }>
> = {
  home: { tag: 'callboard-home-page', load: () => import('../features/portal/home/HomePage') },
  catalog: {
    tag: 'callboard-catalog-page',
    load: () => import('../features/catalog/table/CatalogPage'),
  },
  docs: { tag: 'callboard-docs-page', load: () => import('../features/techdocs/DocsPage') },
  entity: {
    tag: 'callboard-entity-page',
    load: () => import('../features/catalog/entity/EntityPage'),
  },
  graph: { tag: 'callboard-graph-page', load: () => import('../features/catalog/graph/GraphPage') },
  template: {
    tag: 'callboard-template-page',
    load: () => import('../features/scaffolder/template/TemplatePage'),
  },
  task: { tag: 'callboard-task-page', load: () => import('../features/scaffolder/task/TaskPage') },
  tasks: {
    tag: 'callboard-tasks-page',
    load: () => import('../features/scaffolder/task/TasksPage'),
  },
  search: { tag: 'callboard-search-page', load: () => import('../features/search/SearchPage') },
  organisation: {
    tag: 'callboard-organisation-page',
    load: () => import('../features/catalog/organisation/OrganisationPage'),
  },
};

/** The name of the element that shows pages of a type, once it is there. */
export async function loadPage(page: PortalPage['page']): Promise<string> {
  const { tag, load } = pages[page];
  await load();
  return tag;
}

/** The pages that are always at hand. */
export function pageTabs(): readonly {
  readonly page: PortalPage;
  readonly title: string;
  readonly icon: string;
}[] {
  return [
    { page: { page: 'home' }, title: translate('Home'), icon: 'home' },
    { page: { page: 'catalog' }, title: translate('Catalog'), icon: 'table' },
    { page: { page: 'graph' }, title: translate('Graph'), icon: 'type-hierarchy' },
    { page: { page: 'organisation' }, title: translate('Organisation'), icon: 'organization' },
    { page: { page: 'docs' }, title: translate('Docs'), icon: 'book' },
    { page: { page: 'search' }, title: translate('Search'), icon: 'search' },
  ];
}
