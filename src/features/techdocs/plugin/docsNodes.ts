import type { TechDocsNavItem, TechDocsPage, TechDocsSite } from '../../../api';

/** A row of the Docs view. The same row keeps its id, so that it stays unfolded. */
export type DocsNode = DocsSiteNode | DocsSectionNode | DocsPageNode | DocsLinkNode;

export interface DocsSiteNode {
  readonly type: 'site';
  readonly id: string;
  readonly site: TechDocsSite;
}

export interface DocsSectionNode {
  readonly type: 'section';
  readonly id: string;
  readonly parent: DocsSiteNode | DocsSectionNode;
  readonly title: string;
  readonly children: readonly TechDocsNavItem[];
  readonly pages: ReadonlyMap<string, TechDocsPage>;
}

export interface DocsPageNode {
  readonly type: 'page';
  readonly id: string;
  readonly parent: DocsSiteNode | DocsSectionNode;
  readonly title: string;
  readonly page: TechDocsPage;
}

export interface DocsLinkNode {
  readonly type: 'link';
  readonly id: string;
  readonly parent: DocsSiteNode | DocsSectionNode;
  readonly title: string;
  /** An address of the web, or what leads nowhere. */
  readonly url: string;
  /** URI, where it is a file that is no page. */
  readonly file: string | undefined;
}

/** What a row looks like. */
export interface DocsPresentation {
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  /** Words joined by blanks, for the `when` clauses of menus. */
  readonly contextValue: string;
  readonly tooltip: string;
  /** Read by screen readers, which would read the tooltip alone otherwise. */
  readonly accessibilityLabel: string;
  readonly isFolder: boolean;
}
