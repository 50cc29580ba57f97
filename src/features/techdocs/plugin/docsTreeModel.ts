import {
  type Disposable,
  DisposableStore,
  Emitter,
  type Event,
  isSafeUrl,
  parseEntityRef,
  shortenEntityRef,
  type TechDocsContent,
  type TechDocsNavItem,
  type TechDocsPage,
  type TechDocsService,
  type TechDocsSite,
  type Translate,
} from '../../../api';

export interface DocsTreeModelDeps {
  readonly techdocs: TechDocsService;
  readonly translate: Translate;
  /** Returns the editor's display name of a file or folder. */
  readonly displayPath: (uri: string) => string;
}

/** Rows of the Docs view: sites, and the navigation below each. */
export class DocsTreeModel implements Disposable {
  #deps: DocsTreeModelDeps;
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<DocsSiteNode | undefined>());
  /** Current rows of sites, by id. */
  #sites = new Map<string, DocsSiteNode>();
  #count: number | undefined;

  /** Fires with a row whose children may have changed; undefined for all. */
  readonly onDidChange: Event<DocsSiteNode | undefined> = this.#changed.event;

  constructor(deps: DocsTreeModelDeps) {
    this.#deps = deps;
    this.#store.add(
      deps.techdocs.onDidChange(({ list, siteIds }) => {
        if (list) this.#changed.fire(undefined);
        else for (const id of siteIds) this.#changed.fire(this.#sites.get(id));
      }),
    );
  }

  /** Number of sites; undefined until they are loaded. */
  get count(): number | undefined {
    return this.#count;
  }

  dispose(): void {
    this.#store.dispose();
  }

  async getChildren(node?: DocsNode): Promise<readonly DocsNode[]> {
    const { techdocs } = this.#deps;
    if (!node) {
      const sites = await techdocs.getSites();
      const rows = sites.map(site => ({ type: 'site', id: site.id, site }) as const);
      this.#sites = new Map(rows.map(row => [row.id, row]));
      this.#count = rows.length;
      return rows;
    }
    if (node.type === 'section') return rowsOf(node, node.children, node.pages);
    if (node.type !== 'site') return [];
    const content = await techdocs.loadContent(node.site.id);
    return content ? this.#rowsOfSite(node, content) : [];
  }

  getParent(node: DocsNode): DocsNode | undefined {
    return node.type === 'site' ? undefined : node.parent;
  }

  present(node: DocsNode): DocsPresentation {
    const { displayPath, translate } = this.#deps;
    switch (node.type) {
      case 'site':
        return this.#presentSite(node);
      case 'section':
        return presentation(node.title, { icon: 'list-tree', contextValue: 'section' }, true);
      case 'page': {
        const words = ['page', ...(node.page.editUrl !== undefined ? ['editable'] : [])];
        const tooltip = displayPath(node.page.file);
        return presentation(node.title, {
          icon: 'markdown',
          contextValue: words.join(' '),
          tooltip,
        });
      }
      case 'link': {
        if (node.file !== undefined) {
          const tooltip = displayPath(node.file);
          return presentation(node.title, { icon: 'file', contextValue: 'file', tooltip });
        }
        const isWeb = isSafeUrl(node.url);
        return presentation(node.title, {
          icon: isWeb ? 'link-external' : 'warning',
          contextValue: isWeb ? 'link' : 'broken',
          description: isWeb ? '' : translate('not found'),
          tooltip: node.url,
        });
      }
    }
  }

  #presentSite({ site }: DocsSiteNode): DocsPresentation {
    const { displayPath, translate } = this.#deps;
    const { name, origin, config, entityRefs, folder } = site;
    const path = displayPath(folder);
    const owners = entityRefs.map(ref =>
      shortenEntityRef(parseEntityRef(ref), { defaultKind: 'component' }),
    );
    const states: Readonly<Record<typeof origin, string>> = {
      mkdocs: translate('{0}, built by MkDocs', path),
      generated: translate('{0}, without a mkdocs.yml (TechDocs generates one)', path),
      readme: translate('{0}, README only', path),
    };
    const words = ['site', config === undefined ? '' : 'config', owners.length ? 'entity' : ''];
    const shown = {
      description: owners.length === 1 && owners[0] === name ? path : owners.join(', ') || path,
      icon: origin === 'readme' ? 'info' : 'book',
      contextValue: words.filter(Boolean).join(' '),
      tooltip: [states[origin], ...entityRefs].join('\n'),
    };
    return presentation(name, shown, true);
  }

  #rowsOfSite(node: DocsSiteNode, { nav, pages }: TechDocsContent): readonly DocsNode[] {
    const byPath = new Map(pages.map(page => [page.path, page]));
    const rows = rowsOf(node, nav, byPath);
    const others = pages.filter(({ isInNav }) => !isInNav);
    if (!others.length) return rows;
    const section: DocsSectionNode = {
      type: 'section',
      id: `${node.id}\nothers`,
      parent: node,
      pages: byPath,
      title: this.#deps.translate('Not in the Navigation'),
      children: others.map(({ title, path }) => ({ type: 'page', title, path })),
    };
    return [...rows, section];
  }
}

function rowsOf(
  parent: DocsSiteNode | DocsSectionNode,
  items: readonly TechDocsNavItem[],
  pages: ReadonlyMap<string, TechDocsPage>,
): readonly DocsNode[] {
  const twins = new Map<string, number>();
  return items.flatMap((item): readonly DocsNode[] => {
    const key = `${item.type} ${item.type === 'page' ? item.path : item.title}`;
    const twin = twins.get(key) ?? 0;
    twins.set(key, twin + 1);
    const id = `${parent.id}\n${key} ${twin}`;
    const { title } = item;
    if (item.type === 'section') {
      return [{ type: 'section', id, parent, title, children: item.children, pages }];
    }
    if (item.type === 'link') {
      return [{ type: 'link', id, parent, title, url: item.url, file: item.file }];
    }
    const page = pages.get(item.path);
    return page ? [{ type: 'page', id, parent, title, page }] : [];
  });
}

function presentation(
  label: string,
  shown: Pick<DocsPresentation, 'icon' | 'contextValue'> & Partial<DocsPresentation>,
  isFolder = false,
): DocsPresentation {
  const accessibilityLabel = [label, shown.description].filter(Boolean).join(', ');
  return { label, description: '', tooltip: label, accessibilityLabel, ...shown, isFolder };
}

/** A row of the Docs view. Rows keep their ids, so that they stay expanded. */
export type DocsNode = DocsSiteNode | DocsSectionNode | DocsPageNode | DocsLinkNode;

export interface DocsSiteNode {
  readonly type: 'site';
  readonly id: string;
  readonly site: TechDocsSite;
}

interface DocsRow {
  readonly id: string;
  readonly parent: DocsSiteNode | DocsSectionNode;
  readonly title: string;
}

export interface DocsSectionNode extends DocsRow {
  readonly type: 'section';
  readonly children: readonly TechDocsNavItem[];
  readonly pages: ReadonlyMap<string, TechDocsPage>;
}

export interface DocsPageNode extends DocsRow {
  readonly type: 'page';
  readonly page: TechDocsPage;
}

export interface DocsLinkNode extends DocsRow {
  readonly type: 'link';
  /** Web address, or an invalid target. */
  readonly url: string;
  /** URI of a file that isn't a page. */
  readonly file: string | undefined;
}

/** Presentation of a row. */
export interface DocsPresentation {
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  /** Words separated by spaces, for `when` clauses of menus. */
  readonly contextValue: string;
  readonly tooltip: string;
  /** Text for screen readers, which would read the tooltip otherwise. */
  readonly accessibilityLabel: string;
  readonly isFolder: boolean;
}
