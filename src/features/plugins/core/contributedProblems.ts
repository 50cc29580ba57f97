import type {
  CatalogChangeEvent,
  CatalogService,
  EntitySource,
  ProblemSource,
  ProblemSourcesExtensionPoint,
} from '../../../api';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  type Event,
  lazyService,
  ownValue,
  type Range,
  toDisposable,
} from '../../../base';
import {
  type DisabledLines,
  findDisabledLines,
  isDisabled,
  type Problem,
  type SeveritySettings,
} from '../../../model';
import { TimeSlicer } from '../../../platform/core';
import { decodeText } from '../../../platform/core/files';
import type { Clock, FileChange, FileSystem } from '../../../platform/core/ports';
import { PluginFailures, type PluginFailuresDeps } from './pluginFailures';
import { assertIsProblemSource } from './problemSource';
import { type PlacedProblem, readReportedProblem } from './reportedProblem';

export interface ContributedProblemsDeps extends PluginFailuresDeps {
  readonly engine: Pick<CatalogService, 'getEntitySource' | 'onDidChange'> & {
    readonly options: { readonly severities: SeveritySettings };
    readonly onDidChangeStatus: Event<unknown>;
    getFiles(): readonly { readonly uri: string }[];
  };
  /** Includes unsaved text of open editors. */
  readonly fileSystem: Pick<FileSystem, 'readFile'>;
  readonly changes: readonly Event<readonly FileChange[]>[];
  readonly clock: Pick<Clock, 'delay'>;
}

// Loads the YAML parser with the first problem that names a field.
const places = lazyService(() => import('./problemPlaces'));

/** Milliseconds between rounds, so that a source that keeps firing can't block the thread. */
const PAUSE = 100;

/** Maximum number of problems of a source in a file. */
const MAX_PROBLEMS = 1000;

/** A problem source, its last answers, and the files to ask it about. */
interface SourceState {
  readonly source: ProblemSource;
  readonly byFile: Map<string, readonly PlacedProblem[]>;
  readonly pending: Set<string>;
}

/**
 * Problems reported by plugins. Queries each source for every catalog file when the source is added and when the file
 * changes, and for the files that it names. Severity settings and disable comments apply as for the engine's problems.
 */
export class ContributedProblems implements ProblemSourcesExtensionPoint, Disposable {
  #deps: ContributedProblemsDeps;
  #failures: PluginFailures;
  #severities: SeveritySettings;
  #states = new Set<SourceState>();
  #asking: Promise<void> | undefined;
  /** Disable comments of the files with problems. A file's problems are hidden until they are read. */
  #disabledLines = new Map<string, DisabledLines>();
  /** Ranges of fields by file, and by document and path. */
  #fields = new Map<string, ReadonlyMap<string, Range>>();
  #reading = new Map<string, Promise<void>>();
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<CatalogChangeEvent>());

  readonly onDidChange: Event<CatalogChangeEvent> = this.#changed.event;

  constructor(deps: ContributedProblemsDeps) {
    const { engine, changes } = deps;
    this.#deps = deps;
    this.#failures = new PluginFailures(deps);
    this.#severities = engine.options.severities;
    this.#store.add(
      engine.onDidChangeStatus(() => {
        if (engine.options.severities === this.#severities) return;
        this.#severities = engine.options.severities;
        this.#tell([...this.#states].flatMap(({ byFile }) => [...byFile.keys()]));
      }),
    );
    this.#store.add(
      engine.onDidChange(({ files }) => {
        for (const state of this.#states) this.#ask(state, files);
      }),
    );
    for (const onDidChangeFiles of changes) {
      this.#store.add(
        onDidChangeFiles(events => {
          for (const { uri } of events) if (this.#disabledLines.has(uri)) this.#readComments(uri);
        }),
      );
    }
  }

  addProblemSource(source: ProblemSource): Disposable {
    assertIsProblemSource(source);
    const state: SourceState = { source, byFile: new Map(), pending: new Set() };
    const subscription = source.onDidChangeProblems(files => this.#ask(state, files));
    this.#states.add(state);
    this.#ask(
      state,
      this.#deps.engine.getFiles().map(({ uri }) => uri),
    );
    return toDisposable(() => {
      this.#states.delete(state);
      this.#tell(state.byFile.keys());
      subscription.dispose();
    });
  }

  getProblems({
    file,
    entityRef,
    withoutFile = false,
  }: { file?: string; entityRef?: string; withoutFile?: boolean } = {}): readonly Problem[] {
    // Problems of plugins always have a file.
    if (withoutFile) return [];
    const settings = this.#deps.engine.options.severities;
    const ref = entityRef?.toLowerCase();
    return [...this.#states]
      .flatMap(({ byFile }) =>
        file === undefined ? [...byFile.values()].flat() : (byFile.get(file) ?? []),
      )
      .filter(problem => ref === undefined || problem.entityRef === ref)
      .map(problem => this.#placed(problem))
      .flatMap(problem => {
        const disabled = this.#disabledLines.get(problem.file ?? '');
        if (!disabled || isDisabled(problem, disabled)) return [];
        const { code } = problem;
        const severity = ownValue(settings, code);
        return severity === 'off' ? [] : severity ? { ...problem, severity } : problem;
      });
  }

  /** Resolves when no query of a source is pending and all disable comments are read. */
  async whenSettled(): Promise<void> {
    while (this.#asking ?? this.#reading.size) {
      await this.#asking;
      await Promise.all(this.#reading.values());
    }
  }

  dispose(): void {
    this.#states.clear();
    this.#store.dispose();
  }

  #ask({ source, pending }: SourceState, files: Iterable<string>): void {
    try {
      for (const file of files) if (typeof file === 'string') pending.add(file);
    } catch (error) {
      this.#failures.report(source, 'onDidChangeProblems', error);
    }
    this.#asking ??= this.#askAll();
  }

  /** Asks sources in time slices, however often they fire. */
  async #askAll(): Promise<void> {
    // Batches changes of the same turn.
    await Promise.resolve();
    while (this.#isPending()) {
      await this.#askPending();
      if (this.#isPending()) await this.#deps.clock.delay(PAUSE);
    }
    this.#asking = undefined;
  }

  #isPending(): boolean {
    return [...this.#states].some(({ pending }) => pending.size > 0);
  }

  async #askPending(): Promise<void> {
    const slices = new TimeSlicer();
    let changed = new Set<string>();
    for (const state of [...this.#states]) {
      const files = [...state.pending];
      state.pending.clear();
      for (const file of files) {
        if (slices.isOver) {
          this.#publish(changed);
          changed = new Set();
          await slices.pause();
        }
        if (!this.#states.has(state)) break;
        if (this.#update(state, file)) changed.add(file);
      }
    }
    this.#publish(changed);
  }

  /** Asks a source about a file. Returns whether its answer changed. If the source fails, its last answer stays. */
  #update({ source, byFile }: SourceState, file: string): boolean {
    let problems: readonly PlacedProblem[];
    try {
      problems = this.#check(source, file, source.getProblems(file));
    } catch (error) {
      this.#failures.report(source, 'getProblems()', error);
      return false;
    }
    const before = byFile.get(file) ?? [];
    if (JSON.stringify(before) === JSON.stringify(problems)) return false;
    if (problems.length) byFile.set(file, problems);
    else byFile.delete(file);
    return true;
  }

  /** @throws TypeError if the answer isn't an array */
  #check(source: ProblemSource, file: string, answer: unknown): readonly PlacedProblem[] {
    if (!Array.isArray(answer))
      throw new TypeError('getProblems() must return an array of problems');
    if (answer.length > MAX_PROBLEMS) {
      const error = new RangeError(`Only ${MAX_PROBLEMS} of ${answer.length} problems are shown`);
      this.#failures.report(source, 'getProblems()', error);
    }
    return answer.slice(0, MAX_PROBLEMS).flatMap((value: unknown) => {
      const problem = readReportedProblem(value, file, ref => this.#placeOf(ref, file));
      if (problem) return problem;
      const error = new TypeError('A problem must have a code and a message');
      this.#failures.report(source, 'getProblems()', error);
      return [];
    });
  }

  #placeOf(ref: string, file: string): EntitySource | undefined {
    const place = this.#deps.engine.getEntitySource(ref);
    return place?.file === file ? place : undefined;
  }

  /** Returns a problem at its field, once the file is read. */
  #placed({ path, ...problem }: PlacedProblem): Problem {
    const range = path && this.#fields.get(problem.file ?? '')?.get(keyOf(problem, path));
    return range ? { ...problem, range } : problem;
  }

  #problemsIn(file: string): readonly PlacedProblem[] {
    return [...this.#states].flatMap(({ byFile }) => byFile.get(file) ?? []);
  }

  /** Whether problems of a file name fields that weren't looked for. */
  #hasNewFields(file: string): boolean {
    const known = this.#fields.get(file);
    return this.#problemsIn(file).some(({ path, document }) =>
      path ? !known?.has(keyOf({ document }, path)) : false,
    );
  }

  async #findFields(file: string, text: string): Promise<void> {
    const wanted = this.#problemsIn(file).flatMap(({ path, document = 0 }) =>
      path ? { path, document } : [],
    );
    if (!wanted.length) {
      this.#fields.delete(file);
      return;
    }
    const ranges = await places.rangesOfFields(text, wanted);
    this.#fields.set(
      file,
      new Map(
        wanted.flatMap((place, index) => {
          const range = ranges[index];
          return range ? [[keyOf(place, place.path), range]] : [];
        }),
      ),
    );
  }

  /** Reports changed files. Files with unread disable comments are reported once they are read. */
  #publish(changed: ReadonlySet<string>): void {
    const known: string[] = [];
    for (const file of changed) {
      if (this.#disabledLines.has(file) && !this.#hasNewFields(file)) known.push(file);
      else if (this.#hasProblems(file)) this.#readComments(file);
    }
    this.#tell(known);
  }

  #hasProblems(file: string): boolean {
    return [...this.#states].some(({ byFile }) => byFile.has(file));
  }

  #readComments(file: string): void {
    const reading = this.#deps.fileSystem
      .readFile(file)
      // A file that can't be read has no disable comments and no fields.
      .then(decodeText, () => '')
      .then(async text => {
        await this.#findFields(file, text);
        return findDisabledLines(text);
      })
      .then(lines => {
        // A later change reads the file again.
        if (this.#reading.get(file) !== reading) return;
        this.#reading.delete(file);
        const before = this.#disabledLines.get(file);
        this.#disabledLines.set(file, lines);
        if (!before || !isSame(before, lines) || this.#fields.has(file)) this.#tell([file]);
        if (!this.#hasProblems(file)) this.#disabledLines.delete(file);
      });
    this.#reading.set(file, reading);
  }

  #tell(files: Iterable<string>): void {
    const changed = new Set(files);
    if (changed.size) this.#changed.fire({ entityRefs: new Set(), files: changed });
  }
}

function isSame(a: DisabledLines, b: DisabledLines): boolean {
  const text = (lines: DisabledLines): string =>
    JSON.stringify([...lines].map(([line, codes]) => [line, ...codes]));
  return text(a) === text(b);
}

/** Key of a field in its file. */
function keyOf(
  { document = 0 }: { readonly document?: number | undefined },
  path: readonly (string | number)[],
): string {
  return JSON.stringify([document, ...path]);
}
