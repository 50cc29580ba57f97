import { isRecord } from '../../../base';
import type { WorkerJob } from '../../../platform/core/ports';
import { isOptions } from './markdown/config';
import type { MarkdownPage, PageIndex, PlacedSection } from './markdown/types';
import {
  type IndexOutput,
  type PageInput,
  type PageOutput,
  PageRenderer,
  type SectionsOutput,
} from './pageRenderer';

/** The next page that a thread is asked for is of the same site, mostly. */
const renderer = new PageRenderer();

/** Renders a page for those whose thread must not wait for it. */
export const renderPageJob: WorkerJob<PageInput, PageOutput> = {
  name: 'docs.render',

  run: input => renderer.render(input),

  readInput: readPageInput,
  readOutput(value) {
    if (!isRecord(value)) throw new TypeError('Not what came of a page');
    const { type, page, paths } = value;
    if (type === 'page' && isPage(page)) return { type, page };
    if (type === 'wants' && isTexts(paths)) return { type, paths };
    throw new TypeError('Not what came of a page');
  },
};

/** Says what stands where in a page, for the same. */
export const indexPageJob: WorkerJob<PageInput, IndexOutput> = {
  name: 'docs.index',

  run: input => renderer.index(input),

  readInput: readPageInput,

  readOutput(value) {
    if (!isRecord(value)) throw new TypeError('Not what stands in a page');
    const { type, index, paths } = value;
    if (type === 'index' && isIndex(index)) return { type, index };
    if (type === 'wants' && isTexts(paths)) return { type, paths };
    throw new TypeError('Not what stands in a page');
  },
};

/** Says what a page says below each heading, for the same. */
export const sectionsJob: WorkerJob<PageInput, SectionsOutput> = {
  name: 'docs.sections',

  run: input => renderer.sections(input),

  readInput: readPageInput,

  readOutput(value) {
    if (!isRecord(value)) throw new TypeError('Not what a page says');
    const { type, sections, paths } = value;
    if (type === 'sections' && Array.isArray(sections) && sections.every(isSection)) {
      return { type, sections };
    }
    if (type === 'wants' && isTexts(paths)) return { type, paths };
    throw new TypeError('Not what a page says');
  },
};

function readPageInput(value: unknown): PageInput {
  if (!isRecord(value)) throw new TypeError('Not a page');
  const { text, extensions, lineAttributes, includes } = value;
  const isUsable =
    typeof text === 'string' &&
    isRecord(extensions) &&
    typeof lineAttributes === 'boolean' &&
    includes instanceof Map;
  if (!isUsable) throw new TypeError('Not a page');
  return { text, extensions: optionsOf(extensions), lineAttributes, includes: textsOf(includes) };
}

function optionsOf(extensions: Record<string, unknown>): PageInput['extensions'] {
  return Object.fromEntries(
    Object.entries(extensions).map(([name, options]) => {
      if (!isOptions(options)) throw new TypeError('Not the options of an extension');
      return [name, options];
    }),
  );
}

function textsOf(includes: ReadonlyMap<unknown, unknown>): PageInput['includes'] {
  const texts = new Map<string, string | undefined>();
  for (const [path, text] of includes) {
    if (typeof path !== 'string' || (typeof text !== 'string' && text !== undefined)) {
      throw new TypeError('Not what a page includes');
    }
    texts.set(path, text);
  }
  return texts;
}

/** By what tells one from anything else: workers are of the same version. */
function isPage(value: unknown): value is MarkdownPage {
  return (
    isRecord(value) &&
    typeof value['html'] === 'string' &&
    isTexts(value['anchors']) &&
    isTexts(value['languages']) &&
    [value['toc'], value['links'], value['images'], value['problems'], value['diagrams']].every(
      Array.isArray,
    )
  );
}

function isIndex(value: unknown): value is PageIndex {
  return (
    isRecord(value) &&
    ['links', 'images', 'anchors', 'definitions', 'includes'].every(name =>
      Array.isArray(value[name]),
    )
  );
}

function isSection(value: unknown): value is PlacedSection {
  return isRecord(value) && typeof value['title'] === 'string' && typeof value['text'] === 'string';
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}
