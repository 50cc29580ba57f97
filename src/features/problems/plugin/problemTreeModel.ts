import {
  type CatalogChangeEvent,
  type CatalogService,
  compareNaturally,
  type Disposable,
  DisposableStore,
  Emitter,
  type Event,
  type IdentityService,
  type Problem,
  type Translate,
} from '../../../api';
import {
  compareSeverity,
  compileProblemFilter,
  everything,
  type ProblemFilter,
} from './problemFilter';
import { ProblemIndex } from './problemIndex';
import {
  failedSourceOf,
  type MoreProblemsNode,
  type ProblemGrouping,
  type ProblemGroupNode,
  type ProblemLeafNode,
  type ProblemNode,
  type ProblemPresentation,
  presentProblemNode,
  subjectOf,
} from './problemPresentation';

/** Number of rows per page of a long list. VS Code is slow with thousands of rows. */
export const PAGE_SIZE = 500;

export interface ProblemTreeModelDeps {
  readonly catalog: CatalogService;
  readonly identity: IdentityService;
  readonly translate: Translate;
  /** Returns the display path of a file. */
  readonly displayPath: (uri: string) => string;
  /** Returns the source of a copied file (a URI); undefined for workspace files. */
  readonly sourceOf: (file: string) => string | undefined;
  /** Debounces refreshes. */
  schedule(run: () => void): void;
  /** Runs work in slices, and yields the thread in between. */
  runInSlices(work: Generator<void, void>): void;
}

/** Number of problems in the workspace. Problems in remote sources can't be fixed here. */
export interface ProblemCounts {
  readonly shown: number;
  readonly total: number;
  /** Number of errors after filtering. */
  readonly errors: number;
}

interface Groups {
  readonly nodes: readonly ProblemGroupNode[];
  readonly counts: ProblemCounts;
}

/**
 * Model of the Catalog Health view, independent of VS Code. Applies changes in slices; the old rows stay until then. Groups
 * and their rows are built on demand.
 */
export class ProblemTreeModel implements Disposable {
  #deps: ProblemTreeModelDeps;
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<void>());
  #index: ProblemIndex;
  #grouping: ProblemGrouping = 'entity';
  #filter = everything;
  #groups: Groups | undefined;
  /** Number of visible rows of long lists by group id; `''` for the groups. */
  #shown = new Map<string, number>();
  #pending: CatalogChangeEvent[] = [];
  #isApplying = false;
  #isChanged = false;
  #scheduled = false;

  /** Fires when any row may have changed. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(deps: ProblemTreeModelDeps) {
    this.#deps = deps;
    this.#index = new ProblemIndex(deps.catalog);
    this.#store.add(
      deps.catalog.onDidChange(event => {
        this.#pending.push(event);
        this.#schedule();
      }),
    );
    this.#store.add(
      deps.identity.onDidChange(() => {
        if (this.#filter.ownedByMe) this.#rebuild();
      }),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }

  get grouping(): ProblemGrouping {
    return this.#grouping;
  }

  get filter(): ProblemFilter {
    return this.#filter;
  }

  get counts(): ProblemCounts {
    return this.#getGroups().counts;
  }

  setGrouping(grouping: ProblemGrouping): void {
    this.#grouping = grouping;
    this.#shown.clear();
    this.#rebuild();
  }

  setFilter(filter: ProblemFilter): void {
    this.#filter = filter;
    this.#shown.clear();
    this.#rebuild();
  }

  getChildren(node?: ProblemNode): readonly ProblemNode[] {
    if (!node) return this.#page(undefined, this.#getGroups().nodes);
    if (node.type !== 'group') return [];
    const ids = new Map<string, number>();
    return this.#page(
      node,
      [...node.problems].sort(byPlace).map((problem): ProblemLeafNode => {
        // Without line numbers, so that a row keeps its id when lines above it change.
        const id = `${node.id}\n${problem.code} ${problem.file ?? ''} ${problem.message}`;
        const twin = ids.get(id) ?? 0;
        ids.set(id, twin + 1);
        return { type: 'problem', id: `${id} ${twin}`, parent: node, problem };
      }),
    );
  }

  getParent(node: ProblemNode): ProblemNode | undefined {
    return node.type === 'group' ? undefined : node.parent;
  }

  present(node: ProblemNode): ProblemPresentation {
    const { catalog, translate, displayPath } = this.#deps;
    return presentProblemNode(node, {
      translate,
      displayPath,
      titleOf(ref) {
        const title = catalog.getEntityByRef(ref)?.metadata['title'];
        return typeof title === 'string' && title.trim() ? title.replace(/\s+/g, ' ') : undefined;
      },
    });
  }

  /** Shows the next page of a list. */
  showMore({ parent }: MoreProblemsNode): void {
    const id = parent?.id ?? '';
    this.#shown.set(id, (this.#shown.get(id) ?? PAGE_SIZE) + PAGE_SIZE);
    this.refreshAll();
  }

  /** Requests every row again. */
  refreshAll(): void {
    this.#changed.fire();
  }

  #page(
    parent: ProblemGroupNode | undefined,
    nodes: readonly ProblemNode[],
  ): readonly ProblemNode[] {
    const id = parent?.id ?? '';
    const size = this.#shown.get(id) ?? PAGE_SIZE;
    const remaining = nodes.length - size;
    if (remaining <= 0) return nodes;
    return [...nodes.slice(0, size), { type: 'more', id: `${id}\nmore`, parent, remaining }];
  }

  #getGroups(): Groups {
    this.#groups ??= this.#buildGroups();
    return this.#groups;
  }

  #buildGroups(): Groups {
    const { catalog, identity, sourceOf } = this.#deps;
    const matches = compileProblemFilter(this.#filter, {
      catalog,
      ownershipRefs: identity.getOwnershipRefs(),
    });
    const by = this.#grouping;
    const byKey = new Map<string, Problem[]>();
    const bySource = new Map<string, Problem[]>();
    let [total, shown, errors] = [0, 0, 0];
    for (const problem of this.#index.all()) {
      const source = problem.file === undefined ? undefined : sourceOf(problem.file);
      if (source !== undefined) {
        if (this.#filter.code === undefined && matches(problem)) put(bySource, source, problem);
        continue;
      }
      total++;
      if (!matches(problem)) continue;
      shown++;
      if (problem.severity === 'error') errors++;
      const failedSource = failedSourceOf(problem);
      if (failedSource !== undefined) put(bySource, failedSource, problem);
      else put(byKey, by === 'code' ? problem.code : subjectOf(problem), problem);
    }
    const nodes = groupsOf(byKey, by);
    nodes.sort(
      (a, b) =>
        compareSeverity(a.severity, b.severity) ||
        (by === 'code' ? b.problems.length - a.problems.length : 0) ||
        compareNaturally(a.key, b.key),
    );
    const others = groupsOf(bySource, 'source');
    others.sort((a, b) => compareNaturally(a.key, b.key));
    return { nodes: [...nodes, ...others], counts: { shown, total, errors } };
  }

  #rebuild(): void {
    this.#markChanged();
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#deps.schedule(() => {
      this.#scheduled = false;
      // Changes during an update are applied after it.
      if (this.#store.isDisposed || this.#isApplying) return;
      this.#isApplying = true;
      this.#deps.runInSlices(this.#applyPending());
    });
  }

  *#applyPending(): Generator<void, void> {
    try {
      for (let event = this.#pending.shift(); event; event = this.#pending.shift()) {
        if (yield* this.#index.update(event)) this.#markChanged();
      }
    } finally {
      this.#isApplying = false;
    }
    if (this.#store.isDisposed || !this.#isChanged) return;
    this.#isChanged = false;
    this.#changed.fire();
  }

  #markChanged(): void {
    this.#groups = undefined;
    this.#isChanged = true;
  }
}

function put(groups: Map<string, Problem[]>, key: string, problem: Problem): void {
  const known = groups.get(key);
  if (known) known.push(problem);
  else groups.set(key, [problem]);
}

function groupsOf(
  groups: ReadonlyMap<string, readonly Problem[]>,
  by: ProblemGroupNode['by'],
): ProblemGroupNode[] {
  return [...groups].map(([key, problems]) => ({
    type: 'group',
    id: `${by} ${key}`,
    by,
    key,
    problems,
    severity: worst(problems),
  }));
}

function worst(problems: readonly Problem[]): Problem['severity'] {
  return problems
    .map(({ severity }) => severity)
    .reduce((a, b) => (compareSeverity(a, b) <= 0 ? a : b));
}

function byPlace(a: Problem, b: Problem): number {
  return (
    compareSeverity(a.severity, b.severity) ||
    (a.file === b.file ? 0 : (a.file ?? '') < (b.file ?? '') ? -1 : 1) ||
    a.range.start.line - b.range.start.line ||
    a.range.start.character - b.range.start.character
  );
}

/**
 * Whether the catalog has problems to show: it is loaded, or restored from the last start while it is checked.
 * Otherwise the welcome view explains the state.
 */
export function isKnown(catalog: CatalogService): boolean {
  return catalog.status === 'ready' || catalog.getEntityRefs().length > 0;
}

/** Whether the problems may still change while the catalog is checked. */
export function isBeingChecked(catalog: CatalogService): boolean {
  return isKnown(catalog) && catalog.status === 'indexing';
}
