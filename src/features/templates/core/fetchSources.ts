import { isRecord } from '../../../base';
import type { FieldPath } from './fieldPath';
import { fetchedPlace } from './skeletons/fetchedPlace';
import type { TemplateModel } from './templateModel';

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
