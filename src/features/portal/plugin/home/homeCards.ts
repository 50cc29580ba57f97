import {
  canHaveOwner,
  type CardBar,
  type CardContent,
  type CatalogQuery,
  type CatalogService,
  type CatalogSources,
  type Disposable,
  type Entity,
  entityTitle,
  formatNumber,
  hasDocs,
  type HomeCard,
  type IdentityService,
  runInSlices,
  isDocumented,
  isOwned,
  kindIcon,
  kindOrder,
  kindPlural,
  type LinkTarget,
  type ModelNames,
  ownerRefs,
  type Problem,
  type RecentEntitiesService,
  type StarredEntitiesService,
  type Translate,
  translateCount,
} from '../../../../api';
import type { CommittedChange } from '../../core';

/** Coverage of one entity. */
interface Facts {
  readonly owners: readonly string[];
  readonly namesDocs: boolean;
}

/** Number of entities with an owner and with docs. `model/presentation/coverage.ts` defines both. */
export interface Coverage {
  /** Number of entities of kinds that can have an owner. */
  readonly ownable: number;
  readonly owned: number;
  /** Number of components. */
  readonly documentable: number;
  readonly documented: number;
}

/** Number of entities to read before yielding. */
const SLICE = 10;

/** Counts all entities once, then only changed ones. */
export class CatalogFacts implements Disposable {
  #catalog: CatalogService;
  #facts = new Map<string, Facts>();
  /** Refs to count again; undefined for all. */
  #pending: Set<string> | undefined;
  #subscription: Disposable;

  constructor(catalog: CatalogService) {
    this.#catalog = catalog;
    this.#subscription = catalog.onDidChange(({ entityRefs }) => {
      for (const ref of entityRefs) this.#pending?.add(ref);
    });
  }

  /** Returns undefined if the signal is aborted. A later call continues. */
  async coverage(signal: AbortSignal): Promise<Coverage | undefined> {
    return runInSlices(this.#count(), signal);
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  *#count(): Generator<void, Coverage> {
    const pending = (this.#pending ??= new Set(this.#catalog.getEntityRefs()));
    let done = 0;
    for (const ref of pending) {
      pending.delete(ref);
      if (canHaveOwner(kindOf(ref))) {
        const entity = this.#catalog.getEntityByRef(ref);
        if (entity) this.#facts.set(ref, factsOf(entity));
        else this.#facts.delete(ref);
      }
      if (++done % SLICE === 0) yield;
    }
    // Owners and docs may appear or disappear without a change of the entities that name them.
    const missing = this.#catalog.getMissingTargets();
    const coverage = { ownable: 0, owned: 0, documentable: 0, documented: 0 };
    for (const [ref, { owners, namesDocs }] of this.#facts) {
      coverage.ownable++;
      if (isOwned(ref, owners, missing.owner)) coverage.owned++;
      if (kindOf(ref) !== 'component') continue;
      coverage.documentable++;
      if (isDocumented(ref, namesDocs, missing.docs)) coverage.documented++;
    }
    return coverage;
  }
}

function factsOf(entity: Entity): Facts {
  return { owners: ownerRefs(entity), namesDocs: hasDocs(entity) };
}

function kindOf(ref: string): string {
  return ref.slice(0, ref.indexOf(':'));
}

export interface HomeCardsDeps {
  /** Committed changes of YAML files, the latest first. */
  readonly getRecentChanges: () => Promise<readonly CommittedChange[]>;
  readonly catalog: CatalogService;
  readonly facts: CatalogFacts;
  readonly identity: IdentityService;
  readonly recent: RecentEntitiesService;
  readonly sources: Pick<CatalogSources, 'getSourceOf'>;
  readonly starred: StarredEntitiesService;
  readonly translate: Translate;
}

/** Maximum number of rows. The catalog lists the rest. */
const MAX_ROWS = 12;
const MAX_CODES = 8;
const MAX_CHANGES = 8;

type CardLink = Extract<CardContent, { type: 'links' }>['links'][number];

/** The cards of the home page. A card without content is absent. */
export function homeCards(deps: HomeCardsDeps): readonly HomeCard[] {
  const { catalog, identity, starred, recent, translate } = deps;
  return [
    {
      id: 'portal.systems',
      title: translate('Systems'),
      icon: 'layers',
      order: 10,
      load: () => systems(deps),
    },
    {
      id: 'portal.health',
      title: translate('Catalog Health'),
      icon: 'pulse',
      order: 20,
      load: ({ signal }) => health(deps, signal),
    },
    {
      id: 'portal.changes',
      title: translate('Recently Changed'),
      icon: 'git-commit',
      order: 30,
      load: () => changed(deps),
    },
    {
      id: 'portal.mine',
      title: translate('Needs Attention'),
      icon: 'bell',
      order: 50,
      onDidChange: identity.onDidChange,
      load: () => mine(deps),
    },
    {
      id: 'portal.teams',
      title: translate('Your Teams'),
      icon: 'organization',
      order: 60,
      onDidChange: identity.onDidChange,
      load: () => teams(deps),
    },
    {
      id: 'portal.starred',
      title: translate('Starred'),
      icon: 'star-empty',
      order: 70,
      load: () => starredEntities(catalog, starred.all()),
    },
    {
      id: 'portal.recent',
      title: translate('Recent'),
      icon: 'history',
      order: 80,
      load: () => recently(recent, translate),
    },
  ];
}

/** Entities whose descriptors were committed last, with the author and the date. */
async function changed({
  catalog,
  getRecentChanges,
}: HomeCardsDeps): Promise<CardContent | undefined> {
  const links = new Map<string, CardLink>();
  for (const { file, author, time } of await getRecentChanges()) {
    const date = new Date(time).toLocaleDateString('en-US', { dateStyle: 'medium' });
    for (const entityRef of catalog.getEntityRefsInFile(file)) {
      if (links.has(entityRef) || entityRef.startsWith('location:')) continue;
      links.set(entityRef, {
        text: titleOf(catalog, entityRef),
        icon: kindIcon(kindOf(entityRef)),
        description: `${author} · ${date}`,
        target: { type: 'entity', entityRef },
      });
    }
    if (links.size >= MAX_CHANGES) break;
  }
  const all = [...links.values()];
  return all.length ? { type: 'links', links: all.slice(0, MAX_CHANGES) } : undefined;
}

/** The user's entities with problems, the most first. */
function mine({ catalog, identity }: HomeCardsDeps): CardContent | undefined {
  const owners = identity.getOwnershipRefs();
  const owned = new Set(owners.flatMap(ref => targetsOf(catalog, ref, 'ownerOf')));
  const withProblems = [...owned]
    .map(ref => ({
      ref,
      count: catalog.getProblems({ entityRef: ref }).filter(isErrorOrWarning).length,
    }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  if (!withProblems.length) return undefined;
  const more = withProblems.length - MAX_ROWS;
  return {
    type: 'entities',
    entityRefs: withProblems.slice(0, MAX_ROWS).map(({ ref }) => ref),
    columns: ['kind', 'problems'],
    ...(more > 0 && {
      more: { count: more, target: listOf({ only: ['owned', 'withProblems'] }) },
    }),
  };
}

function teams({ catalog, identity, translate }: HomeCardsDeps): CardContent | undefined {
  const groups = identity.getOwnershipRefs().filter(ref => ref.startsWith('group:'));
  const bars = groups.flatMap((entityRef): CardBar | readonly CardBar[] => {
    const owned = targetsOf(catalog, entityRef, 'ownerOf').length;
    if (owned === 0) return [];
    return {
      label: titleOf(catalog, entityRef),
      value: owned,
      text: translate('{0} owned', owned),
      icon: 'organization',
      target: { type: 'entity', entityRef },
      textTarget: listOf({ facets: { owner: [entityRef] } }),
    };
  });
  return bars.length ? { type: 'bars', bars: bars.slice(0, MAX_ROWS) } : undefined;
}

/** Starred entities of the catalog. Templates that ship with Callboard can be starred, too, but have no page. */
function starredEntities(
  catalog: CatalogService,
  refs: readonly string[],
): CardContent | undefined {
  const entityRefs = refs.filter(
    ref => !ref.startsWith('template:') || catalog.getEntityByRef(ref) !== undefined,
  );
  if (!entityRefs.length) return undefined;
  const more = entityRefs.length - MAX_ROWS;
  return {
    type: 'entities',
    entityRefs: entityRefs.slice(0, MAX_ROWS),
    columns: ['kind', 'owner'],
    ...(more > 0 && { more: { count: more, target: listOf({ only: ['starred'] }) } }),
  };
}

function recently(recent: RecentEntitiesService, translate: Translate): CardContent | undefined {
  const sections = [
    { title: translate('Viewed'), refs: recent.viewed() },
    { title: translate('Edited'), refs: recent.edited() },
  ].filter(({ refs }) => refs.length > 0);
  if (!sections.length) return undefined;
  return {
    type: 'sections',
    sections: sections.map(({ title, refs }) => ({
      title,
      content: { type: 'entities', entityRefs: refs.slice(0, 6), columns: ['kind', 'owner'] },
    })),
  };
}

function systems({ catalog, translate }: HomeCardsDeps): CardContent | undefined {
  const refs = catalog.getEntityRefs().filter(ref => ref.startsWith('system:'));
  const bars = refs
    .map((entityRef): CardBar => {
      const parts = targetsOf(catalog, entityRef, 'hasPart');
      return {
        label: titleOf(catalog, entityRef),
        value: parts.length,
        text: translateCount(parts.length, { one: '{0} entity', other: '{0} entities' }),
        details: kindCounts(parts, translate, catalog.names),
        icon: 'layers',
        target: { type: 'entity', entityRef },
        ...(parts.length > 0 && { textTarget: listOf({ facets: { system: [entityRef] } }) }),
      };
    })
    .sort((a, b) => b.value - a.value);
  return bars.length ? { type: 'bars', bars: bars.slice(0, MAX_ROWS) } : undefined;
}

/** Numbers of entities that miss something, and of problems. Each leads to the list that it counts. */
async function health(deps: HomeCardsDeps, signal: AbortSignal): Promise<CardContent | undefined> {
  const { facts, translate } = deps;
  const coverage = await facts.coverage(signal);
  if (!coverage) return undefined;
  const { ownable, owned, documentable, documented } = coverage;
  const missing = (label: string, have: number, all: number, query: CatalogQuery): CardBar[] => {
    if (all === 0) return [];
    const count = all - have;
    const text = translate('{0} of {1}', formatNumber(count), formatNumber(all));
    const bar = { label, value: count, total: all, text } as const;
    return count === 0
      ? [{ ...bar, tone: 'good' }]
      : [{ ...bar, tone: 'warning', target: listOf(query) }];
  };
  const problems = problemBars(deps);
  const bars = [
    ...missing(translate('Without an owner'), owned, ownable, { only: ['withoutOwner'] }),
    ...missing(translate('Components without docs'), documented, documentable, {
      kind: 'component',
      only: ['withoutDocs'],
    }),
  ];
  const sections = [
    ...(bars.length ? [{ content: { type: 'bars', bars } as const }] : []),
    ...(problems.length
      ? [{ title: translate('Problems'), content: { type: 'bars', bars: problems } as const }]
      : []),
  ];
  return sections.length ? { type: 'sections', sections } : undefined;
}

/** Numbers of the workspace's problems by code, the most first. */
function problemBars({
  catalog,
  sources,
  translate,
}: Pick<HomeCardsDeps, 'catalog' | 'sources' | 'translate'>): readonly CardBar[] {
  const codes = new Map<string, { count: number; isBad: boolean }>();
  let total = 0;
  for (const { code, severity, file } of catalog.getProblems()) {
    // Problems in remote sources can't be fixed here.
    if (file !== undefined && sources.getSourceOf(file)) continue;
    total++;
    const { count = 0, isBad = false } = codes.get(code) ?? {};
    codes.set(code, { count: count + 1, isBad: isBad || severity === 'error' });
  }
  const bars = [...codes]
    .sort(([, a], [, b]) => b.count - a.count)
    .slice(0, MAX_CODES)
    .map(([code, { count, isBad }]) => problemBar(code, count, { code }, isBad));
  // The other codes have no bar of their own.
  return codes.size > MAX_CODES
    ? [...bars, problemBar(translate('All problems'), total, {}, false)]
    : bars;
}

/** A bar that leads to the problems that it counts. */
function problemBar(
  label: string,
  count: number,
  filter: { readonly code?: string },
  isBad: boolean,
): CardBar {
  return {
    label,
    value: count,
    text: formatNumber(count),
    tone: isBad ? 'bad' : 'warning',
    target: { type: 'command', command: 'callboard.problems.show', arguments: [filter] },
  };
}

/** The catalog page with a query. */
function listOf(query: CatalogQuery): LinkTarget {
  return { type: 'page', page: { page: 'catalog', query } };
}

function targetsOf(catalog: CatalogService, ref: string, type: string): readonly string[] {
  return catalog
    .getRelations(ref)
    .flatMap(relation => (relation.type === type ? relation.targetRef : []));
}

/** Returns the number of entities per kind: `Components: 29, APIs: 11`. */
function kindCounts(refs: readonly string[], translate: Translate, names: ModelNames): string {
  const counts = new Map<string, number>();
  for (const ref of refs) {
    const kind = ref.slice(0, ref.indexOf(':'));
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => kindOrder(a) - kindOrder(b) || (a < b ? -1 : 1))
    .map(([kind, count]) => `${kindPlural(kind, translate, names)}: ${formatNumber(count)}`)
    .join(', ');
}

function titleOf(catalog: CatalogService, ref: string): string {
  const entity = catalog.getEntityByRef(ref);
  return entity ? entityTitle(entity) : ref;
}

function isErrorOrWarning({ severity }: Problem): boolean {
  return severity === 'error' || severity === 'warning';
}
