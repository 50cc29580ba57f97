import { type Disposable, Emitter, type Event } from '../../../../base';
import type { FileChange } from '../../../../platform/core/ports';
import type {
  CatalogSource,
  FindWantedRefs,
  IndexState,
  SourceCounts,
} from '../../../catalog/core';
import { emptyIndexState } from '../../../catalog/core/reader';
import { countSourceEntities } from '../../../catalog/core/shared';
import type { RemoteSource, SourceConfig } from '../types';

/** Base class for sources whose description comes from their config. */
export abstract class ConfiguredSource<T extends SourceConfig> {
  readonly config: T;

  constructor(config: T) {
    this.config = config;
  }

  get id(): string {
    return this.config.id;
  }

  get name(): string {
    return this.config.name;
  }

  get allow(): readonly string[] {
    return this.config.allow;
  }
}

type Read = CatalogSource['read'];
type ApplyChanges = NonNullable<CatalogSource['applyChanges']>;

/**
 * Placeholder of a source in the catalog, which keeps its place in the order of conflicts: empty until the source
 * is opened. Counts the entities of the last read.
 */
export class SourcePlaceholder
  extends ConfiguredSource<SourceConfig>
  implements CatalogSource, Disposable
{
  readonly #changed = new Emitter<readonly FileChange[] | undefined>();
  readonly onDidChange: Event<readonly FileChange[] | undefined> = this.#changed.event;
  readonly #onCount: () => void;
  #source: RemoteSource | undefined;
  #subscription: Disposable | undefined;
  #find: FindWantedRefs | undefined;
  #counts: SourceCounts = { entities: 0, notAllowed: [] };

  /** @param onCount - called when the number of entities changes */
  constructor(config: SourceConfig, onCount: () => void) {
    super(config);
    this.#onCount = onCount;
  }

  get reportsProblems(): boolean {
    return this.#source?.reportsProblems ?? true;
  }

  get isPartial(): boolean {
    return this.#source?.isPartial ?? false;
  }

  /** Number of entities in the copy when it was last read. */
  get counts(): SourceCounts {
    return this.#counts;
  }

  /** Sets the opened source. */
  set(source: RemoteSource): void {
    this.#subscription?.dispose();
    this.#source = source;
    this.#subscription = source.onDidChange(changes => this.#changed.fire(changes));
    if (this.#find) source.onCatalogChange?.(this.#find);
    this.#changed.fire(undefined);
  }

  onCatalogChange(find: FindWantedRefs): void {
    this.#find = find;
    this.#source?.onCatalogChange?.(find);
  }

  async read(...[session, options]: Parameters<Read>): Promise<IndexState> {
    const state = (await this.#source?.read(session, options)) ?? emptyIndexState;
    this.#count(state);
    return state;
  }

  async applyChanges(
    ...[changes, session, options]: Parameters<ApplyChanges>
  ): Promise<IndexState | undefined> {
    const state = await this.#source?.applyChanges?.(changes, session, options);
    if (state) this.#count(state);
    return state;
  }

  async readRecord(
    ...[uri, session]: Parameters<NonNullable<CatalogSource['readRecord']>>
  ): ReturnType<NonNullable<CatalogSource['readRecord']>> {
    return this.#source?.readRecord?.(uri, session);
  }

  displayPath(uri: string): string {
    return this.#source?.displayPath(uri) ?? uri;
  }

  locationOf(uri: string): string | undefined {
    return this.#source?.locationOf?.(uri);
  }

  dispose(): void {
    this.#subscription?.dispose();
    this.#changed.dispose();
  }

  #count({ files }: IndexState): void {
    const counts = countSourceEntities(files.values(), this.allow);
    const isSame = JSON.stringify(counts) === JSON.stringify(this.#counts);
    this.#counts = counts;
    if (!isSame) this.#onCount();
  }
}
