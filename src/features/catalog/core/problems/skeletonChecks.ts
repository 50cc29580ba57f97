import type { CatalogService } from '../../../../api';
import {
  basenameUri,
  childUri,
  compareCodeUnits,
  dirnameUri,
  isRecord,
  isWithin,
  LineIndex,
  relativePath,
} from '../../../../base';
import {
  ANNOTATION_SOURCE_LOCATION,
  type Entity,
  findDisabledLines,
  isDisabled,
  type Problem,
} from '../../../../model';
import { TimeSlicer } from '../../../../platform/core';
import { readWithin } from '../../../../platform/core/files';
import type { Clock, FileChange, FileSystem } from '../../../../platform/core/ports';
import {
  fetchSources,
  type SkeletonRendering,
  skeletonRenderingOf,
  rendersFile,
  isTemplate,
  hasTemplateSyntax,
  namesIn,
  parseTemplate,
  passedNames,
  type PassedNames,
  skeletonIssues,
  stepLabel,
  templateModel,
  yamlComments,
} from '../../../templates/core';
import { Repositories } from '../repository/repositories';
import { resolveReference } from '../locations';
import type { CatalogRoot } from '../workspace/catalogIndex';
import type { WorkOptions } from '../workspace/refreshProgress';
import { problemSeverities } from './problemSeverities';

/** Catalog methods that the checks use. */
export interface CatalogWithTemplates extends Pick<
  CatalogService,
  'getEntityRefs' | 'getEntitySource' | 'loadEntity' | 'mode'
> {
  readonly roots: readonly CatalogRoot[];
}

/** Limits of a skeleton. */
const MAX_FILES = 2000;
const MAX_DEPTH = 20;

/** Maximum size in bytes; larger files aren't hand-written. */
const MAX_SIZE = 1024 * 1024;

/** Changes of a catalog and its files. */
export interface CatalogChanges {
  /** Full refs of entities that may have changed or were removed. */
  readonly refs: Iterable<string>;
  readonly files: readonly FileChange[];
}

/** A step with the values that it passes. */
interface Passing extends Omit<SkeletonRendering, 'values'>, PassedNames {
  readonly label: string;
}

/** A Template that fills in skeletons. */
interface FillingTemplate {
  /** URI of the folder that no file is read outside of. */
  readonly boundary: string;
  /** Steps with the URI of the folder or file that each fills in. */
  readonly fillings: readonly (Passing & { readonly root: string })[];
}

/** A file with the steps that fill it in. */
interface FilledFile {
  readonly boundary: string;
  readonly passing: Passing[];
}

interface CheckedFile {
  /** Hash input of the passed values. */
  readonly key: string;
  readonly problems: readonly Problem[];
}

/** Number of changes above which all files are read again. */
const MANY_CHANGES = 200;

/**
 * Checks the files that the Templates of a catalog fill in: for errors, and for values that no step
 * passes. Caches results, so that a change costs only the affected files. A Backstage's catalog
 * isn't checked: its Templates and skeletons are elsewhere.
 */
export class SkeletonChecks {
  readonly #fileSystem: FileSystem;
  readonly #clock: Clock;
  #templates = new Map<string, FillingTemplate>();
  /** Files by the URI of a step's source. */
  #listings = new Map<string, readonly string[]>();
  #checked = new Map<string, CheckedFile>();
  #problems: readonly Problem[] = [];

  constructor({ fileSystem, clock }: { fileSystem: FileSystem; clock: Clock }) {
    this.#fileSystem = fileSystem;
    this.#clock = clock;
  }

  /**
   * Checks changed files.
   *
   * @param changes - undefined: everything may have changed
   * @returns all problems, sorted by file URI; the same list if nothing changed
   * @throws AbortError
   */
  async check(
    catalog: CatalogWithTemplates,
    changes: CatalogChanges | undefined,
    { signal, onProgress }: WorkOptions = {},
  ): Promise<readonly Problem[]> {
    const isWanted = catalog.mode !== 'backstage';
    if (!changes || !isWanted) {
      for (const known of [this.#templates, this.#listings, this.#checked]) known.clear();
    }
    const slices = new TimeSlicer(this.#clock);
    let isConcerned = !changes || !isWanted || this.#isConcernedBy(changes.files);
    for (const ref of isWanted ? (changes?.refs ?? catalog.getEntityRefs()) : []) {
      if (slices.isOver) await slices.pause();
      signal?.throwIfAborted();
      if (!ref.startsWith('template:')) continue;
      isConcerned = true;
      await this.#readTemplate(ref, catalog);
    }
    if (!isConcerned) return this.#problems;
    const isChanged = changedAmong(changes?.files ?? []);
    for (const [root, files] of this.#listings) {
      if (changes && mayListOthers(root, files, changes.files)) this.#listings.delete(root);
    }
    const problems: Problem[] = [];
    const filled = await this.#filledFiles(signal);
    for (const uri of this.#checked.keys()) if (!filled.has(uri)) this.#checked.delete(uri);
    let done = 0;
    for (const [uri, file] of [...filled].sort(([a], [b]) => compareCodeUnits(a, b))) {
      onProgress?.({ phase: 'templates', done: done++, total: filled.size });
      const key = keyOf(file);
      let checked = this.#checked.get(uri);
      if (checked?.key !== key || isChanged(uri)) {
        checked = { key, problems: await problemsOf(uri, file, this.#fileSystem) };
        this.#checked.set(uri, checked);
      }
      problems.push(...checked.problems);
      if (slices.isOver) await slices.pause();
      signal?.throwIfAborted();
    }
    const before = this.#problems;
    const isSame =
      problems.length === before.length && problems.every((one, index) => one === before[index]);
    return isSame ? before : (this.#problems = problems);
  }

  /** Whether a change of files may affect skeletons. */
  #isConcernedBy(changes: readonly FileChange[]): boolean {
    if (changes.length > MANY_CHANGES) return true;
    for (const root of this.#listings.keys()) {
      if (changes.some(({ uri }) => isWithin(root, uri) || isWithin(uri, root))) return true;
    }
    return false;
  }

  async #readTemplate(ref: string, catalog: CatalogWithTemplates): Promise<void> {
    this.#templates.delete(ref);
    const base = catalog.getEntitySource(ref)?.file;
    const root = base && catalog.roots.find(({ uri }) => isWithin(uri, base))?.uri;
    const entity = root && (await catalog.loadEntity(ref));
    if (!base || !entity || !isTemplate(entity) || hasOtherSource(entity)) return;
    // An inaccessible folder isn't in a repository.
    const repository = await new Repositories(this.#fileSystem)
      .find(dirnameUri(base))
      .catch(() => undefined);
    const boundary = repository?.root ?? root;
    const fillings = skeletonsOf(entity, { base, boundary });
    if (fillings.length) this.#templates.set(ref, { boundary, fillings });
  }

  async #filledFiles(signal: AbortSignal | undefined): Promise<ReadonlyMap<string, FilledFile>> {
    const filled = new Map<string, FilledFile>();
    const listings = new Map<string, readonly string[]>();
    for (const [, { boundary, fillings }] of [...this.#templates].sort(([a], [b]) =>
      compareCodeUnits(a, b),
    )) {
      for (const { root, ...passing } of fillings) {
        const files = this.#listings.get(root) ?? (await filesBelow(root, this.#fileSystem));
        signal?.throwIfAborted();
        this.#listings.set(root, files);
        listings.set(root, files);
        for (const uri of files) {
          const path = uri === root ? '' : relativePath(root, uri);
          if (path === undefined || !rendersFile(passing.step, path)) continue;
          const known = filled.get(uri);
          if (known) known.passing.push(passing);
          else filled.set(uri, { boundary, passing: [passing] });
        }
      }
    }
    this.#listings = listings;
    return filled;
  }
}

/** Returns a key that is equal for files with the same passed values. */
function keyOf({ boundary, passing }: FilledFile): string {
  return JSON.stringify([
    boundary,
    ...passing.map(({ label, variable, names, isOpen, options }) => [
      label,
      variable,
      names,
      isOpen,
      options,
    ]),
  ]);
}

/** Returns a test whether a file, or a folder around it, changed. */
function changedAmong(changes: readonly FileChange[]): (uri: string) => boolean {
  if (changes.length > MANY_CHANGES) return () => true;
  return uri => changes.some(change => isWithin(change.uri, uri));
}

/** Whether the list of files in a folder may have changed. */
function mayListOthers(
  root: string,
  files: readonly string[],
  changes: readonly FileChange[],
): boolean {
  if (changes.length > MANY_CHANGES) return true;
  return changes.some(
    ({ type, uri }) =>
      (isWithin(root, uri) || isWithin(uri, root)) && (type !== 'changed' || !files.includes(uri)),
  );
}

function skeletonsOf(
  entity: Entity,
  place: { readonly base: string; readonly boundary: string },
): FillingTemplate['fillings'] {
  const model = templateModel(entity);
  return fetchSources(model).flatMap(({ path: [, , index], place: written }) => {
    const step = model.steps.find(candidate => candidate.index === index);
    const filling = step && skeletonRenderingOf(step);
    const target = resolveReference(written, place);
    if (!filling || target.type !== 'local' || written === '') return [];
    // A folder that contains the Template itself isn't just a skeleton.
    if (isWithin(target.uri, place.base)) return [];
    const { values, ...rest } = filling;
    const label = stepLabel(step, entity.metadata.name);
    return [{ ...rest, ...passedNames(values, model), label, root: target.uri }];
  });
}

/** Whether paths are relative to another source location, which may be remote. */
function hasOtherSource({ metadata }: Entity): boolean {
  const { annotations } = metadata;
  return isRecord(annotations) && Object.hasOwn(annotations, ANNOTATION_SOURCE_LOCATION);
}

/** Returns a file, or the files of a folder, without following links to folders. */
async function filesBelow(uri: string, fileSystem: FileSystem): Promise<readonly string[]> {
  const found: string[] = [];
  const look = async (folder: string, depth: number): Promise<void> => {
    const entries = await fileSystem.readDirectory(folder).catch(() => []);
    for (const { name, type, isSymbolicLink } of [...entries].sort((a, b) =>
      compareCodeUnits(a.name, b.name),
    )) {
      if (found.length >= MAX_FILES) return;
      if (type === 'file') found.push(childUri(folder, name));
      else if (type === 'directory' && !isSymbolicLink && depth < MAX_DEPTH && name !== '.git') {
        await look(childUri(folder, name), depth + 1);
      }
    }
  };
  const stat = await fileSystem.stat(uri).catch(() => undefined);
  if (stat?.type === 'file') return [uri];
  if (stat?.type === 'directory' && basenameUri(uri) !== '.git') await look(uri, 0);
  return found;
}

async function problemsOf(
  uri: string,
  { boundary, passing }: FilledFile,
  fileSystem: FileSystem,
): Promise<readonly Problem[]> {
  const read = await readWithin(fileSystem, { uri, boundary, maxSize: MAX_SIZE });
  if (read.type !== 'text' || !hasTemplateSyntax(read.text)) return [];
  const { text } = read;
  const parsed = parseTemplate(text, passing[0]?.options);
  const lines = new LineIndex(text);
  const disabled = findDisabledLines(text);
  const comments = yamlComments(uri, text, passing[0]?.options);
  return skeletonIssues(parsed, namesIn(parsed), passing, comments)
    .map(({ code, message, suggestions, severity, start, end }): Problem => ({
      code,
      severity: severity ?? problemSeverities[code],
      message,
      file: uri,
      document: undefined,
      range: lines.rangeAt(start, end),
      ...(suggestions && { suggestions }),
    }))
    .filter(problem => !isDisabled(problem, disabled));
}
