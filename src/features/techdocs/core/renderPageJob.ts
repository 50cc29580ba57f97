import { isRecord } from '../../../base';
import type { WorkerJob } from '../../../platform/core/ports';
import {
  type PageInput,
  type PageOutput,
  PageRenderer,
  type PageResults,
  type PageTask,
} from './pageRenderer';

/** Kept between jobs, which mostly come from the same site. */
const renderer = new PageRenderer();

/** Shallow checks are enough: workers have the same version. */
const isResult: { readonly [K in PageTask]: (value: unknown) => value is PageResults[K] } = {
  page: (value): value is PageResults['page'] =>
    isRecord(value) &&
    typeof value['html'] === 'string' &&
    isTexts(value['anchors']) &&
    isTexts(value['languages']) &&
    ['toc', 'links', 'images', 'problems', 'diagrams'].every(name => Array.isArray(value[name])),
  index: (value): value is PageResults['index'] =>
    isRecord(value) &&
    ['links', 'images', 'anchors', 'definitions', 'includes'].every(name =>
      Array.isArray(value[name]),
    ),
  sections: (value): value is PageResults['sections'] =>
    Array.isArray(value) &&
    value.every(
      item =>
        isRecord(item) && typeof item['title'] === 'string' && typeof item['text'] === 'string',
    ),
  includes: (value): value is undefined => value === undefined,
};

/** Worker jobs for page tasks. */
export const pageJobs: {
  readonly [K in PageTask]: WorkerJob<PageInput, PageOutput<K>>;
} = {
  page: jobOf('page'),
  index: jobOf('index'),
  sections: jobOf('sections'),
  includes: jobOf('includes'),
};

function jobOf<K extends PageTask>(task: K): WorkerJob<PageInput, PageOutput<K>> {
  return {
    name: `docs.${task}`,
    run: input => renderer.run(task, input),
    readInput(value) {
      if (isPageInput(value)) return value;
      throw new TypeError('Not a page');
    },
    readOutput(value) {
      const { type, result, paths } = isRecord(value) ? value : {};
      if (type === 'done' && isResult[task](result)) return { type, result };
      if (type === 'wants' && isTexts(paths)) return { type, paths };
      throw new TypeError('Not the result of a page');
    },
  };
}

function isPageInput(value: unknown): value is PageInput {
  return (
    isRecord(value) &&
    typeof value['text'] === 'string' &&
    isRecord(value['extensions']) &&
    typeof value['lineAttributes'] === 'boolean' &&
    value['includes'] instanceof Map
  );
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}
