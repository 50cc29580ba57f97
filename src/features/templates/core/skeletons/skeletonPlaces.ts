import { dirnameUri, isRecord, isWithin, joinUri, normalizePath } from '../../../../base';
import type { FieldPath } from '../fieldPath';
import type { TemplateModel } from '../templateModel';

/**
 * The place that the `url` of a `fetch:…` step points to, relative to its Template: whole segments up to the
 * first expression. Undefined if it is absolute or unknown.
 */
export function fetchedPlace(url: unknown): string | undefined {
  if (typeof url !== 'string' || /^[A-Za-z][\w+.-]*:|^\//.test(url)) return undefined;
  const expression = url.search(/\$\{\{|\{%|\{#/);
  if (expression < 0) return url;
  const start = url.slice(0, expression);
  return start.includes('/') ? start.slice(0, start.lastIndexOf('/')) : undefined;
}

/**
 * Normalizes a relative path with `/`. Undefined for a path that leads out of the folder or to the folder
 * itself.
 */
export function pathBelow(path: string): string | undefined {
  if (URL.canParse(path) || path.startsWith('/') || path.includes('\\')) return undefined;
  const normal = normalizePath(`/base/${path}`);
  return normal.startsWith('/base/') ? normal.slice('/base/'.length) || undefined : undefined;
}

/**
 * Folders that the `fetch:…` steps of a Template copy. Their files are not entities yet. Omits folders that
 * contain the Template, which can't be told apart from the rest of the repository.
 * @param steps - `spec.steps`, possibly invalid
 * @param uri - of the Template's file
 * @returns URIs of folders or single files
 */
export function skeletonFolders(steps: unknown, uri: string): readonly string[] {
  if (!Array.isArray(steps)) return [];
  const folders = new Set<string>();
  for (const step of steps) {
    if (!isRecord(step) || typeof step['action'] !== 'string') continue;
    if (!step['action'].startsWith('fetch:') || !isRecord(step['input'])) continue;
    const path = fetchedPlace(step['input']['url']);
    if (path === undefined) continue;
    const folder = joinUri(dirnameUri(uri), path);
    if (!isWithin(folder, uri)) folders.add(folder);
  }
  return [...folders];
}

/**
 * Folders with the expected output of a Template. Their files are not entities, as in skeletons.
 * @param fixture - the value of a fixture, possibly invalid
 * @param uri - of its file
 * @returns URIs
 */
export function goldenFolders(fixture: unknown, uri: string): readonly string[] {
  const tests = isRecord(fixture) ? fixture['tests'] : undefined;
  if (!Array.isArray(tests)) return [];
  const folders = new Set<string>();
  for (const test of tests as readonly unknown[]) {
    const expected = isRecord(test) ? test['expect'] : undefined;
    const files = isRecord(expected) ? expected['files'] : undefined;
    const written = isRecord(files) ? files['golden'] : undefined;
    const path = typeof written === 'string' ? pathBelow(written) : undefined;
    if (path !== undefined) folders.add(joinUri(dirnameUri(uri), path));
  }
  return [...folders];
}

/** A local source of a step. */
export interface FetchSource {
  /** Path of the `url`. */
  readonly path: FieldPath;
  /** Place relative to the Template's file: whole segments up to the first expression. */
  readonly place: string;
}

/** Actions that read their `url`. In an action of a plugin, it may have another meaning. */
const FETCHING = new Set([
  'fetch:cookiecutter',
  'fetch:plain',
  'fetch:plain:file',
  'fetch:rails',
  'fetch:template',
  'fetch:template:file',
]);

/** Known local sources of the steps. Omits URLs, and paths that begin with an expression. */
export function fetchSources({ steps }: TemplateModel): readonly FetchSource[] {
  return steps.flatMap(({ action, input }) => {
    if (!action || !FETCHING.has(action) || !input || !isRecord(input.value)) return [];
    const place = fetchedPlace(input.value['url']);
    return place === undefined ? [] : [{ path: [...input.path, 'url'], place }];
  });
}
