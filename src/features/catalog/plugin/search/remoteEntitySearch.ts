import {
  type CatalogService,
  type CatalogSources,
  type Disposable,
  Emitter,
  type Logger,
  readEntityRef,
  readPartialRef,
  type SourceEntities,
  type SourceEntity,
  type SourceEntityQuery,
  stringifyEntityRef,
  type Translate,
  withoutIcons,
} from '../../../../api';

export interface RemoteEntitySearchDeps {
  readonly sources: Pick<CatalogSources, 'findEntities' | 'getSources'>;
  readonly catalog: Pick<CatalogService, 'getEntityByRef'>;
  readonly logger: Logger;
  readonly translate: Translate;
}

/** Minimum number of letters; fewer match too much. */
const SHORTEST = 2;
/** Number of results to request per source, and to show. */
const ASKED = 100;
const SHOWN = 20;

/** Searches partly loaded sources while the user types; a new query replaces the previous one. */
export class RemoteEntitySearch implements Disposable {
  readonly #deps: RemoteEntitySearchDeps;
  readonly #changed = new Emitter<void>();
  #asking: { readonly typed: string; readonly ending: AbortController } | undefined;
  #answers: readonly SourceEntities[] = [];
  #isBusy = false;

  readonly onDidChange = this.#changed.event;

  constructor(deps: RemoteEntitySearchDeps) {
    this.#deps = deps;
  }

  /** Whether sources haven't responded yet. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Results by source, each under a heading, or with the source's error. */
  get rows(): readonly RemoteEntityRow[] {
    const { translate } = this.#deps;
    const rows = this.found.flatMap(
      ({ source, entities, hasMore, failure }): readonly RemoteEntityRow[] => {
        if (failure !== undefined) {
          const label = translate("Can't search {0}", source);
          return [
            { type: 'failure', label: withoutIcons(label), description: withoutIcons(failure) },
          ];
        }
        if (!entities.length) return [];
        return [
          { type: 'heading', label: translate('on {0}', source) },
          ...entities.map(({ ref, title, name, type }): RemoteEntityRow => ({
            type: 'entity',
            ref,
            label: withoutIcons(title ?? name),
            description: withoutIcons([ref, type, source].filter(Boolean).join(' · ')),
          })),
          ...(hasMore ? [{ type: 'heading', label: translate('type to see more') } as const] : []),
        ];
      },
    );
    const { unknownRef } = this;
    if (unknownRef === undefined) return rows;
    const label = withoutIcons(translate('Find {0}', unknownRef));
    const description = translate('in connected Backstage sources');
    return [...rows, { type: 'entity', ref: unknownRef, label, description }];
  }

  /** Responses to the last query in order of arrival, without duplicates. */
  get found(): readonly RemoteEntityGroup[] {
    const { catalog } = this.#deps;
    const known = new Set<string>();
    const text = readPartialRef(this.#asking?.typed ?? '').text.toLowerCase();
    return this.#answers.map(({ source, entities, isComplete, failure }) => {
      const others = entities.filter(({ ref }) => {
        if (known.has(ref) || catalog.getEntityByRef(ref)) return false;
        known.add(ref);
        return true;
      });
      return {
        source: source.name,
        failure,
        entities: others.toSorted((a, b) => rank(a, text) - rank(b, text)).slice(0, SHOWN),
        hasMore: !isComplete || others.length > SHOWN,
      };
    });
  }

  /** A typed full ref of an unknown entity that a Backstage may have; undefined if none is typed. */
  get unknownRef(): string | undefined {
    const typed = this.#asking?.typed ?? '';
    if (!/^[^\s:/]+:[^\s:/]+\/[^\s:/]+$/.test(typed)) return undefined;
    const parsed = readEntityRef(typed);
    if (!parsed.ok) return undefined;
    const ref = stringifyEntityRef(parsed.value);
    const { catalog, sources } = this.#deps;
    const isKnown =
      catalog.getEntityByRef(ref) !== undefined ||
      this.#answers.some(({ entities }) => entities.some(entity => entity.ref === ref));
    const canAsk = sources.getSources().some(({ type }) => type === 'backstage');
    return isKnown || !canAsk ? undefined : ref;
  }

  /** Searches for typed text. Repeated calls with the same text have no effect. */
  async type(query: string): Promise<void> {
    const typed = query.trim();
    if (typed === this.#asking?.typed) return;
    this.#asking?.ending.abort();
    const ending = new AbortController();
    const { signal } = ending;
    this.#asking = { typed, ending };
    this.#answers = [];
    const wanted = queryOf(typed);
    this.#isBusy = wanted !== undefined && this.#canAsk();
    this.#changed.fire();
    if (!wanted || !this.#isBusy) return;
    try {
      await this.#deps.sources.findEntities(wanted, {
        signal,
        onAnswer: answer => {
          this.#answers = [...this.#answers, answer];
          this.#changed.fire();
        },
      });
    } catch (error) {
      if (!signal.aborted) this.#deps.logger.error('Sources could not be searched', error);
    }
    if (signal.aborted) return;
    this.#isBusy = false;
    this.#changed.fire();
  }

  dispose(): void {
    this.#asking?.ending.abort();
    this.#changed.dispose();
  }

  #canAsk(): boolean {
    return this.#deps.sources.getSources().some(({ part }) => part);
  }
}

function queryOf(typed: string): SourceEntityQuery | undefined {
  const { kind, namespace, text } = readPartialRef(typed);
  // A kind and a namespace are a sufficient query too.
  if ([...text].length < SHORTEST && namespace === undefined) return undefined;
  return {
    text,
    limit: ASKED,
    ...(kind !== undefined && { kinds: [kind] }),
    ...(namespace !== undefined && { namespace }),
  };
}

/** Ranks a match, lower is better; equal matches keep their order by name. */
function rank({ name, title = '' }: SourceEntity, text: string): number {
  const names = [name.toLowerCase(), title.toLowerCase()];
  if (names.includes(text)) return 0;
  if (names.some(each => each.startsWith(text))) return 1;
  return names[0]?.includes(text) ? 2 : 3;
}

/** Results of one source. */
interface RemoteEntityGroup {
  /** Name of the source as shown to users. */
  readonly source: string;
  /** Entities that the catalog doesn't have, best match first. */
  readonly entities: readonly SourceEntity[];
  /** Whether there may be more results. */
  readonly hasMore: boolean;
  /** Error message, as a sentence. */
  readonly failure: string | undefined;
}

/** A row of results from sources, without icons in its untrusted texts. */
type RemoteEntityRow = { readonly label: string; readonly description?: string } & (
  | { readonly type: 'heading' | 'failure' }
  /** An entity to fetch, with its full ref. */
  | { readonly type: 'entity'; readonly ref: string }
);
