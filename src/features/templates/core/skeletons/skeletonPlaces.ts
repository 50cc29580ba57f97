import { dirnameUri, isRecord, isWithin, joinUri, normalizePath } from '../../../../base';
import type { FieldPath } from '../fieldPath';
import type { TemplateModel } from '../templateModel';

/**
 * Where the `url` of a `fetch:…` step leads to, relative to its Template: up to the first expression, whole
 * segments only. Undefined where it is none, leads elsewhere, or nowhere that could be told.
 */
export function fetchedPlace(url: unknown): string | undefined {
  if (typeof url !== 'string' || /^[A-Za-z][\w+.-]*:|^\//.test(url)) return undefined;
  const expression = url.search(/\$\{\{|\{%|\{#/);
  if (expression < 0) return url;
  const start = url.slice(0, expression);
  return start.includes('/') ? start.slice(0, start.lastIndexOf('/')) : undefined;
}

/**
 * What a path means that is to lead to something below a folder: relative, with `/` between its parts.
 * Undefined for one that leads elsewhere, or to the folder itself.
 */
export function pathBelow(path: string): string | undefined {
  if (URL.canParse(path) || path.startsWith('/') || path.includes('\\')) return undefined;
  const normal = normalizePath(`/base/${path}`);
  return normal.startsWith('/base/') ? normal.slice('/base/'.length) || undefined : undefined;
}

/**
 * The folders that the `fetch:…` steps of a Template copy from: what stands there becomes a project
 * later and is no entity yet. A folder that the Template itself lies in is not told apart from the
 * rest of the repository and is left out.
 *
 * @param steps - `spec.steps` as it is written, whatever it is
 * @param uri - of the file that the Template stands in
 * @returns URIs of folders, or of single files
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
 * The folders with what is to come of a Template: what stands there is no entity, as it is none in a skeleton.
 *
 * @param fixture - the value of a fixture, whatever it is
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

/** Where a step takes files from that lie beside the Template. */
export interface FetchSource {
  /** Of the `url`. */
  readonly path: FieldPath;
  /** Relative to the file of the Template: up to the first expression, whole segments only. */
  readonly place: string;
}

/** Actions that read what their `url` leads to; one of a plugin may mean another place by it. */
const FETCHING = new Set([
  'fetch:cookiecutter',
  'fetch:plain',
  'fetch:plain:file',
  'fetch:rails',
  'fetch:template',
  'fetch:template:file',
]);

/** Those that are told from the outset: other addresses, and what expressions lead to, are left out. */
export function fetchSources({ steps }: TemplateModel): readonly FetchSource[] {
  return steps.flatMap(({ action, input }) => {
    if (!action || !FETCHING.has(action) || !input || !isRecord(input.value)) return [];
    const place = fetchedPlace(input.value['url']);
    return place === undefined ? [] : [{ path: [...input.path, 'url'], place }];
  });
}
