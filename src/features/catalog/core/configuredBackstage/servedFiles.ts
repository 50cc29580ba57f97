import { getOrInsert } from '../../../../base';
import { type DisabledLines, parseLocationRef, type Problem } from '../../../../model';
import type { TimeSlicer } from '../../../../platform/core';
import type { ScmIntegrations } from '../../../scm/core/urlReaders';
import {
  emptyFileRecord,
  type EmittedRelation,
  type EntityRecord,
  type FileRecord,
  type ServedPages,
} from '../records';
import type { IndexedFile } from '../workspace/files/indexedFile';
import type { ParsedFile } from './parsedFile';
import { isServed, type RefreshState, type RefreshStateRow } from './refreshState';
import { statusOf } from './serverError';

/** Everything that the Locations of a state reference. */
export interface StateReach {
  /** Targets as the server formats them. */
  readonly targets: ReadonlySet<string>;
  /** URIs of files. */
  readonly files: ReadonlySet<string>;
  readonly urls: ReadonlySet<string>;
}

export interface ServedFilesDeps {
  readonly integrations: ScmIntegrations;
  /** URI of the file for entities and problems outside files. */
  readonly noFile: string;
}

const NO_LINES: DisabledLines = new Map();

/** Builds the files of an index from a state. Unchanged files and records are the same objects as before. */
export class ServedFiles {
  readonly #deps: ServedFilesDeps;
  #files: ReadonlyMap<string, IndexedFile> = new Map();
  readonly #records = new Map<string, { readonly key: string; readonly record: EntityRecord }>();

  constructor(deps: ServedFilesDeps) {
    this.#deps = deps;
  }

  /**
   * Builds the files.
   *
   * @param options.known - returns the last version of a file
   * @param options.always - URIs of files to include in any case
   * @param options.group - conflict group of the files
   * @param options.disabledLines - disabled lines of files that aren't descriptors, by URI
   */
  async build(
    state: RefreshState,
    {
      known,
      problems,
      always = [],
      group = 0,
      disabledLines = new Map(),
    }: {
      known: (uri: string) => ParsedFile | undefined;
      problems: readonly Problem[];
      always?: readonly string[];
      group?: number;
      disabledLines?: ReadonlyMap<string, DisabledLines>;
    },
    slices: TimeSlicer,
  ): Promise<Map<string, IndexedFile>> {
    const parts = new Map<string, FileParts>();
    const partOf = (uri: string): FileParts => {
      return getOrInsert(parts, uri, () => ({ rows: [], problems: [], parsed: known(uri) }));
    };
    for (const uri of always) partOf(uri);
    for (const row of state.rows()) {
      for (const uri of row.outcome?.files ?? []) partOf(uri);
      if (row.processed && isServed(row.processed)) {
        partOf(row.processed.document.source?.file ?? this.#deps.noFile).rows.push(row);
      }
      if (slices.isOver) await slices.pause();
    }
    for (const problem of problems)
      partOf(problem.file ?? this.#deps.noFile).problems.push(problem);
    const files = new Map<string, IndexedFile>();
    for (const [uri, part] of parts) {
      const lines = part.parsed?.disabledLines ?? disabledLines.get(uri) ?? NO_LINES;
      files.set(uri, this.#indexedFile(uri, part, { state, group, disabledLines: lines }));
      if (slices.isOver) await slices.pause();
    }
    for (const ref of this.#records.keys()) if (!state.row(ref)) this.#records.delete(ref);
    this.#files = files;
    return files;
  }

  /** Returns the previous file if it is unchanged. */
  #indexedFile(
    uri: string,
    { rows, problems, parsed }: FileParts,
    {
      state,
      group,
      disabledLines,
    }: { state: RefreshState; group: number; disabledLines: DisabledLines },
  ): IndexedFile {
    const entities = rows
      .map(row => this.#record(row, state))
      .sort((a, b) => (a.source?.document ?? 0) - (b.source?.document ?? 0));
    const record: FileRecord = {
      ...emptyFileRecord(uri, [...(parsed?.problems ?? []), ...problems]),
      documents: parsed?.documents ?? 0,
      entities,
      failed: parsed?.failed ?? [],
      misplaced: parsed?.misplaced ?? [],
      annotationRefs: parsed?.annotationRefs ?? [],
      disabledLines,
    };
    const before = this.#files.get(uri);
    if (before?.order.group === group && isSameRecord(before.record, record)) return before;
    const order = { group, path: uri };
    return { uri, order, repository: undefined, expectsDescriptors: true, record };
  }

  #record(row: RefreshStateRow, state: RefreshState): EntityRecord {
    const { ref, processed, errors } = row;
    const record = processed?.document.record;
    if (!processed || !record) throw new TypeError(`${ref} was not processed`);
    const { document, location, origin } = processed;
    const { source } = document;
    const isOrphan = state.isOrphan(row);
    const emitted = [...record.emitted, ...state.unservableChildren(row).flatMap(relationsOf)];
    const parent = state.parentOf(row);
    const own = [document.identity, location, origin, isOrphan, parent, errors, source];
    const key = JSON.stringify([own, emitted]);
    const known = this.#records.get(ref);
    if (known?.key === key) return known.record;
    const pages = this.#pagesOf(location);
    const served = {
      location,
      origin,
      isOrphan,
      parent,
      ...(pages && { pages }),
      ...(errors.length && { status: statusOf(errors) }),
    };
    const made = { ...record, emitted, served };
    this.#records.set(ref, { key, record: made });
    return made;
  }

  /** Returns the pages of a location. Source: AnnotateLocationEntityProcessor. */
  #pagesOf(location: string): ServedPages | undefined {
    const { type, target } = parseLocationRef(location);
    if (type !== 'url') return undefined;
    const { integrations } = this.#deps;
    const isCommit = /\b[0-9a-f]{40,}\b/.test(target);
    const isOfForge = integrations.typeOf(target) !== undefined;
    try {
      return {
        viewUrl: target,
        editUrl: isCommit ? undefined : integrations.resolveEditUrl(target),
        sourceLocation: isOfForge ? `url:${integrations.resolveUrl('./', target)}` : undefined,
      };
    } catch {
      // If the host rejects the address, the server adds no other annotations.
      return { viewUrl: target, editUrl: undefined, sourceLocation: undefined };
    }
  }
}

/** Returns everything that the rows of a state reference. */
export function reachOf(state: RefreshState): StateReach {
  const reach = { targets: new Set<string>(), files: new Set<string>(), urls: new Set<string>() };
  for (const { outcome } of state.rows()) {
    for (const target of outcome?.targets ?? []) reach.targets.add(target);
    for (const uri of outcome?.files ?? []) reach.files.add(uri);
    for (const url of outcome?.urls ?? []) reach.urls.add(url);
  }
  return reach;
}

/** Content of a file to build. */
interface FileParts {
  readonly rows: RefreshStateRow[];
  readonly problems: Problem[];
  readonly parsed: ParsedFile | undefined;
}

/** Returns the relations of an entity's references, in both directions. */
function relationsOf({ ref, references, emitted }: EntityRecord): readonly EmittedRelation[] {
  return [
    ...references.flatMap(({ type, inverse, targetRef }): EmittedRelation[] => [
      { sourceRef: ref, type, targetRef },
      { sourceRef: targetRef, type: inverse, targetRef: ref },
    ]),
    ...emitted,
  ];
}

function isSameRecord(a: FileRecord, b: FileRecord): boolean {
  return (
    a.documents === b.documents &&
    a.entities.length === b.entities.length &&
    a.entities.every((record, index) => record === b.entities[index]) &&
    JSON.stringify([a.problems, a.failed, a.misplaced, a.annotationRefs]) ===
      JSON.stringify([b.problems, b.failed, b.misplaced, b.annotationRefs]) &&
    JSON.stringify(linesOf(a)) === JSON.stringify(linesOf(b))
  );
}

function linesOf({ disabledLines }: FileRecord): readonly unknown[] {
  return [...disabledLines].map(([line, codes]) => [line, ...codes]);
}
