import {
  type CatalogChangeEvent,
  type CatalogService,
  type Disposable,
  DisposableStore,
  Emitter,
  type Event,
  type FilesService,
  type Logger,
  onDemand,
  type Problem,
  type ProblemSource,
  type Translate,
} from '../../../../api';
import type { DefinitionCheckerDeps } from '../../core';
import type { CheckOptions, DefinitionChecks } from './definitionChecks';
import { isApi, openApis, type OpenText } from './openApis';

/** The time in milliseconds in which changes are collected. */
const DELAY = 200;
/** The time in milliseconds between reports while many definitions are checked. */
const NEWS = 2_000;
/** The number of files beyond which all APIs are checked again, rather than those in the files. */
const MANY_FILES = 500;

export interface LiveDefinitionProblemsDeps {
  readonly catalog: CatalogService;
  readonly logger: Logger;
  readonly openTexts: () => readonly OpenText[];
  /** Whether to check APIs without an open text, too. Default: true. */
  readonly includesClosed?: boolean;
  /** Loads the checks on first use. */
  readonly loadChecks: () => Promise<Pick<DefinitionChecks, 'check' | 'problems'>>;
}

/**
 * Problems of the definitions of all APIs, from current files. Checks open definitions first, during typing, and the
 * others one by one, with pauses of the same length.
 */
export class LiveDefinitionProblems implements ProblemSource, Disposable {
  #deps: LiveDefinitionProblemsDeps;
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<ReadonlySet<string>>());
  #problems: ReadonlyMap<string, readonly Problem[]> = new Map();
  /** Whether all APIs of the catalog have been queued once. */
  #knowsAll = false;
  #waiting = new Set<string>();
  #open: ReadonlyMap<string, readonly OpenText[]> = new Map();
  #hasChecked = false;
  #isDue = false;
  #isWorking = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The duration of the last check of the open ones, in milliseconds. */
  #took = 0;

  readonly onDidChangeProblems: Event<ReadonlySet<string>> = this.#changed.event;

  constructor(deps: LiveDefinitionProblemsDeps) {
    this.#deps = deps;
    const { catalog } = deps;
    this.#store.add(catalog.onDidChange(change => this.#catalogChanged(change)));
    this.#store.add(catalog.onDidChangeStatus(() => this.lookSoon()));
    this.lookSoon();
  }

  getProblems(file: string): readonly Problem[] {
    return this.#problems.get(file) ?? [];
  }

  /** Schedules a check after a possible change of the open texts. */
  lookSoon(): void {
    clearTimeout(this.#timer);
    // A definition of several megabytes isn't checked after each letter.
    this.#timer = setTimeout(
      () => {
        this.#isDue = true;
        void this.#work();
      },
      Math.max(DELAY, this.#took),
    );
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#waiting.clear();
    this.#isDue = false;
    this.#store.dispose();
  }

  #catalogChanged({ entityRefs, files }: CatalogChangeEvent): void {
    this.lookSoon();
    const { catalog } = this.#deps;
    this.#add(entityRefs);
    // Text above a definition moves it.
    if (files.size > MANY_FILES) this.#add(catalog.getEntityRefs());
    else for (const file of files) this.#add(catalog.getEntityRefsInFile(file));
  }

  /** Queues APIs. Until all are known, only those of open texts. */
  #add(refs: Iterable<string>): void {
    for (const ref of refs) {
      if (isApi(ref) && (this.#knowsAll || this.#open.has(ref))) this.#waiting.add(ref);
    }
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    try {
      let publishedAt = performance.now();
      while (!this.#store.isDisposed && (this.#isDue || this.#waiting.size)) {
        const isUrgent = this.#isDue;
        if (isUrgent) await this.#checkOpen();
        else if (this.#deps.catalog.status === 'ready') await this.#checkNext();
        else break;
        if (!isUrgent && this.#waiting.size && performance.now() - publishedAt < NEWS) continue;
        await this.#publish();
        publishedAt = performance.now();
      }
    } catch (error) {
      this.#deps.logger.error('Definitions of APIs could not be checked', error);
    } finally {
      this.#isWorking = false;
    }
  }

  async #checkOpen(): Promise<void> {
    const { catalog, openTexts } = this.#deps;
    this.#isDue = false;
    const start = performance.now();
    const before = this.#open;
    this.#open = openApis(openTexts(), catalog);
    for (const [ref, texts] of this.#open) {
      const mayHaveMoved = this.#waiting.delete(ref);
      await this.#check(ref, { texts, mayHaveMoved });
    }
    if (this.#deps.includesClosed === false) {
      // Closed meanwhile.
      this.#waiting.clear();
      return;
    }
    for (const ref of before.keys()) if (!this.#open.has(ref)) this.#waiting.add(ref);
    if (!this.#knowsAll && catalog.status === 'ready') {
      this.#knowsAll = true;
      this.#add(catalog.getEntityRefs());
      for (const ref of this.#open.keys()) this.#waiting.delete(ref);
    }
    this.#took = performance.now() - start;
  }

  async #checkNext(): Promise<void> {
    const [ref] = this.#waiting;
    if (ref === undefined) return;
    this.#waiting.delete(ref);
    const start = performance.now();
    await this.#check(ref, { texts: this.#open.get(ref), mayHaveMoved: true });
    const took = performance.now() - start;
    await new Promise(resolve => setTimeout(resolve, took));
  }

  async #check(ref: string, options: CheckOptions): Promise<void> {
    this.#hasChecked = true;
    try {
      await (await this.#deps.loadChecks()).check(ref, options);
    } catch (error) {
      this.#deps.logger.error(`The definition of ${ref} could not be checked`, error);
    }
  }

  async #publish(): Promise<void> {
    // Not before the first check: many workspaces have no APIs.
    if (!this.#hasChecked) return;
    const before = this.#problems;
    this.#problems = (await this.#deps.loadChecks()).problems();
    const files = new Set([...before.keys(), ...this.#problems.keys()]);
    for (const file of files) {
      if (isSame(before.get(file), this.#problems.get(file))) files.delete(file);
    }
    if (files.size && !this.#store.isDisposed) this.#changed.fire(files);
  }
}

function isSame(a: readonly Problem[] = [], b: readonly Problem[] = []): boolean {
  if (a.length !== b.length) return false;
  return (
    a.every((problem, index) => problem === b[index]) || JSON.stringify(a) === JSON.stringify(b)
  );
}

export interface OpenDefinitionsDeps {
  readonly catalog: CatalogService;
  /** Files with unsaved texts. */
  readonly files: Pick<FilesService, 'readFile'>;
  readonly logger: Logger;
  readonly translate: Translate;
  readonly openTexts: () => readonly OpenText[];
  readonly workers?: DefinitionCheckerDeps['workers'];
}

/** Creates problems for definitions of APIs that open texts describe or define. */
export function openDefinitionProblems(deps: OpenDefinitionsDeps): LiveDefinitionProblems {
  const loadChecks = onDemand(async () => {
    const { DefinitionChecks } = await import('./definitionChecks');
    return new DefinitionChecks(deps);
  });
  return new LiveDefinitionProblems({ ...deps, loadChecks, includesClosed: false });
}
