import type {
  CatalogService,
  LinkTarget,
  StarredEntitiesService,
  TechDocsContent,
  TechDocsNavItem,
  TechDocsPage,
  TechDocsService,
  TechDocsSite,
} from '../../../api';
import {
  basenameUri,
  type Disposable,
  DisposableStore,
  Emitter,
  type Event,
  isWithin,
  type Translate,
} from '../../../base';
import { isSafeUrl } from '../../../model/presentation';
import { decodeText } from '../../files';
import type { FileChange, FileSystem, LastChange } from '../../ports';
import { docsFolderOf, DocsLinks, type DocsLinkTarget, DocsRenderer } from '../../techdocs';
import { glancesAt } from '../glances';
import type {
  DocsLink,
  DocsNavItem,
  DocsPageContent,
  DocsPageRequest,
  DocsPageView,
  DocsPicture,
  DocsPlace,
  DocsPictureRequest,
  DocsSitesView,
} from './docsView';
import { pictureType } from './pictureType';

/** Larger pictures are not shown, in bytes. */
const MAX_PICTURE = 20_000_000;

export interface DocsPagesDeps {
  readonly catalog: CatalogService;
  readonly starred: StarredEntitiesService;
  readonly techdocs: TechDocsService;
  /** With what is typed and not saved. */
  readonly fileSystem: FileSystem;
  /** A folder or file as people know it. */
  readonly placeOf: (uri: string) => string;
  /** Undefined where git does not know the file, or is not to be asked. */
  readonly lastChange: (file: string) => Promise<LastChange | undefined>;
  /** Whatever reports that files have changed: the disk and the open editors. */
  readonly changes: readonly Event<readonly FileChange[]>[];
  readonly translate: Translate;
}

/** What the reader shows of docs. All methods reject with the signal's reason once it is aborted. */
export class DocsPages implements Disposable {
  #deps: DocsPagesDeps;
  #links = new WeakMap<TechDocsContent, DocsLinks>();
  #renderer: DocsRenderer;
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<void>());
  /** URIs of what was shown, be it pages or what they include and show. */
  #shown = new Set<string>();

  /** Fires when the text of something that was shown is another. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(deps: DocsPagesDeps) {
    this.#deps = deps;
    this.#renderer = new DocsRenderer(deps.fileSystem);
    for (const event of deps.changes) {
      this.#store.add(
        event(changes => {
          if (changes.some(({ uri }) => this.#shown.has(uri))) this.#changed.fire();
        }),
      );
    }
  }

  dispose(): void {
    this.#store.dispose();
  }

  async getSites(signal: AbortSignal): Promise<DocsSitesView> {
    const { techdocs, placeOf } = this.#deps;
    const sites = await techdocs.getSites({ signal });
    return {
      sites: sites.map(site => ({
        ...{ id: site.id, title: site.name, origin: site.origin },
        entityRefs: site.entityRefs,
        place: placeOf(site.folder),
      })),
      glances: glancesAt(
        sites.flatMap(({ entityRefs }) => entityRefs),
        this.#deps,
      ),
    };
  }

  /** @throws Error where there is no such site */
  async getPage({ site: id, path }: DocsPageRequest, signal: AbortSignal): Promise<DocsPageView> {
    const content = await this.#contentOf(id, signal);
    const { site, pages, home, nav } = content;
    const wanted = path ?? home;
    const page = pages.find(candidate => candidate.path === wanted);
    const shown = page && (await this.#read(page, content, signal));
    return {
      site: { id: site.id, title: site.name, entityRefs: refsOf(site) },
      nav: nav.map(navItem),
      ...(shown && { page: shown }),
      glances: glancesAt(refsOf(site), this.#deps),
    };
  }

  /** Undefined for what is no picture, or not one that is published with the page. */
  async getPicture(
    { site, path, source }: DocsPictureRequest,
    signal: AbortSignal,
  ): Promise<DocsPicture | undefined> {
    const content = await this.#contentOf(site, signal);
    const page = content.pages.find(candidate => candidate.path === path);
    const link = page && this.#linksOf(content).resolve(source, page);
    const type = link?.type === 'file' ? pictureType(basenameUri(link.file)) : undefined;
    if (!page || link?.type !== 'file' || type === undefined) return undefined;
    const { fileSystem } = this.#deps;
    const stat = await fileSystem.stat(link.file);
    if (stat?.type !== 'file' || stat.size > MAX_PICTURE) return undefined;
    // A link on the disk may lead out of the docs.
    const [folder, file] = await Promise.all([
      fileSystem.realPath(docsFolderOf(page)),
      fileSystem.realPath(link.file),
    ]);
    signal.throwIfAborted();
    if (!isWithin(folder, file)) return undefined;
    return { type, base64: base64Of(await fileSystem.readFile(link.file)) };
  }

  async getLastChange(
    { site, path }: DocsPlace,
    signal: AbortSignal,
  ): Promise<LastChange | undefined> {
    const { pages } = await this.#contentOf(site, signal);
    const file = pages.find(page => page.path === path)?.file;
    return file === undefined ? undefined : this.#deps.lastChange(file);
  }

  async #contentOf(site: string, signal: AbortSignal): Promise<TechDocsContent> {
    const content = await this.#deps.techdocs.loadContent(site, { signal });
    if (content) return content;
    throw new Error(this.#deps.translate('These docs are not in the workspace any more.'));
  }

  async #read(
    page: TechDocsPage,
    content: TechDocsContent,
    signal: AbortSignal,
  ): Promise<DocsPageContent> {
    this.#shown.add(page.file);
    const text = decodeText(await this.#deps.fileSystem.readFile(page.file));
    signal.throwIfAborted();
    const rendered = await this.#renderer.render(text, content);
    const links: Record<string, DocsLink> = {};
    for (const { target } of rendered.links) {
      links[target] ??= await this.#linkOf(target, page, content);
      signal.throwIfAborted();
    }
    const titleOf = (path: string | undefined): DocsPageContent['previous'] => {
      const neighbour = content.pages.find(candidate => candidate.path === path);
      return neighbour && { path: neighbour.path, title: neighbour.title };
    };
    const [previous, next] = [titleOf(page.previous), titleOf(page.next)];
    return {
      ...{ path: page.path, title: page.title, file: page.file, html: rendered.html },
      headings: rendered.toc,
      links,
      breadcrumbs: sectionsOf(page.path, content.nav) ?? [],
      ...(previous && { previous }),
      ...(next && { next }),
      problems: rendered.problems.map(({ message }) => message),
    };
  }

  async #linkOf(href: string, page: TechDocsPage, content: TechDocsContent): Promise<DocsLink> {
    const link = this.#linksOf(content).resolve(href, page);
    if (link.type === 'anchor') return { type: 'anchor', id: link.anchor };
    const target = await this.#targetOf(link, content.site.id);
    if (typeof target !== 'string') return { type: 'target', target };
    return { type: 'broken', reason: target };
  }

  /** What a link leads to, or what people are told of one that leads nowhere. */
  async #targetOf(link: DocsLinkTarget, site: string): Promise<LinkTarget | string> {
    const { catalog, fileSystem, techdocs, translate } = this.#deps;
    switch (link.type) {
      case 'page': {
        const { anchor, page } = link;
        const to = { page: 'docs', site, path: page.path } as const;
        return { type: 'page', page: anchor === undefined ? to : { ...to, anchor } };
      }
      case 'url':
        return isSafeUrl(link.url)
          ? { type: 'url', url: link.url }
          : translate('Addresses of this kind are not opened.');
      case 'entity':
        return catalog.getEntityByRef(link.entityRef)
          ? { type: 'entity', entityRef: link.entityRef }
          : translate('{0} is not in the catalog.', link.entityRef);
      case 'docs': {
        const place = await techdocs.locate(link.entityRef);
        if (place?.type === 'web') return { type: 'url', url: place.url };
        if (!place) return translate('{0} has no docs here.', link.entityRef);
        const other = await techdocs.loadContent(place.siteId);
        const url = [place.path, link.path].filter(part => part !== '').join('/');
        const page = other && new DocsLinks(other).pageAt(url);
        if (!page) return translate('The docs of {0} have no such page.', link.entityRef);
        const to = { page: 'docs', site: place.siteId, path: page.path } as const;
        return {
          type: 'page',
          page: link.anchor === undefined ? to : { ...to, anchor: link.anchor },
        };
      }
      case 'file': {
        const stat = await fileSystem.stat(link.file);
        return stat?.type === 'file'
          ? { type: 'source', file: link.file }
          : translate('There is no such page or file.');
      }
      case 'outside':
        return translate(
          'This is outside of the docs folder, which is all that TechDocs publishes.',
        );
      case 'app':
        return translate('This leads to another page of Backstage than Callboard has.');
      default:
        return translate('There is no such page or file.');
    }
  }

  #linksOf(content: TechDocsContent): DocsLinks {
    const links = this.#links.get(content) ?? new DocsLinks(content);
    this.#links.set(content, links);
    return links;
  }
}

function refsOf({ entityRefs, sharedWith }: TechDocsSite): readonly string[] {
  return [...entityRefs, ...sharedWith.map(({ entityRef }) => entityRef)];
}

function navItem(item: TechDocsNavItem): DocsNavItem {
  const { title } = item;
  if (item.type === 'section') return { title, children: item.children.map(navItem) };
  if (item.type === 'page') return { title, path: item.path };
  if (item.file !== undefined) return { title, target: { type: 'source', file: item.file } };
  return isSafeUrl(item.url) ? { title, target: { type: 'url', url: item.url } } : { title };
}

/** The titles of the sections around a page, the outermost first; undefined where it is in none of the items. */
function sectionsOf(
  path: string,
  items: readonly TechDocsNavItem[],
): readonly string[] | undefined {
  for (const item of items) {
    if (item.type === 'page' && item.path === path) return [];
    const inner = item.type === 'section' ? sectionsOf(path, item.children) : undefined;
    if (inner) return [item.title, ...inner];
  }
  return undefined;
}

function base64Of(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += 0x8000) {
    parts.push(String.fromCharCode(...bytes.subarray(start, start + 0x8000)));
  }
  return btoa(parts.join(''));
}
