import type { CatalogChangeEvent, ProblemSource, ProblemSourcesExtensionPoint } from '../../api';
import { type Disposable, Emitter, type Event, toDisposable } from '../../base';
import type { Problem } from '../../model';
import type { SeveritySettings } from '../catalog';

export interface ContributedProblemsDeps {
  readonly options: { readonly severities: SeveritySettings };
  readonly onDidChangeStatus: Event<unknown>;
}

/** What plugins say of files, by the user's severities: beside what the engine finds, and never part of it. */
export class ContributedProblems implements ProblemSourcesExtensionPoint {
  #engine: ContributedProblemsDeps;
  #severities: SeveritySettings;
  #bySource = new Map<ProblemSource, Map<string, readonly Problem[]>>();
  #changed = new Emitter<CatalogChangeEvent>();

  readonly onDidChange: Event<CatalogChangeEvent> = this.#changed.event;

  constructor(engine: ContributedProblemsDeps) {
    this.#engine = engine;
    this.#severities = engine.options.severities;
    engine.onDidChangeStatus(() => {
      const { severities } = engine.options;
      if (severities === this.#severities) return;
      this.#severities = severities;
      this.#tell([...this.#bySource.values()].flatMap(files => [...files.keys()]));
    });
  }

  addProblemSource(source: ProblemSource): Disposable {
    const byFile = new Map<string, readonly Problem[]>();
    this.#bySource.set(source, byFile);
    const subscription = source.onDidChangeProblems(files => {
      for (const file of files) {
        const problems = source.getProblems(file);
        if (problems.length) byFile.set(file, problems);
        else byFile.delete(file);
      }
      this.#tell(files);
    });
    return toDisposable(() => {
      subscription.dispose();
      this.#bySource.delete(source);
      this.#tell(byFile.keys());
    });
  }

  getProblems({ file, entityRef }: { file?: string; entityRef?: string } = {}): readonly Problem[] {
    const { severities } = this.#engine.options;
    const ref = entityRef?.toLowerCase();
    return [...this.#bySource.values()]
      .flatMap(byFile =>
        file === undefined ? [...byFile.values()].flat() : (byFile.get(file) ?? []),
      )
      .filter(problem => ref === undefined || problem.entityRef === ref)
      .flatMap(problem => {
        const { code } = problem;
        const severity = Object.hasOwn(severities, code) ? severities[code] : undefined;
        return severity === 'off' ? [] : severity ? { ...problem, severity } : problem;
      });
  }

  #tell(files: Iterable<string>): void {
    const changed = new Set(files);
    if (changed.size) this.#changed.fire({ entityRefs: new Set(), files: changed });
  }
}
