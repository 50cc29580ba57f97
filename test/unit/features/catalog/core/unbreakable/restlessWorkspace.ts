import fc from 'fast-check';
import { silentLogger } from '../../../../../../src/base';
import {
  CatalogEngine,
  type CatalogOptions,
  defaultCatalogOptions,
} from '../../../../../../src/features/catalog/core';
import { snapshotIn } from '../../../../../../src/features/catalog/core/snapshot';
import type { BackstageSetup } from '../../../../../../src/features/catalog/core/configuredBackstage/config/backstageSetup';
import { type Entity, type Problem, stringifyEntityRef } from '../../../../../../src/model';
import { ChangeQueue, OverlayFileSystem } from '../../../../../../src/platform/core/files';
import type { FileChange } from '../../../../../../src/platform/core/ports';
import { aSetup } from '../../../../../support/backstageCatalog';
import {
  type HistoryOperation,
  historyOperation,
  historyStart,
  historyText,
  perform,
} from '../../../../../support/catalogHistory';
import { InMemoryBlobStore } from '../../../../../support/inMemoryBlobStore';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { TamperedFileSystem } from '../../../../../support/tamperedFileSystem';
import { at, root } from '../../../../../support/testCatalog';
import { TestClock } from '../../../../../support/testClock';

/** Events in an editor as plain data, for readable counterexamples. */
export type Step = {
  /** After this many file accesses of the current operation; at once if there is none. */
  readonly after: number;
} & (
  | {
      readonly do: 'files';
      readonly operations: readonly HistoryOperation[];
      readonly delivery: 'once' | 'twice' | 'backwards' | 'one by one' | 'late';
    }
  | { readonly do: 'type'; readonly path: string; readonly text: string | undefined }
  | { readonly do: 'roots'; readonly roots: readonly string[] }
  | { readonly do: 'options'; readonly options: keyof typeof OPTIONS }
  | { readonly do: 'refresh'; readonly cancelAfter: number | undefined }
  | { readonly do: 'mode'; readonly isBackstage: boolean }
  | { readonly do: 'save' }
);

const OPTIONS = {
  default: defaultCatalogOptions,
  'only yaml': { ...defaultCatalogOptions, include: ['**/*.yaml'] },
  'without c': { ...defaultCatalogOptions, exclude: ['**/c', 'a/b'] },
  'small files': { ...defaultCatalogOptions, maxFileSize: 300 },
  'silent about references': {
    ...defaultCatalogOptions,
    severities: { 'dangling-reference': 'off' },
  },
  'custom kind': {
    ...defaultCatalogOptions,
    customKinds: [
      {
        kind: 'Deployment',
        apiVersions: ['apps/v1'],
        relations: [{ field: 'spec.owner', type: 'ownedBy', inverse: 'ownerOf' }],
      },
    ],
  },
} satisfies Record<string, CatalogOptions>;

const ROOTS = [['work'], ['work', 'work/a', 'other'], ['work/a', 'work'], ['work/c'], []];

const CONFIG = `catalog:
  rules:
    - allow: [Component, API, Group, Location, Template]
  locations:
    - { type: file, target: ./first/catalog-info.yaml }
    - { type: file, target: './a/*.y*ml' }
    - { type: file, target: ./c/x.yaml }
    - { type: file, target: ./catalog-info.yaml }
`;

const BACKSTAGE = aSetup({ configs: [at('app-config.yaml')] });

const typedPaths = ['catalog-info.yaml', 'a/x.yaml', 'a/notes.txt', 'c/spec.yaml'];

const after = fc.oneof(fc.constant(0), fc.nat({ max: 30 }));

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('files' as const),
      after,
      operations: fc.array(historyOperation, { minLength: 1, maxLength: 4 }),
      delivery: fc.constantFrom('once', 'once', 'twice', 'backwards', 'one by one', 'late'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('type' as const),
      after,
      path: fc.constantFrom(...typedPaths),
      text: fc.option(historyText, { nil: undefined }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('roots' as const),
      after,
      roots: fc.constantFrom(...ROOTS),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('options' as const),
      after,
      options: fc.constantFrom(...Object.keys(OPTIONS)) as fc.Arbitrary<keyof typeof OPTIONS>,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('refresh' as const),
      after,
      cancelAfter: fc.option(fc.nat({ max: 30 }), { nil: undefined }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('mode' as const),
      after,
      isBackstage: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('save' as const), after }) },
);

export const steps = fc.array(step, { minLength: 1, maxLength: 12 });

/**
 * A workspace with events during a catalog read. Its engine receives changes as in the editor:
 * through a queue that merges them, with one refresh at a time.
 */
export class RestlessWorkspace {
  readonly engine: CatalogEngine;
  readonly files = new InMemoryFileSystem();
  readonly disk: TamperedFileSystem;
  /** State of a follower that only requests what events name. */
  readonly known = { entities: new Map<string, Entity>(), problems: new Map<string, unknown>() };
  #typed = new Map<string, string>();
  #clock = new TestClock();
  #queue: ChangeQueue;
  #roots: readonly string[] = ['work'];
  #options: CatalogOptions = defaultCatalogOptions;
  #setup: BackstageSetup | undefined;
  #steps: Step[] = [];
  #countdown = 0;
  #heldBack: FileChange[] = [];
  #refresh = new AbortController();
  #cancelIn: number | undefined;
  #running = new Set<Promise<unknown>>();
  #isIncomplete = false;
  /** Unexpected rejections of the engine. */
  readonly failures: unknown[] = [];
  readonly store = new InMemoryBlobStore();
  /**
   * Called before each disk access that can fail; its exception is the result. Unresolvable links
   * are no failure.
   */
  fault: (() => void) | undefined;

  constructor({ isMerging }: { isMerging: boolean }) {
    const start = { ...historyStart, 'app-config.yaml': CONFIG };
    for (const [path, text] of Object.entries(start)) this.files.write(`/work/${path}`, text);
    this.disk = new TamperedFileSystem(this.files);
    this.disk.before = operation => {
      this.#onAccess();
      if (operation !== 'realPath') this.fault?.();
    };
    const clock = this.#clock;
    this.engine = new CatalogEngine({
      fileSystem: new OverlayFileSystem(this.disk, { getText: uri => this.#typed.get(uri) }),
      clock,
      logger: silentLogger,
      snapshot: snapshotIn(this.store, '1'),
    });
    this.engine.onDidChange(({ entityRefs, files }) => {
      for (const ref of entityRefs) {
        const entity = this.engine.getEntityByRef(ref);
        if (entity) this.known.entities.set(ref, entity);
        else this.known.entities.delete(ref);
      }
      for (const file of files) {
        const problems = this.engine.getProblems({ file });
        if (problems.length) this.known.problems.set(file, problems);
        else this.known.problems.delete(file);
      }
    });
    const pause = { quiet: 0, longest: 0 };
    this.#queue = new ChangeQueue({
      clock,
      logger: { ...silentLogger, error: (_, error) => this.failures.push(error) },
      few: pause,
      many: pause,
      manyFiles: 50,
      apply: changes => this.engine.applyChanges(changes),
    });
    this.#tell = isMerging
      ? changes => {
          this.#queue.add(changes);
          this.#watch(this.#queue.whenIdle());
        }
      : changes => this.#watch(this.engine.applyChanges(changes));
  }

  /** Performs the steps and waits until all their effects have ended. */
  async live(steps: readonly Step[]): Promise<void> {
    this.#startRefresh();
    this.#steps = [...steps];
    this.#countdown = this.#steps[0]?.after ?? 0;
    do {
      await this.#flush();
      this.#next();
    } while (this.#steps.length);
    await this.#flush();
    this.#tell(this.#heldBack.splice(0).reverse());
    await this.#flush();
    // A refresh that the user canceled is requested again.
    if (this.#isIncomplete) this.#startRefresh();
    await this.#flush();
  }

  /**
   * A server keeps old versions of failed entities since its start: only a new one can be compared.
   */
  async forgetHistory(): Promise<void> {
    if (this.engine.mode === 'backstage') await this.engine.refresh();
  }

  /** Starts on the current files, with or without the last saved snapshot. */
  async start({
    isWarm,
    isFaulty = false,
  }: {
    isWarm: boolean;
    isFaulty?: boolean;
  }): Promise<CatalogEngine> {
    const disk = isFaulty ? this.disk : this.files;
    const engine = new CatalogEngine({
      fileSystem: new OverlayFileSystem(disk, { getText: uri => this.#typed.get(uri) }),
      clock: this.#clock,
      logger: silentLogger,
      options: this.#options,
      ...(isWarm && { snapshot: snapshotIn(this.store, '1') }),
    });
    engine.setRoots(this.#roots.map(root));
    engine.setBackstage(this.#setup);
    await engine.refresh();
    return engine;
  }

  #tell: (changes: readonly FileChange[]) => void;

  #onAccess(): void {
    if (this.#cancelIn !== undefined && this.#cancelIn-- <= 0) {
      this.#cancelIn = undefined;
      this.#isIncomplete = true;
      this.#refresh.abort();
    }
    if (this.#steps.length && this.#countdown-- <= 0) this.#next();
  }

  #next(): void {
    const step = this.#steps.shift();
    if (!step) return;
    this.#countdown = this.#steps[0]?.after ?? 0;
    switch (step.do) {
      case 'files':
        return this.#change(step);
      case 'type': {
        const uri = at(step.path);
        if (step.text === undefined) this.#typed.delete(uri);
        else this.#typed.set(uri, step.text);
        return this.#tell([{ type: 'changed', uri }]);
      }
      case 'roots':
        this.#roots = step.roots;
        return this.#startRefresh();
      case 'options':
        this.#options = OPTIONS[step.options];
        return this.#startRefresh();
      case 'refresh':
        this.#startRefresh();
        this.#cancelIn = step.cancelAfter;
        return;
      case 'mode':
        this.#setup = step.isBackstage ? BACKSTAGE : undefined;
        return this.#startRefresh();
      case 'save':
        this.#watch(this.engine.save());
    }
  }

  #change({ operations, delivery }: Extract<Step, { do: 'files' }>): void {
    const changes = operations.flatMap(operation => perform(operation, this.files));
    switch (delivery) {
      case 'once':
        return this.#tell(changes);
      case 'twice':
        this.#tell([...changes, ...changes]);
        return this.#tell(changes);
      case 'backwards':
        return this.#tell([...changes].reverse());
      case 'one by one':
        for (const change of changes) this.#tell([change]);
        return;
      case 'late':
        // Held-back changes come after later ones.
        this.#tell(this.#heldBack.splice(0));
        this.#heldBack.push(...changes);
    }
  }

  /** Like the editor: a new refresh replaces a running one. */
  #startRefresh(): void {
    this.#refresh.abort();
    const refresh = new AbortController();
    this.#refresh = refresh;
    this.#cancelIn = undefined;
    this.#isIncomplete = false;
    this.engine.setRoots(this.#roots.map(root));
    this.engine.setOptions(this.#options);
    this.engine.setBackstage(this.#setup);
    this.#watch(
      this.engine.refresh({ signal: refresh.signal }).catch((error: unknown) => {
        if (!refresh.signal.aborted) throw error;
      }),
    );
  }

  #watch(promise: Promise<unknown>): void {
    const watched = promise
      .catch((error: unknown) => this.failures.push(error))
      .finally(() => this.#running.delete(watched));
    this.#running.add(watched);
  }

  async #flush(): Promise<void> {
    while (this.#running.size) await Promise.all(this.#running);
  }
}

/** State of a client that requests everything at once. */
export function allThatIsKnown(engine: CatalogEngine): RestlessWorkspace['known'] {
  const problems = new Map<string, Problem[]>();
  for (const problem of engine.getProblems()) {
    const { file = '' } = problem;
    problems.set(file, [...(problems.get(file) ?? []), problem]);
  }
  return {
    entities: new Map(engine.getEntities().map(entity => [stringifyEntityRef(entity), entity])),
    problems,
  };
}
