import type { CatalogService, RecentEntitiesService, StateService } from '../../../../api';
import { type Disposable, Emitter, type Event, type Logger } from '../../../../base';

const KEY = 'portal.recent';
/** As many as anybody goes back to. */
const MAX = 20;

type Way = 'viewed' | 'edited';

/** Remembers what the user looked at and edited, by refs. */
export class RecentEntities implements RecentEntitiesService, Disposable {
  #state: StateService;
  #catalog: CatalogService;
  #logger: Logger;
  #refs: Record<Way, readonly string[]>;
  #changed = new Emitter<void>();

  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(deps: { state: StateService; catalog: CatalogService; logger: Logger }) {
    this.#state = deps.state;
    this.#catalog = deps.catalog;
    this.#logger = deps.logger;
    const stored = deps.state.get(KEY);
    this.#refs = { viewed: readRefs(stored, 'viewed'), edited: readRefs(stored, 'edited') };
  }

  viewed(): readonly string[] {
    return this.#refs.viewed;
  }

  edited(): readonly string[] {
    return this.#refs.edited;
  }

  /** @param ref - full */
  view(ref: string): void {
    this.#add('viewed', [ref]);
  }

  /** @param file - URI of a file that was saved; of many entities in it, the first count */
  save(file: string): void {
    this.#add('edited', this.#catalog.getEntityRefsInFile(file).slice(0, MAX));
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #add(way: Way, refs: readonly string[]): void {
    if (!refs.length) return;
    const next = [...new Set([...refs, ...this.#refs[way]])].slice(0, MAX);
    if (next.join() === this.#refs[way].join()) return;
    this.#refs = { ...this.#refs, [way]: next };
    this.#changed.fire();
    this.#state.set(KEY, this.#refs).catch((error: unknown) => {
      this.#logger.error('What was looked at could not be kept', error);
    });
  }
}

/** What was kept may be anything. */
function readRefs(stored: unknown, way: Way): readonly string[] {
  if (typeof stored !== 'object' || stored === null || !(way in stored)) return [];
  const refs: unknown = (stored as Record<Way, unknown>)[way];
  return Array.isArray(refs) ? refs.filter(ref => typeof ref === 'string') : [];
}
