import {
  type CatalogService,
  type CatalogSourcesService,
  type Disposable,
  DisposableStore,
  Emitter,
  type Event,
  type FilesService,
  isAbort,
  type Logger,
  type Problem,
  type ProblemSource,
  type Translate,
} from '../../../../api';
import { type RenamedEntity, ServedPlaces } from './renamedEntity';

/** Problem codes of this check, like `problemSeverities` of the catalog. */
export const renameSeverities = {
  /** A Backstage has this entity under another name. */
  'renamed-in-backstage': 'info',
} as const;

/** Milliseconds to collect changes for. */
const DELAY = 1000;

export interface RenameWatchDeps {
  readonly catalog: CatalogService;
  readonly sources: CatalogSourcesService;
  readonly files: Pick<FilesService, 'exists' | 'readFile'>;
  readonly logger: Logger;
  readonly translate: Translate;
}

/** Tracks entities with different names in the workspace and on running Backstages. */
export class RenameWatch implements ProblemSource, Disposable {
  readonly #deps: RenameWatchDeps;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new Emitter<void>());
  readonly #changedProblems = this.#store.add(new Emitter<ReadonlySet<string>>());
  #renamed: readonly RenamedEntity[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = new AbortController();
  readonly #places = new ServedPlaces();

  readonly onDidChange: Event<void> = this.#changed.event;
  readonly onDidChangeProblems: Event<ReadonlySet<string>> = this.#changedProblems.event;

  constructor(deps: RenameWatchDeps) {
    this.#deps = deps;
    this.#store.add(deps.catalog.onDidChange(() => this.#lookSoon()));
    this.#store.add(deps.sources.onDidChange(() => this.#lookSoon()));
    this.#lookSoon();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#running.abort();
    this.#store.dispose();
  }

  /** Returns renames with a new or old ref. @param ref - full ref */
  of(ref: string): readonly RenamedEntity[] {
    return this.#renamed.filter(each => each.ref === ref || each.oldRef === ref);
  }

  getProblems(file: string): readonly Problem[] {
    return this.#renamed.flatMap(renamed =>
      renamed.file === file && renamed.ref !== undefined
        ? this.#problemOf({ ...renamed, ref: renamed.ref })
        : [],
    );
  }

  /** Checks for renames immediately. */
  async look(): Promise<void> {
    this.#running.abort();
    const { signal } = (this.#running = new AbortController());
    const { catalog, sources, files, logger } = this.#deps;
    try {
      const { findRenamed } = await import('./renamedEntities');
      const findAddresses = sources.findAddresses.bind(sources);
      const found = await findRenamed(
        { catalog, sources, files, findAddresses, places: this.#places },
        signal,
      );
      if (!signal.aborted) this.#set(found);
    } catch (error) {
      if (!isAbort(error)) logger.error("Can't compare names with Backstages", error);
    }
  }

  #lookSoon(): void {
    if (!this.#hasBackstage() && this.#renamed.length === 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.look(), DELAY);
  }

  #hasBackstage(): boolean {
    return this.#deps.sources.getSources().some(({ type }) => type === 'backstage');
  }

  #set(found: readonly RenamedEntity[]): void {
    const before = this.#renamed;
    this.#renamed = found;
    if (JSON.stringify(before) === JSON.stringify(found)) {
      // The position of the name may have changed.
      if (found.length > 0) this.#changedProblems.fire(new Set(found.map(({ file }) => file)));
      return;
    }
    this.#changedProblems.fire(new Set([...before, ...found].map(({ file }) => file)));
    this.#changed.fire();
  }

  #problemOf({
    ref,
    oldRef,
    sourceId,
    file,
    movedFrom,
  }: RenamedEntity & { readonly ref: string }): readonly Problem[] {
    const { catalog, sources, translate } = this.#deps;
    const place = catalog.getEntitySource(ref);
    const info = sources.getSources().find(({ id }) => id === sourceId);
    if (place?.file !== file || !info) return [];
    return [
      {
        code: 'renamed-in-backstage',
        severity: renameSeverities['renamed-in-backstage'],
        message:
          movedFrom === undefined
            ? translate(
                '{0} has this entity as {1}, from the same file. Both will exist until the old one is removed.',
                info.name,
                oldRef,
              )
            : translate(
                '{0} has this entity as {1}, from {2}. Both will exist until the old one is removed.',
                ...([info.name, oldRef, movedFrom] as const),
              ),
        file,
        document: place.document,
        range: place.nameRange,
        entityRef: ref,
      },
    ];
  }
}
