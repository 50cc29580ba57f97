import type { CatalogChangeEvent } from '../../../../api';
import {
  type CompoundEntityRef,
  parseEntityRef,
  type Problem,
  type SeveritySettings,
} from '../../../../model';
import type { Clock } from '../../../../platform/core/ports';

import type { EntityGraph, GraphSource } from '../graph/entityGraph';
import { emptyGraphChange, type GraphChange } from '../graph/graphChange';
import { isSimilarRef, NearestRefs } from '../graph/nearestRefs';
import { compoundRefOf } from '../packing/packedEntity';
import { FailedDescriptors, failedRefs } from '../problems/failedDescriptors';
import { KnownProblems } from '../problems/knownProblems';
import { ProblemReporter } from '../problems/problemReporter';
import { ProblemTable } from '../problems/problemTable';
import { UnrelatedReferences } from '../problems/unrelatedReferences';
import type { EntityRecord, FileRecord, ProviderSource } from '../records';
import type { SourcesContext } from '../sources/catalogSource';
import { emptyIndexState, type IndexOptions, type IndexState } from '../workspace/catalogIndex';
import { type IndexedFile } from '../workspace/files/indexedFile';
import { RefreshSlices } from '../workspace/refreshSlices';
import { type CatalogVersion, emptyVersion } from './catalogReader';

type OnProgress = IndexOptions['onProgress'];

/** Settings, sources and other inputs of problems besides files and entities. */
export interface UpdateContext {
  readonly severities: SeveritySettings;
  /** Returns a file's path as shown to users. */
  readonly displayPath: (uri: string) => string;
  /** Problems of files without descriptors, such as schemas. */
  readonly otherProblems: readonly Problem[];
  /** By the name of the provider. */
  readonly providers: ReadonlyMap<string, ProviderSource>;
  readonly sources: SourcesContext;
}

/** An applied change that isn't published yet. */
export interface PendingChange {
  readonly graph: GraphChange;
  /** URIs of files whose problems changed. */
  readonly files: Set<string>;
  /** Refs of descriptors that failed, before or now. */
  readonly failed: Set<string>;
}

export function emptyPendingChange(files: Iterable<string> = []): PendingChange {
  return { graph: emptyGraphChange(), files: new Set(files), failed: new Set() };
}

interface CatalogUpdaterDeps {
  readonly clock: Clock;
  readonly graph: EntityGraph;
  readonly context: () => UpdateContext;
  /** Shows a new version to readers. */
  readonly show: (
    version: CatalogVersion,
    changes: { readonly changed: ReadonlySet<string>; readonly files: Iterable<string> },
  ) => void;
}

/**
 * Updates the catalog. `apply` puts changed files into the graph, and `flush` recomputes what
 * depends on them; providers may change the graph in between. Readers see the previous version
 * until `flush` publishes the next one.
 */
export class CatalogUpdater {
  readonly graph: EntityGraph;
  readonly #deps: CatalogUpdaterDeps;
  /** Applied state, published with the next version. */
  #state = emptyIndexState;
  #version = emptyVersion();
  /** Serialized severity settings of the version's problems. */
  #severities = '';
  #unrelated = new UnrelatedReferences();
  #failed = new FailedDescriptors();
  #known = new KnownProblems();
  #nearest = new NearestRefs(ref => this.#spelled(ref));

  constructor(deps: CatalogUpdaterDeps) {
    this.#deps = deps;
    this.graph = deps.graph;
  }

  /** Applies the current files to the graph. */
  async apply(state: IndexState, onProgress?: OnProgress): Promise<PendingChange> {
    const before = this.#state;
    const slices = new RefreshSlices(this.#deps.clock, onProgress);
    slices.beginPhase('entities', (state.before ?? state.files).size);
    if (!before.files.size && !this.graph.size) return this.#applyAll(state, slices);
    const pending = emptyPendingChange();
    // Files may reappear, and under other paths.
    if (!state.before) this.#known.forgetAll();
    const update = async (
      uri: string,
      previous: IndexedFile | undefined,
      file: IndexedFile | undefined,
    ): Promise<void> => {
      slices.done++;
      if (slices.isOver) await slices.pause();
      const order = file?.order ?? previous?.order;
      if (file && previous && file.repository !== previous.repository) {
        for (const { ref } of file.record.entities) pending.graph.changed.add(ref);
      }
      if (!order || (previous?.record === file?.record && previous?.order === file?.order)) return;
      pending.files.add(uri);
      this.#note(uri, previous?.record, file?.record);
      for (const ref of failedRefs(previous?.record)) pending.failed.add(ref);
      for (const ref of failedRefs(file?.record)) pending.failed.add(ref);
      this.graph.update(uri, order, file?.record.entities ?? [], pending.graph);
    };
    if (state.before) {
      for (const [uri, previous] of state.before) {
        await update(uri, previous, state.files.get(uri));
      }
    } else {
      for (const file of state.files.values()) {
        await update(file.uri, before.files.get(file.uri), file);
      }
      for (const previous of before.files.values()) {
        if (slices.isOver) await slices.pause();
        if (!state.files.has(previous.uri)) await update(previous.uri, previous, undefined);
      }
    }
    addMovedEntities(before, state, pending.graph);
    this.#lookAtTestData(before, state, pending.files);
    if (before.unreadTargets !== state.unreadTargets) {
      for (const { file } of [...before.unreadTargets, ...state.unreadTargets]) {
        pending.files.add(file);
      }
    }
    this.#state = state;
    return pending;
  }

  /** Test data that a Location references is more than test data, and may be a duplicate. */
  #lookAtTestData(before: IndexState, after: IndexState, files: Set<string>): void {
    if (before.reachedBy === after.reachedBy) return;
    for (const uri of new Set([...before.reachedBy.keys(), ...after.reachedBy.keys()])) {
      if (before.reachedBy.has(uri) === after.reachedBy.has(uri)) continue;
      const file = after.files.get(uri);
      if (!file?.order.isTest) continue;
      for (const record of file.record.entities) this.#invalidate(files, record);
    }
  }

  /** Applies all files to an empty graph. */
  async #applyAll(state: IndexState, slices: RefreshSlices): Promise<PendingChange> {
    const files = new Set<string>();
    const graph = await this.graph.load(this.#sourcesOf(state, files, slices), slices);
    this.#state = state;
    return { graph, files, failed: new Set() };
  }

  /** Yields the entities of all files for the graph, and records what else is needed of them. */
  *#sourcesOf(
    { files }: IndexState,
    uris: Set<string>,
    slices: RefreshSlices,
  ): Generator<GraphSource> {
    for (const { uri, order, record } of files.values()) {
      slices.done++;
      uris.add(uri);
      this.#note(uri, undefined, record);
      yield { source: uri, order, records: record.entities };
    }
  }

  #note(uri: string, before: FileRecord | undefined, after: FileRecord | undefined): void {
    this.#unrelated.update(uri, after);
    this.#failed.update(uri, before, after);
  }

  /**
   * Recomputes what depends on a change, and publishes the result.
   *
   * @returns undefined if nothing changed for readers
   */
  async flush(
    { graph, files, failed }: PendingChange,
    onProgress?: OnProgress,
  ): Promise<CatalogChangeEvent | undefined> {
    const slices = new RefreshSlices(this.#deps.clock, onProgress);
    const context = this.#deps.context();
    const severities = JSON.stringify(context.severities);
    if (severities !== this.#severities) {
      for (const uri of this.#state.files.keys()) {
        files.add(uri);
        if (slices.isOver) await slices.pause();
      }
    }
    slices.beginPhase('relations', graph.existence.size);
    for (const ref of graph.existence) {
      slices.done++;
      if (this.graph.has(ref)) this.#nearest.add(ref);
      else this.#nearest.delete(ref);
      if (slices.isOver) await slices.pause();
    }
    const cyclic = await this.graph.updateCycles(slices);
    if (files.size > FEW && (await this.#hasAll(files, slices))) this.#known.forgetAll();
    else {
      for (const ref of cyclic) this.#invalidate(files, this.graph.winner(ref));
      await this.#addFilesOfOthers(files, { graph, failed }, slices);
    }
    const reporter = this.#newReporter(context);
    const found = await this.#findProblems(files, reporter, slices);
    const problems =
      found.size > FEW ? await this.#problemsWith(found, slices) : this.#version.problems;
    const problemsWithoutFile = await problemsWithoutFileOf(context, reporter, slices);
    await this.graph.prepare(slices);
    const groups = found.size > FEW ? this.#version.groups.copy() : this.#version.groups;
    const grouping = groups.update(found, uri => this.#state.files.get(uri), files);
    if (found.size > FEW) while (!grouping.next().done) if (slices.isOver) await slices.pause();
    // No await from here on, so that readers see all of it at once.
    this.graph.commit();
    this.#state.commit?.();
    if (found.size <= FEW) {
      for (const [uri, ofFile] of found) problems.set(uri, ofFile);
      while (!grouping.next().done);
    }
    const otherFiles = context.otherProblems.flatMap(({ file }) => file ?? []);
    const before = this.#version.problemsWithoutFile;
    this.#severities = severities;
    this.#version = { state: this.#state, problems, groups, problemsWithoutFile, otherFiles };
    this.#deps.show(this.#version, { changed: graph.changed, files });
    if (!graph.changed.size && !files.size && isSameList(before, problemsWithoutFile)) {
      return undefined;
    }
    return { entityRefs: graph.changed, files };
  }

  async #findProblems(
    files: ReadonlySet<string>,
    reporter: ProblemReporter,
    slices: RefreshSlices,
  ): Promise<ReadonlyMap<string, readonly Problem[]>> {
    slices.beginPhase('problems', files.size);
    const troubled = files.size > FEW ? await reporter.troubledFiles(slices) : files;
    const found = new Map<string, readonly Problem[]>();
    for (const uri of files) {
      slices.done++;
      const isTroubled = troubled.has(uri);
      found.set(uri, isTroubled ? reporter.problemsOf(uri, this.#state.files.get(uri)) : []);
      if (slices.isOver) await slices.pause();
    }
    return found;
  }

  /** Returns a copy of all problems with the new ones. */
  async #problemsWith(
    found: ReadonlyMap<string, readonly Problem[]>,
    slices: RefreshSlices,
  ): Promise<ProblemTable> {
    const problems = new ProblemTable();
    for (const some of [this.#version.problems.entries(), found]) {
      for (const [uri, ofFile] of some) {
        if (some === found || !found.has(uri)) problems.set(uri, ofFile);
        if (slices.isOver) await slices.pause();
      }
    }
    return problems;
  }

  /** Whether the set contains all files. */
  async #hasAll(files: ReadonlySet<string>, slices: RefreshSlices): Promise<boolean> {
    const all = this.#state.files;
    if (files.size < all.size) return false;
    for (const uri of all.keys()) {
      if (!files.has(uri)) return false;
      if (slices.isOver) await slices.pause();
    }
    return true;
  }

  /** Adds unchanged files whose problems may have changed. */
  async #addFilesOfOthers(
    files: Set<string>,
    { graph, failed }: Omit<PendingChange, 'files'>,
    slices: RefreshSlices,
  ): Promise<void> {
    for (const ref of graph.contested) {
      for (const record of this.graph.candidates(ref)) this.#invalidate(files, record);
    }
    const changes = { existence: graph.existence, failed };
    for (const uri of this.#unrelated.affectedFiles(changes, ref => this.graph.has(ref))) {
      files.add(uri);
      const record = this.#state.files.get(uri)?.record;
      this.#known.forgetReferences(record?.misplaced ?? []);
      this.#known.forgetReferences(record?.annotationRefs ?? []);
    }
    const dangling = this.#affectedDanglingRefs(graph.existence, failed);
    // An entity may have very many references.
    const referrers = new Set<string>();
    for (const ref of [...graph.existence, ...dangling]) {
      if (slices.isOver) await slices.pause();
      for (const referrer of this.graph.referrers(ref)) referrers.add(referrer);
    }
    for (const referrer of referrers) {
      if (slices.isOver) await slices.pause();
      this.#invalidate(files, this.graph.winner(referrer));
    }
  }

  /** Marks an entity's problems as stale. */
  #invalidate(files: Set<string>, record: EntityRecord | undefined): void {
    if (!record) return;
    this.#known.forgetEntity(record);
    const file = record.source?.file;
    if (file !== undefined) files.add(file);
  }

  #newReporter({
    severities,
    displayPath,
    otherProblems,
    sources,
  }: UpdateContext): ProblemReporter {
    return new ProblemReporter({
      graph: this.graph,
      state: this.#state,
      severities,
      displayPath,
      sources,
      otherProblems,
      nearest: this.#nearest,
      failed: ref => this.#failed.find(ref, this.#state.files),
      known: this.#known,
    });
  }

  /** Returns dangling refs whose message may change, because a similar entity was added, removed or failed. */
  #affectedDanglingRefs(
    existence: ReadonlySet<string>,
    failed: ReadonlySet<string>,
  ): readonly string[] {
    if (!existence.size && !failed.size) return [];
    const dangling = this.graph.danglingRefs();
    if (existence.size > FEW) return dangling;
    const others = [...existence];
    return dangling.filter(
      ref => failed.has(ref) || others.some(other => isSimilarRef(ref, other)),
    );
  }

  #spelled(ref: string): CompoundEntityRef {
    const record = this.graph.winner(ref);
    return record ? compoundRefOf(record) : parseEntityRef(ref);
  }
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at]);
}

/** Returns problems of failed sources, and of entities from providers. */
async function problemsWithoutFileOf(
  { sources, providers }: UpdateContext,
  reporter: ProblemReporter,
  slices: RefreshSlices,
): Promise<readonly Problem[]> {
  const found = sources.problems().flatMap(problem => reporter.withSeverity(problem) ?? []);
  for (const [provider, { records, problems }] of providers) {
    const reported = [...problems];
    for (const record of records) {
      reported.push(...reporter.problemsOfEntity(record));
      if (slices.isOver) await slices.pause();
    }
    for (const problem of reported) {
      const shown = reporter.withSeverity(problem);
      if (shown) found.push({ ...shown, provider });
    }
  }
  return found;
}

/** Maximum number of changes that are applied individually. */
const FEW = 16;

/** Adds unchanged entities with a changed origin to the change. */
function addMovedEntities(before: IndexState, after: IndexState, change: GraphChange): void {
  if (before.origins === after.origins) return;
  for (const uri of new Set([...before.origins.keys(), ...after.origins.keys()])) {
    if (before.origins.get(uri) === after.origins.get(uri)) continue;
    for (const { ref } of after.files.get(uri)?.record.entities ?? []) change.changed.add(ref);
  }
}
