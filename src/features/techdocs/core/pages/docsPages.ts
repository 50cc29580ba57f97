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
  type Event,
  isWithin,
  onDemand,
} from '../../../../base';
import { isSafeUrl } from '../../../../model/presentation';
import { isBinary } from '../../../../platform/core/binary';
import { decodeText, fileReason, isMissing } from '../../../../platform/core/files';
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
  DocsSiteItem,
  DocsSitesView,
} from './docsView';

const byTitle = new Intl.Collator('en', { numeric: true });

/** Pages watched at a time. */
const MAX_PAGES = 100;

interface ShownPage {
  readonly place: DocsPlace;
  readonly files: ReadonlySet<string>;
}

/** Tracks the files of recently shown pages and fires when they change. */
class DocsFileTracker implements Disposable {
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<readonly DocsPlace[]>());
  /** Recently shown pages come last. */
  #pages = new Map<string, ShownPage>();
  /** Number of changes of each file. */
  #changes = new Map<string, number>();

  /** Fires with the pages to refresh. */
  readonly onDidChange: Event<readonly DocsPlace[]> = this.#changed.event;

  /** @param changes - events for changed files */
  constructor(changes: readonly Event<readonly FileChange[]>[]) {
    for (const event of changes) this.#store.add(event(changed => this.#take(changed)));
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Starts tracking a page that is about to be rendered from this file. */
  begin(place: DocsPlace, file: string): void {
    const before = this.#pages.get(keyOf(place))?.files ?? [];
    this.set(place, new Set([...before, file]));
  }

  /** Sets the files of a page. */
  set(place: DocsPlace, files: ReadonlySet<string>): void {
    const key = keyOf(place);
    this.#pages.delete(key);
    this.#pages.set(key, { place, files });
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > MAX_PAGES && oldest !== undefined) this.#pages.delete(oldest);
  }

  /** Returns how often a file has changed. */
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

/** In bytes. Larger pages aren't shown, and their titles aren't read. */
const MAX_PAGE = 5 * 1024 * 1024;

/** Files include unsaved changes. */
export interface DocsPagesDeps extends DocsTargetsDeps, InstancePagesDeps {
  /** Without workers, long pages block the thread. */
  readonly workers?: WorkerPool | undefined;
  /** Returns the display path of a folder or file. */
  readonly placeOf: (uri: string) => string;
  /** Resolves to undefined if git doesn't track the file, or can't be used. */
  readonly lastChange: (file: string) => Promise<LastChange | undefined>;
  /** Events for changed files on disk and in open editors. */
  readonly changes: readonly Event<readonly FileChange[]>[];
}

/** Views of the docs reader. All methods reject with the signal's reason once it is aborted. */
export class DocsPages implements Disposable {
  #deps: DocsPagesDeps;
  #targets: DocsTargets;
  #renderer: DocsRenderer;
  #files: DocsFileTracker;
  /** Docs built by Backstage. */
  readonly getInstancePages = onDemand(async () => {
    const { InstancePages } = await import('./instancePages');
    return new InstancePages(this.#deps);
  });

  constructor(deps: DocsPagesDeps) {
    this.#deps = deps;
    this.#targets = new DocsTargets(deps);
    const { fileSystem, workers } = deps;
    this.#renderer = new DocsRenderer({ fileSystem, workers, lineAttributes: true });
    this.#files = new DocsFileTracker(deps.changes);
  }

  /** Fires with shown pages whose text, snippets, or images have changed. */
  get onDidChange(): Event<readonly DocsPlace[]> {
    return this.#files.onDidChange;
  }

  dispose(): void {
    this.#files.dispose();
  }

  async getSites(signal: AbortSignal): Promise<DocsSitesView> {
    const { techdocs, placeOf } = this.#deps;
    const sites = await techdocs.getSites({ signal });
    const glances = glancesAt(
      sites.flatMap(({ entityRefs }) => entityRefs),
      this.#deps,
    );
    const items = sites.map(({ id, name, origin, entityRefs, folder }): DocsSiteItem => {
      const [first, second] = entityRefs;
      const description = second || first === undefined ? undefined : glances[first]?.description;
      return {
        id,
        title: name,
        origin,
        entityRefs,
        owners: [...new Set(entityRefs.flatMap(ref => glances[ref]?.owners ?? []))],
        place: placeOf(folder),
        ...(description && { description }),
      };
    });
    return { sites: items.sort((a, b) => byTitle.compare(a.title, b.title)), glances };
  }

  /** @throws Error if the site doesn't exist */
  async getPage(
    { site: id, path = undefined }: DocsPageRequest,
    signal: AbortSignal,
  ): Promise<DocsPageView> {
    if (readInstanceSiteId(id))
      return (await this.getInstancePages()).getPage({ site: id, path }, signal);
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

  /** Returns undefined if the target isn't an image or isn't published with the page. */
  async getPicture(
    request: DocsPictureRequest,
    signal: AbortSignal,
  ): Promise<DocsPicture | undefined> {
    const { site, path, source } = request;
    if (readInstanceSiteId(site))
      return (await this.getInstancePages()).getPicture(request, signal);
    const content = await this.#contentOf(site, signal);
    const page = this.#targets.linksOf(content).page(path);
    const picture = page && (await this.#targets.pictureOf(source, page, content));
    if (!page || picture?.type !== 'picture') return undefined;
    const { fileSystem } = this.#deps;
    // A symbolic link may lead out of the docs.
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
    // The source revision of docs from Backstage isn't known.
    if (readInstanceSiteId(site)) return undefined;
    const file = this.#targets.linksOf(await this.#contentOf(site, signal)).page(path)?.file;
    return file === undefined ? undefined : this.#deps.lastChange(file);
  }

  async #contentOf(site: string, signal: AbortSignal): Promise<TechDocsContent> {
    const content = await this.#deps.techdocs.loadContent(site, { signal });
    if (content) return content;
    throw new Error(this.#deps.translate('These docs are no longer in the workspace.'));
  }

  /**
   * Returns the contents of a page, a message why it can't be shown, or undefined if its file was
   * deleted.
   */
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

  /** Renders a page, or returns a message why it can't be shown. */
  async #render(
    text: string,
    content: TechDocsContent,
    signal: AbortSignal,
  ): Promise<RenderedPage | string> {
    try {
      return await this.#renderer.render(text, content, signal);
    } catch (error) {
      if (!(error instanceof WorkerFailure)) throw error;
      return this.#deps.translate('This page is too large to show.');
    }
  }

  /**
   * Returns the text of a page, a message why it can't be shown, or undefined if the file doesn't
   * exist.
   */
  async #textOf({ file }: TechDocsPage): Promise<{ readonly text: string } | string | undefined> {
    const { fileSystem, translate } = this.#deps;
    try {
      const stat = await fileSystem.stat(file);
      if (!stat) return undefined;
      if (stat.size > MAX_PAGE) return translate('This page is too large to show.');
      const content = await fileSystem.readFile(file);
      if (isBinary(content)) return translate("This page isn't a text file.");
      return { text: decodeText(content) };
    } catch (error) {
      if (isMissing(error)) return undefined;
      return translate("Can't read this page: {0}", fileReason(error));
    }
  }

  /** Results by target, without duplicates. */
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
