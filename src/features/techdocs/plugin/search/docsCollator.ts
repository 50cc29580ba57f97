import {
  type CatalogService,
  type Disposable,
  DisposableStore,
  Emitter,
  entityFacets,
  hashText,
  isAbort,
  type Logger,
  mapConcurrently,
  type SearchChangeEvent,
  type SearchCollator,
  type SearchDocument,
  type SearchFacets,
  type SearchSource,
  SerialQueue,
  type TechDocsContent,
  type TechDocsPage,
  type TechDocsSection,
  type TechDocsService,
  type TechDocsSite,
  type Translate,
} from '../../../../api';

/** The last section of a longer page contains the rest of its text. */
const MAX_SECTIONS = 2000;

/** Entity that a site belongs to. */
interface SiteOwner {
  /** Full ref. */
  readonly ref: string | undefined;
  readonly facets: SearchFacets;
}

/** Returns a document per section, or one for the title of an empty page. */
function pageDocuments(
  page: TechDocsPage,
  {
    site,
    owner,
    sections,
  }: {
    readonly site: Pick<TechDocsSite, 'id' | 'name'>;
    readonly owner: SiteOwner;
    readonly sections: readonly TechDocsSection[];
  },
): readonly SearchDocument[] {
  const ids = new Set<string>();
  /** Headings above the section. */
  let above: TechDocsSection[] = [];
  return (sections.length ? limitSections(sections) : [EMPTY_SECTION]).map(section => {
    const { anchor, level, title, text, range } = section;
    above = above.filter(heading => heading.level < level);
    // The first heading of a page usually is its title.
    const isPage = title === '' || title === page.title;
    const path = [page.title, ...above.map(heading => heading.title)].filter(
      (part, at, parts) => part !== '' && part !== parts[at - 1],
    );
    if (level > 0) above.push(section);
    return {
      id: reserveId(anchor === undefined ? page.path : `${page.path}#${anchor}`, ids),
      title: title || page.title,
      text,
      ...(anchor !== undefined && isExplicitId(anchor, title) && { keywords: [anchor] }),
      path: isPage && path.length === 1 ? [site.name] : [site.name, ...path],
      ...(owner.ref !== undefined && { ref: owner.ref }),
      facets: owner.facets,
      location: { file: page.file, ...(range && { range }) },
      target: {
        type: 'page',
        page: {
          page: 'docs',
          site: site.id,
          path: page.path,
          ...(anchor !== undefined && { anchor }),
        },
      },
    };
  });
}

const EMPTY_SECTION: TechDocsSection = {
  anchor: undefined,
  level: 0,
  title: '',
  text: '',
  range: undefined,
};

/** Whether an id is explicit. Generated ids only repeat the title. */
function isExplicitId(anchor: string, title: string): boolean {
  return !lettersOf(title).includes(lettersOf(anchor.replace(/_\d+$/, '')));
}

function lettersOf(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

function limitSections(sections: readonly TechDocsSection[]): readonly TechDocsSection[] {
  const last = sections[MAX_SECTIONS - 1];
  if (!last || sections.length === MAX_SECTIONS) return sections;
  const rest = sections.slice(MAX_SECTIONS).flatMap(({ title, text }) => [title, text]);
  const text = [last.text, ...rest].filter(Boolean).join(' ');
  return [...sections.slice(0, MAX_SECTIONS - 1), { ...last, text }];
}

/** Reserves a unique id. HTML headings can share an id or have none. */
function reserveId(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let count = 2; taken.has(id); count++) id = `${wanted} ${count}`;
  taken.add(id);
  return id;
}

export interface DocsCollatorDeps {
  readonly catalog: CatalogService;
  readonly techdocs: TechDocsService;
  readonly logger: Logger;
  readonly translate: Translate;
}

/** Last reported state of a site. */
interface ReportedSite {
  readonly entityRefs: readonly string[];
  /** Stamps by path. */
  readonly stamps: ReadonlyMap<string, string>;
}

/** Pages read at a time, to keep the workers busy. */
const CONCURRENCY = 16;

/** Milliseconds without changes before sites are compared. */
const QUIET = 500;

/** Search collator for docs: each page is a source, each section a document. */
export class DocsCollator implements SearchCollator, Disposable {
  readonly id = 'docs';
  readonly title: string;
  readonly icon = 'book';
  /** Entities rank before their docs. */
  readonly weight = 0.85;
  readonly concurrency = CONCURRENCY;
  readonly onDidChange: SearchCollator['onDidChange'];
  #deps: DocsCollatorDeps;
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<SearchChangeEvent>());
  /** States by site id; undefined until the first request. */
  #reported: Map<string, ReportedSite> | undefined;
  #stopped = new AbortController();
  #comparing = new SerialQueue();
  /** Ids of sites to compare. */
  #touched = new Set<string>();
  #quiet: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: DocsCollatorDeps) {
    this.#deps = deps;
    this.title = deps.translate('Docs');
    this.onDidChange = this.#changed.event;
    this.#store.add(
      deps.techdocs.onDidChange(({ list, siteIds, pages }) => {
        if (list) this.#reportAll();
        else this.#compare(new Set([...siteIds, ...pages.keys()]));
      }),
    );
    this.#store.add(
      deps.catalog.onDidChange(({ entityRefs }) => {
        const touched = [...(this.#reported ?? [])].filter(([, site]) =>
          site.entityRefs.some(ref => entityRefs.has(ref)),
        );
        this.#compare(new Set(touched.map(([id]) => id)));
      }),
    );
  }

  dispose(): void {
    clearTimeout(this.#quiet);
    this.#stopped.abort();
    this.#store.dispose();
  }

  flush(): Promise<void> {
    this.#compareTouched();
    return this.#comparing.run(() => {});
  }

  async getSources(signal: AbortSignal): Promise<readonly SearchSource[]> {
    // Finishes pending comparisons first, so that their older results don't override these.
    await this.flush();
    const given = new Map<string, ReportedSite>();
    this.#reported ??= given;
    const sources: SearchSource[] = [];
    const sites = await this.#deps.techdocs.getSites({ signal });
    const found = await mapConcurrently(sites, CONCURRENCY, ({ id }) => this.#read(id, signal));
    for (const [index, { id }] of sites.entries()) {
      const site = found[index];
      if (!site) continue;
      given.set(id, site);
      for (const [path, stamp] of site.stamps) sources.push({ id: sourceId(id, path), stamp });
    }
    signal.throwIfAborted();
    this.#reported = given;
    return sources;
  }

  async collate(source: string, signal: AbortSignal): Promise<readonly SearchDocument[]> {
    const { techdocs } = this.#deps;
    const { site, path } = readSourceId(source);
    const content = await techdocs.loadContent(site, { signal });
    const page = content?.pages.find(other => other.path === path);
    if (!content || !page) return [];
    const sections = (await techdocs.loadSections(site, path, { signal })) ?? [];
    return pageDocuments(page, { site: content.site, owner: this.#ownerOf(content), sections });
  }

  /** Returns undefined if the site doesn't exist or can't be read. */
  async #read(id: string, signal: AbortSignal): Promise<ReportedSite | undefined> {
    const { techdocs, logger } = this.#deps;
    try {
      const content = await techdocs.loadContent(id, { signal });
      const texts = content && (await techdocs.loadStamps(id, { signal }));
      if (!texts) return undefined;
      const { name, entityRefs } = content.site;
      const site = JSON.stringify([name, this.#ownerOf(content)]);
      const stamps = content.pages.map(({ path, title }) => {
        const stamp = hashText(JSON.stringify([texts.get(path), title, site]));
        return [path, stamp] as const;
      });
      return { entityRefs, stamps: new Map(stamps) };
    } catch (error) {
      if (isAbort(error)) throw error;
      logger.error(`The documentation in ${id} could not be read for the search`, error);
      return undefined;
    }
  }

  /**
   * Returns the owner of a site's docs. For shared docs, the first entity, with the facets of all.
   */
  #ownerOf({ site }: TechDocsContent): SiteOwner {
    const entities = site.entityRefs.flatMap(ref => this.#deps.catalog.getEntityByRef(ref) ?? []);
    const all = entities.map(entityFacets);
    const valuesOf = (facet: keyof (typeof all)[number]): readonly string[] => [
      ...new Set(all.flatMap(facets => facets[facet])),
    ];
    return {
      ref: site.entityRefs[0],
      facets: {
        kind: valuesOf('kind'),
        type: valuesOf('type'),
        owner: valuesOf('owner'),
        lifecycle: valuesOf('lifecycle'),
        tag: valuesOf('tag'),
        system: valuesOf('system'),
      },
    };
  }

  #reportAll(): void {
    if (this.#reported) this.#changed.fire({ sources: undefined });
  }

  /** Schedules a comparison. Debounced, since it looks at whole sites. */
  #compare(ids: ReadonlySet<string>): void {
    if (!this.#reported || !ids.size) return;
    for (const id of ids) this.#touched.add(id);
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#compareTouched(), QUIET);
  }

  /** Reports changed pages of the scheduled sites. */
  #compareTouched(): void {
    clearTimeout(this.#quiet);
    if (!this.#touched.size) return;
    const ids = this.#touched;
    this.#touched = new Set();
    const { signal } = this.#stopped;
    void this.#comparing.run(async () => {
      try {
        const sources = new Set<string>();
        for (const id of ids) {
          const before = this.#reported?.get(id);
          const after = await this.#read(id, signal);
          if (!before) return this.#reportAll();
          if (after) this.#reported?.set(id, after);
          else this.#reported?.delete(id);
          for (const path of changedPaths(before.stamps, after?.stamps ?? new Map())) {
            sources.add(sourceId(id, path));
          }
        }
        if (sources.size) this.#changed.fire({ sources });
      } catch {
        // The comparison was canceled or failed: requests everything again.
        if (!signal.aborted) this.#reportAll();
      }
    });
  }
}

function changedPaths(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter(path => before.get(path) !== after.get(path));
}

/** URIs of folders contain no `#`. */
function sourceId(site: string, path: string): string {
  return `${site}#${path}`;
}

function readSourceId(id: string): { readonly site: string; readonly path: string } {
  const at = id.indexOf('#');
  return { site: id.slice(0, at), path: id.slice(at + 1) };
}
