import {
  childUri,
  decodeEscapes,
  dirnameUri,
  isWithin,
  ownValue,
  translate,
} from '../../../../../base';
import type { Problem } from '../../../../../model';
import { nearNames } from '../../../../../platform/core';
import { exists } from '../../../../../platform/core/files';
import { isPattern } from '../../../../../platform/core/globs';
import { docsFolders, entriesOf, urlSegment } from '../../completion/paths/folders';
import { cursorAt } from '../../documents/cursor';
import type { CodeActionRequest } from '../../languageProvider';
import { type ActionSource, editAction, type OfferedAction } from '../actionSource';
import { suggestionEdit } from '../fields/useSuggestion';

/** The maximum number of offered paths. */
const MAX_PATHS = 3;

/** Codes of problems with a path without a target, and functions that find replacements. */
const SOURCES: Readonly<
  Record<string, (path: string, request: CodeActionRequest) => Promise<readonly string[]>>
> = {
  'location-target-missing': (path, request) => nearPaths(path, request, { isUrl: false }),
  'placeholder-missing': (path, request) => nearPaths(path, request, { isUrl: true }),
  'template-source-missing': (path, request) => nearPaths(path, request, { isUrl: true }),
  'techdocs-ref-missing': async (_, request) => docsAround(request),
};

/** Replaces a path without a target by a similar existing one. */
export const nearestPath: ActionSource = async request => {
  const actions: OfferedAction[] = [];
  for (const problem of request.problems) {
    if (request.signal.aborted) return [];
    actions.push(...(await actionsFor(problem, request)));
  }
  return actions;
};

async function actionsFor(
  problem: Problem,
  request: CodeActionRequest,
): Promise<readonly OfferedAction[]> {
  const { text } = request;
  const find = ownValue(SOURCES, problem.code);
  const cursor = find && cursorAt(text, text.offsetAt(problem.range.start));
  if (cursor?.at !== 'value') return [];
  const paths = (await find?.(cursor.scalar.value, request)) ?? [];
  return paths.slice(0, MAX_PATHS).flatMap(path =>
    editAction(text, suggestionEdit(text, problem, path), {
      title: translate('Change to "{0}"', path),
      problems: [problem],
      isPreferred: paths.length === 1,
    }),
  );
}

async function docsAround(request: CodeActionRequest): Promise<readonly string[]> {
  const folder = dirnameUri(request.text.uri);
  const entries = await entriesOf(request.context.files, folder);
  const isBeside = entries.some(({ name }) => /^mkdocs\.ya?ml$/.test(name));
  return [...(isBeside ? ['dir:.'] : []), ...(await docsFolders(request))];
}

/** Encodes a name for a path. */
type Spelling = (name: string) => string;

/** Returns existing paths in which one name is spelled similarly, else paths with the name in a subfolder. */
async function nearPaths(
  written: string,
  { text, context }: CodeActionRequest,
  { isUrl }: { readonly isUrl: boolean },
): Promise<readonly string[]> {
  if (/^(?:\/|[\w+.-]*:)|[?#\\]/.test(written) || isPattern(written)) return [];
  const spell: Spelling = isUrl ? urlSegment : name => name;
  const { files } = context;
  const boundary = context.boundaryOf(text.uri);
  const segments = written.split('/');
  let folder = dirnameUri(text.uri);
  for (const [index, segment] of segments.entries()) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') {
      folder = dirnameUri(folder);
      if (!isWithin(boundary, folder)) return [];
      continue;
    }
    const name = isUrl ? decodeEscapes(segment) : segment;
    const entries = await entriesOf(files, folder);
    if (entries.some(entry => entry.name === name)) {
      folder = childUri(folder, name);
      continue;
    }
    const rest = segments.slice(index + 1);
    const paths: string[] = [];
    for (const near of namesLike(name, entries)) {
      const below = rest.filter(Boolean).map(other => (isUrl ? decodeEscapes(other) : other));
      const uri = below.reduce(childUri, childUri(folder, near));
      if (below.length && !(await exists(uri, files))) continue;
      paths.push([...segments.slice(0, index), spell(near), ...rest].join('/'));
    }
    const isLast = !rest.some(Boolean);
    if (paths.length || !isLast) return paths;
    return furtherDown(name, { before: segments.slice(0, index), folder, spell }, files);
  }
  return [];
}

/** Returns the entries of a folder with a similar name or another extension. */
function namesLike(name: string, entries: readonly { readonly name: string }[]): readonly string[] {
  const names = entries.map(entry => entry.name);
  const stem = name.replace(/\.[^.]+$/, '');
  const others = names.filter(other => stem !== name && other.replace(/\.[^.]+$/, '') === stem);
  return [...new Set([...others, ...nearNames(name, names)])];
}

/** The maximum number of folders that are searched. */
const MAX_FOLDERS = 100;

async function furtherDown(
  name: string,
  {
    before,
    folder,
    spell,
  }: { readonly before: readonly string[]; readonly folder: string; readonly spell: Spelling },
  files: CodeActionRequest['context']['files'],
): Promise<readonly string[]> {
  const paths: string[] = [];
  const folders = (await entriesOf(files, folder)).filter(({ type }) => type === 'directory');
  for (const { name: child, isSymbolicLink } of folders.slice(0, MAX_FOLDERS)) {
    if (isSymbolicLink) continue;
    const entries = await entriesOf(files, childUri(folder, child));
    if (!entries.some(entry => entry.name === name)) continue;
    const start = before.length ? before : ['.'];
    paths.push([...start, spell(child), spell(name)].join('/'));
  }
  return paths;
}
