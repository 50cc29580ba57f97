import type { StarredEntitiesService, StateService } from '../../../../api';
import { type Disposable, Emitter, type Event } from '../../../../base';

const KEY = 'catalog.starred';

/**
 * The entities that the user marked in this workspace, by ref. A ref stays starred while its entity
 * is away, as when another branch is checked out.
 */
export class StarredEntities implements StarredEntitiesService, Disposable {
  #state: StateService;
  #refs: Set<string>;
  #changed = new Emitter<ReadonlySet<string>>();

  /** Carries the refs that gained or lost their star. */
  readonly onDidChange: Event<ReadonlySet<string>> = this.#changed.event;

  constructor(state: StateService) {
    this.#state = state;
    const stored = state.get(KEY);
    this.#refs = new Set(
      Array.isArray(stored) ? stored.filter(ref => typeof ref === 'string') : [],
    );
  }

  has(ref: string): boolean {
    return this.#refs.has(ref);
  }

  all(): readonly string[] {
    return [...this.#refs].sort();
  }

  async set(ref: string, starred: boolean): Promise<void> {
    if (starred === this.#refs.has(ref)) return;
    if (starred) this.#refs.add(ref);
    else this.#refs.delete(ref);
    this.#changed.fire(new Set([ref]));
    await this.#state.set(KEY, this.all());
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
