import {
  readInstanceSiteId,
  type TechDocsContent,
  type TechDocsNavItem,
  type TechDocsPage,
  type TechDocsSite,
} from '../../../../api';
import {
  base64Of,
  type Disposable,
  DisposableStore,
  Emitter,
  errorMessage,
  type Event,
  isWithin,
  onDemand,
} from '../../../../base';
import { isSafeUrl } from '../../../../model/presentation';
import { isBinary } from '../../../../platform/core/binary';
import { decodeText, isMissing } from '../../../../platform/core/files';
import {
  type FileChange,
  type LastChange,
  WorkerFailure,
  type WorkerPool,
} from '../../../../platform/core/ports';
import { glancesAt } from '../../../catalog/core/glances';
import { docsFolderOf, DocsRenderer, type RenderedPage } from '..';
import {
  DocsTargets,
  type DocsTargetsDeps,
  type PictureTarget,
  sectionsAround,
} from './docsTargets';
import type { InstancePagesDeps } from './instancePages';
import type {
  DocsNavItem,
  DocsPageContent,
  DocsPageRequest,
  DocsPageView,
  DocsPicture,
  DocsPictureRequest,
  DocsPictureState,
  DocsPlace,
  DocsSitesView,
} from './docsView';

/** Nobody looks at more pages at a time. */
const MAX_PAGES = 100;

interface ShownPage {
  readonly place: DocsPlace;
  readonly files: ReadonlySet<string>;
}

/** Knows what files the pages are made of that were shown last, and tells when those are others than they were. */
class FilesOfDocs implements Disposable {
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<readonly DocsPlace[]>());
  /** The page that was shown last comes last. */
  #pages = new Map<string, ShownPage>();
  /** How often files have changed that pages are made of. */
  #changes = new Map<string, number>();

  /** The pages to be shown anew. */
  readonly onDidChange: Event<readonly DocsPlace[]> = this.#changed.event;

  /** @param changes - whatever reports that files have changed */
  constructor(changes: readonly Event<readonly FileChange[]>[]) {
    for (const event of changes) this.#store.add(event(changed => this.#take(changed)));
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** A page is about to be made, of this file at least. */
  begin(place: DocsPlace, file: string): void {
    const before = this.#pages.get(keyOf(place))?.files ?? [];
    this.set(place, new Set([...before, file]));
  }

  /** What files a page is made of. */
  set(place: DocsPlace, files: ReadonlySet<string>): void {
    const key = keyOf(place);
    this.#pages.delete(key);
    this.#pages.set(key, { place, files });
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > MAX_PAGES && oldest !== undefined) this.#pages.delete(oldest);
  }

  /** How often a file of a page has changed since somebody looks. */
  changesOf(file: string): number {
    return this.#changes.get(file) ?? 0;
  }

  #take(changed: readonly FileChange[]): void {
    const uris = new Set(changed.map(({ uri }) => uri));
    const places: DocsPlace[] = [];
    const seen = new Set<string>();
    for (const { place, files } of this.#pages.values()) {
      const own = [...files].filter(file => uris.has(file));
      if (own.length) places.push(place);
      for (const file of own) seen.add(file);
    }
    for (const file of seen) this.#changes.set(file, this.changesOf(file) + 1);
    if (places.length) this.#changed.fire(places);
  }
}

function keyOf({ site, path }: DocsPlace): string {
  return `${site}\n${path}`;
}

/** Larger pages are not shown, in bytes; no titles are read of them either. */
const MAX_PAGE = 5 * 1024 * 1024;

/** Files are read with what is typed and not saved. */
export interface DocsPagesDeps extends DocsTargetsDeps, InstancePagesDeps {
  /** Threads for what takes long; without them it is done here. */
  readonly workers?: WorkerPool | undefined;
  /** A folder or file as people know it. */
  readonly placeOf: (uri: string) => string;
  /** Undefined where git does not know the file, or is not to be asked. */
  readonly lastChange: (file: string) => Promise<LastChange | undefined>;
  /** Whatever reports that files have changed: the disk and the open editors. */
  readonly changes: readonly Event<readonly FileChange[]>[];
}

/** What the reader shows of docs. All methods reject with the signal's reason once it is aborted. */
export class DocsPages implements Disposable {
  #deps: DocsPagesDeps;
  #targets: DocsTargets;
  #renderer: DocsRenderer;
  #files: FilesOfDocs;
  /** Docs that Backstages have built. */
  readonly ofInstances = onDemand(async () => {
    const { InstancePages } = await import('./instancePages');
    return new InstancePages(this.#deps);
  });

  constructor(deps: DocsPagesDeps) {
    this.#deps = deps;
    this.#targets = new DocsTargets(deps);
    const { fileSystem, workers } = deps;
    this.#renderer = new DocsRenderer({ fileSystem, workers, lineAttributes: true });
    this.#files = new FilesOfDocs(deps.changes);
  }

  /** The pages that were shown and whose text, snippets or pictures are others now. */
  get onDidChange(): Event<readonly DocsPlace[]> {
    return this.#files.onDidChange;
  }

  dispose(): void {
    this.#files.dispose();
  }

  async getSites(signal: AbortSignal): Promise<DocsSitesView> {
    const { techdocs, placeOf } = this.#deps;
    const sites = await techdocs.getSites({ signal });
    return {
      sites: sites.map(site => ({
        id: site.id,
        title: site.name,
        origin: site.origin,
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
  async getPage(
    { site: id, path = undefined }: DocsPageRequest,
    signal: AbortSignal,
  ): Promise<DocsPageView> {
    if (readInstanceSiteId(id))
      return (await this.ofInstances()).getPage({ site: id, path }, signal);
    const content = await this.#contentOf(id, signal);
    const { site, home, nav } = content;
    const page = this.#targets.linksOf(content).page(path ?? home ?? '');
    const shown = page && (await this.#read(page, content, signal));
    return {
      site: { id: site.id, title: site.name, entityRefs: refsOf(site) },
      nav: nav.map(navItem),
      ...(typeof shown === 'object' && { page: shown }),
      ...(typeof shown === 'string' && { failure: shown }),
      glances: glancesAt(refsOf(site), this.#deps),
    };
  }

  /** Undefined for what is no picture, or not one that is published with the page. */
  async getPicture(
    request: DocsPictureRequest,
    signal: AbortSignal,
  ): Promise<DocsPicture | undefined> {
    const { site, path, source } = request;
    if (readInstanceSiteId(site)) return (await this.ofInstances()).getPicture(request, signal);
    const content = await this.#contentOf(site, signal);
    const page = this.#targets.linksOf(content).page(path);
    const picture = page && (await this.#targets.pictureOf(source, page, content));
    if (!page || picture?.type !== 'picture') return undefined;
    const { fileSystem } = this.#deps;
    // A link on the disk may lead out of the docs.
    const [folder, file] = await Promise.all([
      fileSystem.realPath(docsFolderOf(page)),
      fileSystem.realPath(picture.file),
    ]);
    signal.throwIfAborted();
    if (!isWithin(folder, file)) return undefined;
    return { type: picture.mime, base64: base64Of(await fileSystem.readFile(picture.file)) };
  }

  async getLastChange(
    { site, path }: DocsPlace,
    signal: AbortSignal,
  ): Promise<LastChange | undefined> {
    // What has built them, and of which state of the repository, is not known here.
    if (readInstanceSiteId(site)) return undefined;
    const file = this.#targets.linksOf(await this.#contentOf(site, signal)).page(path)?.file;
    return file === undefined ? undefined : this.#deps.lastChange(file);
  }

  async #contentOf(site: string, signal: AbortSignal): Promise<TechDocsContent> {
    const content = await this.#deps.techdocs.loadContent(site, { signal });
    if (content) return content;
    throw new Error(this.#deps.translate('These docs are not in the workspace any more.'));
  }

  /** What a page shows; undefined where its file has just gone, or what keeps it from being shown. */
  async #read(
    page: TechDocsPage,
    content: TechDocsContent,
    signal: AbortSignal,
  ): Promise<DocsPageContent | string | undefined> {
    const place = { site: content.site.id, path: page.path };
    this.#files.begin(place, page.file);
    const text = await this.#textOf(page);
    signal.throwIfAborted();
    if (typeof text !== 'object') return text;
    const output = await this.#render(text.text, content, signal);
    if (typeof output === 'string') return output;
    const { included, ...rendered } = output;
    const files = new Set([page.file, ...included]);
    const links = await this.#each(rendered.links, href =>
      this.#targets.linkOf(href, page, content),
    );
    for (const link of Object.values(links)) {
      if (link.type === 'target' && link.target.type === 'source') files.add(link.target.file);
    }
    const pictures = await this.#each(rendered.images, async source => {
      const picture = await this.#targets.pictureOf(source, page, content);
      if (picture.file !== undefined) files.add(picture.file);
      return this.#pictureState(picture);
    });
    this.#files.set(place, files);
    signal.throwIfAborted();
    const titleOf = (path: string | undefined): DocsPageContent['previous'] => {
      const neighbour = path === undefined ? undefined : this.#targets.linksOf(content).page(path);
      return neighbour && { path: neighbour.path, title: neighbour.title };
    };
    const [previous, next] = [titleOf(page.previous), titleOf(page.next)];
    return {
      path: page.path,
      title: page.title,
      file: page.file,
      html: rendered.html,
      headings: rendered.toc,
      links,
      pictures,
      breadcrumbs: sectionsAround(page.path, content.nav.map(navItem)) ?? [],
      ...(previous && { previous }),
      ...(next && { next }),
      problems: rendered.problems.map(({ message }) => message),
    };
  }

  /** A text for people where the page cannot be shown. */
  async #render(
    text: string,
    content: TechDocsContent,
    signal: AbortSignal,
  ): Promise<RenderedPage | string> {
    try {
      return await this.#renderer.render(text, content, signal);
    } catch (error) {
      if (!(error instanceof WorkerFailure)) throw error;
      return this.#deps.translate('This page is too large to be shown.');
    }
  }

  /** Undefined where there is no file any more; a text for people where it cannot be shown. */
  async #textOf({ file }: TechDocsPage): Promise<{ readonly text: string } | string | undefined> {
    const { fileSystem, translate } = this.#deps;
    try {
      const stat = await fileSystem.stat(file);
      if (!stat) return undefined;
      if (stat.size > MAX_PAGE) return translate('This page is too large to be shown.');
      const content = await fileSystem.readFile(file);
      if (isBinary(content)) return translate('This page is no text.');
      return { text: decodeText(content) };
    } catch (error) {
      if (isMissing(error)) return undefined;
      return translate('This page cannot be read: {0}', errorMessage(error));
    }
  }

  /** By what is written, each once. */
  async #each<T>(
    written: readonly { readonly target: string }[],
    look: (target: string) => Promise<T>,
  ): Promise<Readonly<Record<string, T>>> {
    const targets = [...new Set(written.map(({ target }) => target))];
    const found = await Promise.all(
      targets.map(async target => [target, await look(target)] as const),
    );
    return Object.fromEntries(found);
  }

  #pictureState(picture: PictureTarget): DocsPictureState {
    if (picture.type === 'broken') return { type: 'broken', reason: picture.reason };
    if (picture.type === 'web') return picture;
    const { size, mtime } = picture.stat;
    const version = [mtime, size, this.#files.changesOf(picture.file)].join(' ');
    return { type: 'picture', version };
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
