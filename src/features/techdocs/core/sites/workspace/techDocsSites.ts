import {
  type CatalogService,
  instanceSiteId,
  type TechDocsChangeEvent,
  type TechDocsContent,
  type TechDocsLocation,
  type TechDocsSection,
  type TechDocsService,
  type TechDocsShare,
  type TechDocsSite,
} from '../../../../../api';
import {
  basenameUri,
  compareCodeUnits,
  type Disposable,
  DisposableStore,
  Emitter,
  isAbort,
  type Logger,
  mapConcurrently,
} from '../../../../../base';
import { TimeSlicer } from '../../../../../platform/core';
import { readWithin } from '../../../../../platform/core/files';
import type {
  Clock,
  Environment,
  FileChange,
  FileSystem,
  WorkerPool,
} from '../../../../../platform/core/ports';
import type { CatalogEngine, ForgesOfHosts } from '../../../../catalog/core';
import { Repositories } from '../../../../catalog/core/shared';
import type { TechDocsCoreVersion } from '../../markdown/config';
import { SiteSections } from '../../sections/siteSections';
import type { BuiltSite } from '../buildSite';
import { childOf } from '../config/configNode';
import { loadConfig, MAX_CONFIG } from '../config/loadConfig';
import { type ReadHeading, readHeading } from '../pages/headingText';
import type { ReadGeneratorOptions } from '../production/allowLists';
import { SiteProblems } from '../siteProblems';
import { SiteReader } from '../siteReader';
import {
  boundaryOf,
  type ClaimedPlace,
  claimedPlace,
  type DocsClaim,
  DocsClaims,
} from './docsClaims';
import { SiteFolders } from './siteFolders';

/** Folders read at a time. */
const CONCURRENCY = 16;

export interface TechDocsSitesDeps {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly catalog: CatalogService & Pick<CatalogEngine, 'roots' | 'options'>;
  /** Returns the variables that `!ENV` can read; none unless the workspace is trusted. */
  readonly environment: () => Environment;
  /** Extracts headings; defaults to a quick scan of the source. */
  readonly readHeading?: ReadHeading;
  /**
   * Returns the id of the Backstage source that has an entity (full ref) and may serve its docs.
   */
  readonly instanceOf?: (entityRef: string) => string | undefined;
  /** Returns the options of TechDocs' generator; undefined: configs apply as in MkDocs. */
  readonly generator?: ReadGeneratorOptions | undefined;
  /** Returns the release of techdocs-core that pages follow; the latest by default. */
  readonly techDocsCore?: (() => TechDocsCoreVersion | undefined) | undefined;
  /** Kinds of code hosts with custom host names. */
  readonly forges?: ForgesOfHosts | undefined;
  /** Without workers, long pages block the thread. */
  readonly workers?: WorkerPool | undefined;
}

interface Abortable {
  readonly signal?: AbortSignal;
}

interface SiteList {
  readonly sites: readonly TechDocsSite[];
  readonly byId: ReadonlyMap<string, TechDocsSite>;
  readonly places: ReadonlyMap<string, ClaimedPlace>;
}

/** Docs sites of the workspace. Loaded on demand, then updated incrementally. */
export class TechDocsSites implements TechDocsService, Disposable {
  #deps: TechDocsSitesDeps;
  #store = new DisposableStore();
  #changed: Emitter<TechDocsChangeEvent>;
  #repositories: Repositories;
  #claims: DocsClaims;
  #folders: SiteFolders;
  #sections: SiteSections;
  #readers = new Map<string, SiteReader>();
  #names = new Map<string, { readonly name: string | undefined; readonly files: Set<string> }>();
  #list: Promise<SiteList> | undefined;
  /** Whether sites have been requested. Changes aren't reported before. */
  #isRequested = false;

  constructor(deps: TechDocsSitesDeps) {
    this.#deps = deps;
    const { catalog, clock, fileSystem, logger, workers } = deps;
    this.#sections = new SiteSections({ clock, fileSystem, workers });
    this.#changed = this.#store.add(
      new Emitter<TechDocsChangeEvent>(error =>
        logger.error('A listener of the documentation failed', error),
      ),
    );
    this.#repositories = new Repositories(fileSystem, deps.forges);
    this.#claims = new DocsClaims({ catalog, clock });
    const repositories = this.#repositories;
    this.#folders = new SiteFolders({ fileSystem, clock, catalog, repositories });
    this.#store.add(
      catalog.onDidChange(({ entityRefs }) => {
        if (this.#claims.update(entityRefs)) this.#listChanged();
      }),
    );
    this.#store.add(
      catalog.onDidChangeStatus(() => {
        if (this.#folders.isOutdated()) this.#listChanged();
      }),
    );
  }

  get onDidChange(): TechDocsService['onDidChange'] {
    return this.#changed.event;
  }

  dispose(): void {
    this.#store.dispose();
    this.#readers.clear();
  }

  async getSites({ signal }: Abortable = {}): Promise<readonly TechDocsSite[]> {
    return (await this.#sites(signal)).sites;
  }

  async loadContent(siteId: string, options: Abortable = {}): Promise<TechDocsContent | undefined> {
    return (await this.build(siteId, options))?.content;
  }

  /** Returns the site with all its files, for rendering. */
  async build(siteId: string, { signal }: Abortable = {}): Promise<BuiltSite | undefined> {
    const site = (await this.#sites(signal)).byId.get(siteId);
    return site && (await this.#reader(site)).read(signal);
  }

  async loadSections(
    siteId: string,
    path: string,
    options: Abortable = {},
  ): Promise<readonly TechDocsSection[] | undefined> {
    const content = await this.loadContent(siteId, options);
    return content && this.#sections.load(content, path, options.signal);
  }

  async loadStamps(
    siteId: string,
    { signal }: Abortable = {},
  ): Promise<ReadonlyMap<string, string> | undefined> {
    const site = (await this.#sites(signal)).byId.get(siteId);
    if (!site) return undefined;
    const reader = await this.#reader(site);
    const { content } = await reader.read(signal);
    return this.#sections.stamps(content, file => reader.textOf(file), signal);
  }

  async locate(
    entityRef: string,
    { signal }: Abortable = {},
  ): Promise<TechDocsLocation | undefined> {
    const { places, byId } = await this.#sites(signal);
    const claims = await this.#claims.all(signal);
    const own = claims.get(entityRef);
    if (!own) return undefined;
    const { share } = own;
    const claim = share ? claims.get(share.from) : own;
    const place = claim && places.get(claim.entityRef);
    if (place?.type !== 'folder' || !byId.has(place.uri)) {
      return this.#instanceLocation(own) ?? (place?.type === 'web' ? place : undefined);
    }
    return {
      type: 'site',
      siteId: place.uri,
      path: share?.path ?? '',
      ...(share && { sharedFrom: share.from }),
    };
  }

  /** Returns the docs location in Backstage, if a source has the entity. */
  #instanceLocation({ entityRef, share, written }: DocsClaim): TechDocsLocation | undefined {
    if (!share && written === undefined) return undefined;
    const of = share?.from ?? entityRef;
    // The server may have the other entity even if it isn't in the catalog.
    const { instanceOf = () => undefined } = this.#deps;
    const sourceId = instanceOf(of) ?? instanceOf(entityRef);
    if (sourceId === undefined) return undefined;
    return {
      type: 'instance',
      siteId: instanceSiteId({ sourceId, entityRef: of }),
      sourceId,
      entityRef: of,
      path: share?.path ?? '',
      ...(share && { sharedFrom: share.from }),
    };
  }

  /** Applies file changes. The sites are up to date when it resolves. */
  async applyChanges(changes: readonly FileChange[]): Promise<void> {
    if (!this.#isRequested) return;
    let isListChanged = await this.#folders.applyChanges(changes);
    for (const { uri } of changes) {
      if (/\/\.git(?:\/(?:config|HEAD))?$/.test(uri)) {
        this.#repositories.clear();
        isListChanged = true;
      }
      for (const [config, { files }] of this.#names) {
        if (!files.has(uri)) continue;
        this.#names.delete(config);
        isListChanged = true;
      }
    }
    const siteIds = new Set<string>();
    for (const [id, reader] of this.#readers) {
      if (await reader.applyChanges(changes)) siteIds.add(id);
    }
    if (isListChanged) this.#list = undefined;
    const pages = this.#sections.pagesUsing(new Set(changes.map(({ uri }) => uri)));
    if (isListChanged || siteIds.size || pages.size) {
      this.#changed.fire({ list: isListChanged, siteIds, pages });
    }
  }

  /** Reads all sites again, after the generator's options changed. */
  invalidate(): void {
    const siteIds = new Set(this.#readers.keys());
    this.#readers.clear();
    this.#names.clear();
    this.#list = undefined;
    if (this.#isRequested) this.#changed.fire({ list: true, siteIds, pages: new Map() });
  }

  #listChanged(): void {
    this.#list = undefined;
    if (this.#isRequested) {
      this.#changed.fire({ list: true, siteIds: new Set(), pages: new Map() });
    }
  }

  /** @throws AbortError if the signal is aborted */
  async #sites(signal: AbortSignal | undefined): Promise<SiteList> {
    this.#isRequested = true;
    for (;;) {
      if (this.#folders.isOutdated()) this.#list = undefined;
      const reading = (this.#list ??= this.#readList(signal));
      try {
        const list = await reading;
        signal?.throwIfAborted();
        if (this.#list === reading) return list;
      } catch (error) {
        if (this.#list === reading) this.#list = undefined;
        if (signal?.aborted || !isAbort(error)) throw error;
      }
    }
  }

  async #readList(signal: AbortSignal | undefined): Promise<SiteList> {
    const drafts = new Map<string, SiteDraft>();
    const configured = await this.#folders.withConfig(signal);
    for (const folder of configured) this.#draft(folder, drafts);
    const claims = await this.#claims.all(signal);
    const places = new Map<string, ClaimedPlace>();
    const roots = this.#deps.catalog.roots.map(({ uri }) => uri);
    const slices = new TimeSlicer(this.#deps.clock);
    const claimed = [...claims.values()].filter(({ written }) => written !== undefined);
    const found = await mapConcurrently(claimed, CONCURRENCY, async claim => {
      await slices.pause();
      signal?.throwIfAborted();
      return claimedPlace(claim, { repositories: this.#repositories, roots });
    });
    for (const [index, claim] of claimed.entries()) {
      const place = found[index];
      if (place) places.set(claim.entityRef, place);
      if (place?.type === 'folder') this.#draft(place.uri, drafts).claims.push(claim);
    }
    for (const claim of claims.values()) {
      const { readmeFolder: uri } = claim;
      // A folder that is a site already isn't a README fallback.
      if (uri === undefined || (drafts.has(uri) && !drafts.get(uri)?.isReadme)) continue;
      places.set(claim.entityRef, { type: 'folder', uri });
      const draft = this.#draft(uri, drafts);
      draft.isReadme = true;
      draft.claims.push(claim);
    }
    for (const { entityRef, share } of claims.values()) {
      const place = share && places.get(share.from);
      const draft = place?.type === 'folder' ? drafts.get(place.uri) : undefined;
      if (share && draft) draft.shares.push({ entityRef, path: share.path });
    }
    const drawn = await mapConcurrently([...drafts.values()], CONCURRENCY, async draft => {
      await slices.pause();
      signal?.throwIfAborted();
      return this.#siteOf(draft);
    });
    const sites = drawn.filter(site => site !== undefined);
    sites.sort((a, b) => compareCodeUnits(a.id, b.id));
    const byId = new Map(sites.map(site => [site.id, site]));
    for (const [id, reader] of this.#readers) {
      const site = byId.get(id);
      if (site) reader.setSite(site);
      else this.#readers.delete(id);
    }
    this.#sections.retain(byId);
    return { sites, byId, places };
  }

  #draft(folder: string, drafts: Map<string, SiteDraft>): SiteDraft {
    let draft = drafts.get(folder);
    if (!draft) {
      draft = { folder, claims: [], shares: [], isReadme: false };
      drafts.set(folder, draft);
    }
    return draft;
  }

  /** Returns undefined if there is nothing to show. */
  async #siteOf({
    folder,
    isReadme,
    claims,
    shares,
  }: SiteDraft): Promise<TechDocsSite | undefined> {
    const { config, hasDocs, readme } = await this.#folders.look(folder);
    const isEmpty = config === undefined && readme === undefined && (isReadme || !hasDocs);
    if (isEmpty) return undefined;
    const origin =
      config !== undefined && !isReadme ? 'mkdocs' : hasDocs && !isReadme ? 'generated' : 'readme';
    const [only, ...others] = claims;
    const title = only && !others.length ? only.title : undefined;
    const own =
      origin === 'mkdocs' && config !== undefined ? await this.#nameOf(config) : undefined;
    return {
      id: folder,
      name: own ?? title ?? basenameUri(folder),
      folder,
      origin,
      config: origin === 'mkdocs' ? config : undefined,
      entityRefs: claims.map(({ entityRef }) => entityRef).sort(compareCodeUnits),
      sharedWith: shares,
    };
  }

  async #nameOf(config: string): Promise<string | undefined> {
    const known = this.#names.get(config);
    if (known) return known.name;
    const { fileSystem, environment, generator } = this.#deps;
    const boundary = await this.#boundary(config);
    const files = new Set<string>();
    const map = await loadConfig(config, {
      read: uri => {
        files.add(uri);
        return readWithin(fileSystem, { uri, boundary, maxSize: MAX_CONFIG });
      },
      environment: environment(),
      boundary,
      problems: new SiteProblems(),
      generator: await generator?.(),
    });
    const name = childOf(map, 'site_name');
    const text = name?.type === 'scalar' && name.value !== null ? name.text : undefined;
    this.#names.set(config, { name: text, files });
    return text;
  }

  async #reader(site: TechDocsSite): Promise<SiteReader> {
    const known = this.#readers.get(site.id);
    if (known) return known;
    const repository = await this.#repositories.find(site.folder);
    const boundary = await this.#boundary(site.folder);
    const reader = new SiteReader(site, {
      readHeading,
      ...this.#deps,
      environment: this.#deps.environment(),
      boundary,
      repository,
    });
    // Another call may have created one in the meantime.
    const other = this.#readers.get(site.id);
    if (other) return other;
    this.#readers.set(site.id, reader);
    return reader;
  }

  async #boundary(uri: string): Promise<string> {
    const repository = await this.#repositories.find(uri);
    const roots = this.#deps.catalog.roots.map(root => root.uri);
    return boundaryOf(uri, { repository, roots }) ?? uri;
  }
}

/** A site while the list is built. */
interface SiteDraft {
  readonly folder: string;
  readonly claims: DocsClaim[];
  readonly shares: TechDocsShare[];
  /** Whether it only has the README next to a descriptor. */
  isReadme: boolean;
}
