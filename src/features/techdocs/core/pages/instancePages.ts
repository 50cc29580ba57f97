import {
  type BackstageInstance,
  type BackstageInstances,
  type CatalogService,
  type InstanceDocsFile,
  type InstanceDocsMetadata,
  readInstanceSiteId,
  type StarredEntitiesService,
} from '../../../../api';
import {
  base64Of,
  isAbort,
  isSameBytes,
  messageWithAdvice,
  parsedJson,
  SizedCache,
  type Translate,
} from '../../../../base';
import { entityTitle } from '../../../../model/presentation';
import { TimeSlicer } from '../../../../platform/core';
import { glancesAt } from '../../../catalog/core/glances';
import { type SearchedSection, searchWords } from '../../../search/core/pages';
import {
  type BuiltPage,
  type BuiltSection,
  fileOfPage,
  HtmlTooDeepError,
  pagePath,
  readBuiltIndex,
  readBuiltPage,
} from '../built';
import type {
  DocsHits,
  DocsPageContent,
  DocsPageRequest,
  DocsPageView,
  DocsPicture,
  DocsPictureRequest,
  DocsSearchRequest,
  DocsServerView,
} from './docsView';
import { InstanceNav, InstanceTargets, navOfIndex } from './instanceTargets';
import { searchedSection, SectionHits } from './search/docsSearch';
import { pictureType } from './webPictures';

/** In bytes. */
const MAX_PAGE = 5 * 1024 * 1024;
const MAX_PICTURE = 20 * 1000 * 1000;
const MAX_INDEX = 16 * 1024 * 1024;
/** Cached characters of site texts for search. */
const KEPT_TEXTS = 20_000_000;
/** Cached characters of pages, and the time in milliseconds before they are fetched again. */
const KEPT_PAGES = 2_000_000;
const FRESH = 15_000;
const INDEX = 'search/search_index.json';

export interface InstancePagesDeps {
  readonly instances: BackstageInstances;
  readonly catalog: CatalogService;
  readonly starred: StarredEntitiesService;
  readonly pictureHosts: () => readonly string[];
  readonly translate: Translate;
}

/** Docs of an entity that Backstage serves. */
interface ServedSite {
  readonly id: string;
  readonly entityRef: string;
  readonly instance: BackstageInstance;
}

/**
 * Views of docs that Backstage built. Their HTML is untrusted and must be sanitized. All methods
 * reject with the signal's reason once it is aborted.
 */
export class InstancePages {
  readonly #deps: InstancePagesDeps;
  #texts = new SizedCache<{
    readonly content: Uint8Array;
    readonly sections: Promise<readonly SearchedSection[]>;
  }>(KEPT_TEXTS);

  /** Recent views. The catalog changes more often than docs, and each change refreshes the view. */
  #shown = new SizedCache<{ readonly view: DocsPageView; readonly at: number }>(KEPT_PAGES);

  constructor(deps: InstancePagesDeps) {
    this.#deps = deps;
  }

  /** @throws Error if the Backstage is no longer a source */
  async getPage(
    { site: id, path = '' }: DocsPageRequest,
    signal: AbortSignal,
  ): Promise<DocsPageView> {
    const site = await this.#siteOf(id);
    const wanted = pagePath(path);
    const glances = glancesAt([site.entityRef], this.#deps);
    const known = this.#shown.get(`${id} ${wanted}`);
    if (known && performance.now() - known.at < FRESH) return { ...known.view, glances };
    const view = await this.#ask(site, wanted, signal);
    // Incomplete views are fetched again.
    const isWhole = view.page !== undefined && view.server?.kept === undefined;
    const size = view.page?.html.length ?? 0;
    if (isWhole) this.#shown.set(`${id} ${wanted}`, { view, at: performance.now() }, size);
    return view;
  }

  async #ask(site: ServedSite, wanted: string, signal: AbortSignal): Promise<DocsPageView> {
    const { entityRef, instance } = site;
    try {
      const [metadata, file] = await Promise.all([
        orUndefined(instance.docs.getMetadata(entityRef, { signal }), signal),
        instance.docs.read(entityRef, fileOfPage(wanted), { signal, maxSize: MAX_PAGE }),
      ]);
      const isUnbuilt =
        !file && !metadata && !(wanted !== '' && (await this.#hasHome(site, signal)));
      const around = this.#around(site, { path: wanted, metadata, file, isUnbuilt });
      if (!file) return around;
      const page = await readBuiltPage(new TextDecoder().decode(file.content), signal);
      return { ...around, ...(await this.#pageOf(page, { site, path: wanted, metadata, signal })) };
    } catch (error) {
      if (signal.aborted || isAbort(error)) throw error;
      const around = this.#around(site, { path: wanted, isUnbuilt: false });
      return { ...around, failure: this.#reasonOf(error) };
    }
  }

  /** Returns undefined if the target isn't an image of the site. */
  async getPicture(
    { site: id, path, source }: DocsPictureRequest,
    signal: AbortSignal,
  ): Promise<DocsPicture | undefined> {
    const site = await this.#siteOf(id);
    const file = this.#targetsOf(site, path).pictureFile(source);
    const type = file === undefined ? undefined : pictureType(file);
    if (file === undefined || type === undefined) return undefined;
    const { docs } = site.instance;
    const picture = await docs.read(site.entityRef, file, { signal, maxSize: MAX_PICTURE });
    return picture && { type, base64: base64Of(picture.content) };
  }

  async search(
    { site: id, text, limit }: DocsSearchRequest,
    signal: AbortSignal,
  ): Promise<DocsHits> {
    const words = searchWords(text);
    const hits = new SectionHits(words);
    if (words.length) {
      const slices = new TimeSlicer();
      for (const section of await this.#textsOf(await this.#siteOf(id), signal)) {
        hits.add(section);
        if (slices.isOver) await slices.pause();
        signal.throwIfAborted();
      }
    }
    return hits.best(limit);
  }

  /**
   * Requests a build from the server. The caller has asked the user.
   *
   * @returns whether the docs have changed
   */
  async build(
    id: string,
    options: { readonly signal: AbortSignal; readonly report: (line: string) => void },
  ): Promise<boolean> {
    const { instance, entityRef } = await this.#siteOf(id);
    const isUpdated = await instance.docs.build(entityRef, options);
    this.#shown = new SizedCache(KEPT_PAGES);
    return isUpdated;
  }

  /** Returns the display names of a site and its Backstage. */
  async nameOf(id: string): Promise<{ readonly title: string; readonly server: string }> {
    const site = await this.#siteOf(id);
    return { title: this.#titleOf(site, undefined), server: site.instance.source.name };
  }

  async #siteOf(id: string): Promise<ServedSite> {
    const { instances, translate } = this.#deps;
    const named = readInstanceSiteId(id);
    const instance = named && (await instances.getInstance(named.sourceId));
    if (!instance) throw new Error(translate('The Backstage of these docs is no longer a source.'));
    return { id, entityRef: named.entityRef, instance };
  }

  async #hasHome({ entityRef, instance }: ServedSite, signal: AbortSignal): Promise<boolean> {
    const home = await instance.docs.read(entityRef, fileOfPage(''), { signal });
    return home !== undefined;
  }

  #around(
    site: ServedSite,
    {
      path,
      metadata,
      file,
      isUnbuilt,
    }: {
      readonly path: string;
      readonly metadata?: InstanceDocsMetadata | undefined;
      readonly file?: InstanceDocsFile | undefined;
      readonly isUnbuilt: boolean;
    },
  ): DocsPageView {
    const { id, entityRef, instance } = site;
    const { name, color } = instance.source;
    const url = this.#targetsOf(site, path).urlOfPage(path);
    const server: DocsServerView = {
      name,
      isUnbuilt,
      ...(color !== undefined && { color }),
      ...(url !== undefined && { url }),
      ...(metadata?.builtAt !== undefined && { builtAt: metadata.builtAt }),
      ...(file?.failure !== undefined && {
        kept: { fetchedAt: file.fetchedAt, reason: file.failure },
      }),
    };
    const title = this.#titleOf(site, metadata);
    const glances = glancesAt([entityRef], this.#deps);
    return { site: { id, title, entityRefs: [entityRef] }, nav: [], server, glances };
  }

  async #pageOf(
    page: BuiltPage,
    {
      site,
      path,
      metadata,
      signal,
    }: {
      readonly site: ServedSite;
      readonly path: string;
      readonly metadata: InstanceDocsMetadata | undefined;
      readonly signal: AbortSignal;
    },
  ): Promise<Pick<DocsPageView, 'nav' | 'page'>> {
    const targets = this.#targetsOf(site, path);
    const nav = page.nav.length
      ? new InstanceNav(page.nav.map(item => targets.navItem(item)))
      : new InstanceNav(navOfIndex((await orUndefined(this.#textsOf(site, signal), signal)) ?? []));
    const { previous, next } = nav.neighboursOf(path);
    const version = String(metadata?.builtAt ?? '');
    const content: DocsPageContent = {
      path,
      title: page.title || nav.titleOf(path) || this.#titleOf(site, metadata),
      html: page.html,
      headings: page.headings,
      links: Object.fromEntries(page.links.map(href => [href, targets.linkOf(href)])),
      pictures: Object.fromEntries(
        page.images.map(source => [source, targets.pictureOf(source, version)]),
      ),
      breadcrumbs: nav.sectionsOf(path),
      ...(previous && { previous }),
      ...(next && { next }),
      problems: [],
    };
    return { nav: nav.items, page: content };
  }

  async #textsOf(site: ServedSite, signal: AbortSignal): Promise<readonly SearchedSection[]> {
    const { docs } = site.instance;
    const file = await docs.read(site.entityRef, INDEX, { signal, maxSize: MAX_INDEX });
    if (!file) return [];
    const known = this.#texts.get(site.id);
    if (known && isSameBytes(known.content, file.content)) return known.sections;
    // Never aborted: each keystroke cancels the search before it and needs the same sections.
    const { signal: ended } = new AbortController();
    const sections = readBuiltIndex(parsedJson(file.content), ended).then(all =>
      searched(all ?? []),
    );
    this.#texts.set(site.id, { content: file.content, sections }, file.content.length);
    return sections;
  }

  #titleOf({ entityRef }: ServedSite, metadata: InstanceDocsMetadata | undefined): string {
    if (metadata?.siteName !== undefined) return metadata.siteName;
    const entity = this.#deps.catalog.getEntityByRef(entityRef);
    return entity ? entityTitle(entity) : entityRef;
  }

  #targetsOf({ id, entityRef, instance }: ServedSite, page: string): InstanceTargets {
    return new InstanceTargets({ ...this.#deps, site: id, entityRef, instance, page });
  }

  #reasonOf(error: unknown): string {
    const { translate } = this.#deps;
    if (error instanceof HtmlTooDeepError)
      return translate('This page is nested too deeply to show.');
    return messageWithAdvice(error);
  }
}

/** Resolves to undefined on failure, for optional content. */
async function orUndefined<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (signal.aborted) throw error;
    return undefined;
  }
}

/** Maps sections to searchable sections. The first entry of a page has its title. */
function searched(sections: readonly BuiltSection[]): readonly SearchedSection[] {
  const titles = new Map<string, string>();
  for (const { path, anchor, title } of sections) if (anchor === undefined) titles.set(path, title);
  return sections.map(({ path, anchor, title, text }) => {
    const heading = anchor === undefined ? '' : title;
    return searchedSection({ path, anchor, heading, text, title: titles.get(path) ?? title });
  });
}
