import type { CatalogChangeEvent, ProblemSource, ProblemSourcesExtensionPoint } from '../../../api';
import { type Disposable, DisposableStore, Emitter, type Event, onDemand } from '../../../base';
import type { Problem } from '../../../model';
import { PluginFailures } from './pluginFailures';
import { assertIsProblemSource } from './problemSource';
import type { ContributedProblems, ContributedProblemsDeps } from './contributedProblems';

/** Problems reported by plugins. The code that collects them is loaded with the first source. */
export class LazyProblems implements ProblemSourcesExtensionPoint, Disposable {
  #failures: PluginFailures;
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<CatalogChangeEvent>());
  #loaded: ContributedProblems | undefined;
  #load: () => Promise<ContributedProblems>;

  readonly onDidChange: Event<CatalogChangeEvent> = this.#changed.event;

  constructor(deps: ContributedProblemsDeps) {
    this.#failures = new PluginFailures(deps);
    this.#load = onDemand(async () => {
      const { ContributedProblems } = await import('./contributedProblems');
      const problems = this.#store.add(new ContributedProblems(deps));
      this.#store.add(problems.onDidChange(event => this.#changed.fire(event)));
      return (this.#loaded = problems);
    });
  }

  addProblemSource(source: ProblemSource): Disposable {
    assertIsProblemSource(source);
    const store = new DisposableStore();
    this.#load()
      .then(problems => {
        if (!store.isDisposed && !this.#store.isDisposed)
          store.add(problems.addProblemSource(source));
      })
      .catch((error: unknown) => this.#failures.report(source, 'onDidChangeProblems', error));
    return store;
  }

  getProblems(request?: Parameters<ContributedProblems['getProblems']>[0]): readonly Problem[] {
    return this.#loaded?.getProblems(request) ?? [];
  }

  dispose(): void {
    this.#store.dispose();
  }
}
