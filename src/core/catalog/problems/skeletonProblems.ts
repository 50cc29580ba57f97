import {
  basenameUri,
  childUri,
  compareCodeUnits,
  dirnameUri,
  isRecord,
  isWithin,
  LineIndex,
  relativePath,
} from '../../../base';
import {
  ANNOTATION_SOURCE_LOCATION,
  type Entity,
  findDisabledLines,
  isDisabled,
  type Problem,
} from '../../../model';
import { readWithin } from '../../files';
import type { FileSystem } from '../../ports';
import { resolveReference } from '../../targets';
import {
  fetchSources,
  type Filling,
  fillingOf,
  fillsIn,
  isTemplate,
  isToBeFilledIn,
  namesIn,
  parseTemplate,
  passedNames,
  type PassedNames,
  skeletonIssues,
  stepLabel,
  templateModel,
} from '../../templates';
import type { CatalogEngine } from '../catalogEngine';
import { Repositories } from '../repository/repositories';
import type { WorkOptions } from '../workspace/refreshProgress';
import { problemSeverities } from './problemSeverities';

/** What is asked of the catalog. */
export type CatalogWithTemplates = Pick<
  CatalogEngine,
  'getEntityRefs' | 'getEntitySource' | 'loadEntity' | 'mode' | 'roots'
>;

/** Of one skeleton; more are not what somebody has written for one. */
const MAX_FILES = 2000;
const MAX_DEPTH = 20;

/** In bytes: larger files are not filled in by hand. */
const MAX_SIZE = 1024 * 1024;

/**
 * What is wrong with the files that the Templates of a catalog fill in: what would fail there, and values that no
 * step passes. All of them are read for it, so that it is for those who look once. Of a catalog as a Backstage
 * holds it nothing is said: it has Templates from elsewhere, with skeletons beside them there.
 */
export async function skeletonProblems(
  catalog: CatalogWithTemplates,
  fileSystem: FileSystem,
  { signal, onProgress }: WorkOptions = {},
): Promise<readonly Problem[]> {
  if (catalog.mode === 'backstage') return [];
  const filled = new Map<string, FilledFile>();
  const repositories = new Repositories(fileSystem);
  const refs = catalog.getEntityRefs().filter(ref => ref.startsWith('template:'));
  for (const [done, ref] of refs.entries()) {
    signal?.throwIfAborted();
    onProgress?.({ phase: 'templates', done, total: refs.length });
    const base = catalog.getEntitySource(ref)?.file;
    const root = base && catalog.roots.find(({ uri }) => isWithin(uri, base))?.uri;
    const entity = root && (await catalog.loadEntity(ref));
    if (!base || !entity || !isTemplate(entity) || hasOtherSource(entity)) continue;
    // What cannot be looked at is no repository.
    const repository = await repositories.find(dirnameUri(base)).catch(() => undefined);
    const boundary = repository?.root ?? root;
    for (const { root: from, ...passing } of skeletonsOf(entity, { base, boundary })) {
      for (const uri of await filesBelow(from, fileSystem)) {
        const path = uri === from ? '' : relativePath(from, uri);
        if (path === undefined || !fillsIn(passing.step, path)) continue;
        const known = filled.get(uri);
        if (known) known.passing.push(passing);
        else filled.set(uri, { boundary, passing: [passing] });
      }
    }
  }
  const problems: Problem[] = [];
  for (const [uri, file] of [...filled].sort(([a], [b]) => compareCodeUnits(a, b))) {
    signal?.throwIfAborted();
    problems.push(...(await problemsOf(uri, file, fileSystem)));
  }
  return problems;
}

/** A step, and what it passes. */
interface Passing extends Omit<Filling, 'values'>, PassedNames {
  readonly label: string;
}

/** A file, and all that is passed to it; at least by one step. */
interface FilledFile {
  readonly boundary: string;
  readonly passing: Passing[];
}

function skeletonsOf(
  entity: Entity,
  place: { readonly base: string; readonly boundary: string },
): readonly (Passing & { readonly root: string })[] {
  const model = templateModel(entity);
  return fetchSources(model).flatMap(({ path: [, , index], place: written }) => {
    const step = model.steps.find(candidate => candidate.index === index);
    const filling = step && fillingOf(step);
    const target = resolveReference(written, place);
    if (!filling || target.type !== 'local' || written === '') return [];
    // A folder that the Template lies in itself is not only a skeleton.
    if (isWithin(target.uri, place.base)) return [];
    const { values, ...rest } = filling;
    const label = stepLabel(step, entity.metadata.name);
    return [{ ...rest, ...passedNames(values, model), label, root: target.uri }];
  });
}

/** Paths are relative to the source location, which may be on another machine. */
function hasOtherSource({ metadata }: Entity): boolean {
  const { annotations } = metadata;
  return isRecord(annotations) && Object.hasOwn(annotations, ANNOTATION_SOURCE_LOCATION);
}

/** A file, or those of a folder; links to folders are not followed. */
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
  if (read.type !== 'text' || !isToBeFilledIn(read.text)) return [];
  const { text } = read;
  const parsed = parseTemplate(text, passing[0]?.options);
  const lines = new LineIndex(text);
  const disabled = findDisabledLines(text);
  return skeletonIssues(parsed, namesIn(parsed), passing)
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
