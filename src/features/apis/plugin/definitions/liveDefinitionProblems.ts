import type {
  CatalogChangeEvent,
  CatalogService,
  FilesService,
  Problem,
  ProblemSource,
} from '../../../../api';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  type Event,
  type Logger,
  onDemand,
  type Translate,
} from '../../../../base';
import type { DefinitionJudgeDeps } from '../../core';
import type { CheckOptions, DefinitionChecks } from './definitionChecks';
import { isApi, openApis, type OpenText } from './openApis';

/** Changes within so many milliseconds are looked at together. */
const DELAY = 200;
/** While very many are looked at, what was found is told every so many milliseconds. */
const NEWS = 2_000;
/** Of more files than these, it is not asked which APIs are in each. */
const MANY_FILES = 500;

export interface LiveDefinitionProblemsDeps {
  readonly catalog: CatalogService;
  readonly logger: Logger;
  readonly openTexts: () => readonly OpenText[];
  /** Whether APIs without an open text are checked, too. Default: true. */
  readonly includesClosed?: boolean;
  /** What reads definitions is loaded with the first. */
  readonly loadChecks: () => Promise<Pick<DefinitionChecks, 'check' | 'problems'>>;
}

/**
 * What is wrong with the definitions of all APIs, as their files are now. Those that editors are open of are
 * looked at first, as they are typed; the others one after the other, with as much rest in between.
 */
export class LiveDefinitionProblems implements ProblemSource, Disposable {
  #deps: LiveDefinitionProblemsDeps;
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<ReadonlySet<string>>());
  #problems: ReadonlyMap<string, readonly Problem[]> = new Map();
  /** Whether all APIs of the catalog were once put among those that wait. */
  #knowsAll = false;
  #waiting = new Set<string>();
  #open: ReadonlyMap<string, readonly OpenText[]> = new Map();
  #hasChecked = false;
  #isDue = false;
  #isWorking = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** How long the last look at the open ones took. */
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

  /** Something of the open texts, or of what is open, may be different. */
  lookSoon(): void {
    clearTimeout(this.#timer);
    // Of a definition of some megabytes, not every letter that is typed is worth a look.
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
    if (!this.#knowsAll) return;
    const { catalog } = this.#deps;
    this.#add(entityRefs);
    // What stands above a definition moves it.
    if (files.size > MANY_FILES) this.#add(catalog.getEntityRefs());
    else for (const file of files) this.#add(catalog.getEntityRefsInFile(file));
  }

  #add(refs: Iterable<string>): void {
    for (const ref of refs) if (isApi(ref)) this.#waiting.add(ref);
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    try {
      let told = performance.now();
      while (!this.#store.isDisposed && (this.#isDue || this.#waiting.size)) {
        const isUrgent = this.#isDue;
        if (isUrgent) await this.#lookAtOpen();
        else if (this.#deps.catalog.status === 'ready') await this.#lookAtNext();
        else break;
        if (!isUrgent && this.#waiting.size && performance.now() - told < NEWS) continue;
        await this.#tell();
        told = performance.now();
      }
    } catch (error) {
      this.#deps.logger.error('Definitions of APIs could not be checked', error);
    } finally {
      this.#isWorking = false;
    }
  }

  async #lookAtOpen(): Promise<void> {
    const { catalog, openTexts } = this.#deps;
    this.#isDue = false;
    const start = performance.now();
    const before = this.#open;
    this.#open = openApis(openTexts(), catalog);
    for (const [ref, texts] of this.#open) {
      const mayHaveMoved = this.#waiting.delete(ref);
      await this.#check(ref, { texts, mayHaveMoved });
    }
    if (this.#deps.includesClosed === false) return;
    for (const ref of before.keys()) if (!this.#open.has(ref)) this.#waiting.add(ref);
    if (!this.#knowsAll && catalog.status === 'ready') {
      this.#knowsAll = true;
      this.#add(catalog.getEntityRefs());
      for (const ref of this.#open.keys()) this.#waiting.delete(ref);
    }
    this.#took = performance.now() - start;
  }

  async #lookAtNext(): Promise<void> {
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

  async #tell(): Promise<void> {
    // Not before there was something to be checked: in many workspaces there are no APIs.
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
  /** With the texts of open editors. */
  readonly files: Pick<FilesService, 'readFile'>;
  readonly logger: Logger;
  readonly translate: Translate;
  readonly openTexts: () => readonly OpenText[];
  readonly workers?: DefinitionJudgeDeps['workers'];
}

/** Problems of the definitions of the APIs that open texts describe or define. */
export function openDefinitionProblems(deps: OpenDefinitionsDeps): LiveDefinitionProblems {
  const loadChecks = onDemand(async () => {
    const { DefinitionChecks } = await import('./definitionChecks');
    return new DefinitionChecks(deps);
  });
  return new LiveDefinitionProblems({ ...deps, loadChecks, includesClosed: false });
}
