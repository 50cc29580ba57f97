import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CardTreeItem, SearchDocument } from '../../src/api';
import { silentLogger } from '../../src/base';
import { CatalogEngine } from '../../src/core/catalog';
import type { IndexedSource } from '../../src/core/search';
import type { Entity } from '../../src/model';
import {
  entityDescription,
  entityTags,
  entityTitle,
  ownerRefs,
  relationTargets,
} from '../../src/model/presentation';
import { NodeClock, NodeFileSystem, fileUriToPath, pathToFileUri } from '../../src/node';
import { leavesWithPaths } from '../../src/plugins/apis/outline';
import { outlineDefinition } from '../../src/plugins/apis/outlineDefinition';
import { sectionsOfPage } from './markdownSections';
import { isRecord, isText, parameterNames, textsUnder } from './values';

/*
 * The documents of demo/, by plain means, so that there is something to search before there are collators,
 * and for others than Callboard. Ids are those that the expectations use.
 */

/** @param folder - the path of demo/ */
export async function demoSources(folder: string): Promise<readonly IndexedSource[]> {
  const engine = new CatalogEngine({
    fileSystem: new NodeFileSystem(),
    clock: new NodeClock(),
    logger: silentLogger,
  });
  try {
    engine.setRoots([{ uri: pathToFileUri(folder), name: 'demo' }]);
    await engine.refresh();
    const sources: IndexedSource[] = [];
    for (const ref of engine.getEntityRefs()) {
      const entity = engine.getEntityByRef(ref);
      if (!entity) continue;
      const source = engine.getEntitySource(ref);
      sources.push(sourceOf(typeOf(entity), ref, [entityDocument(entity, ref)]));
      const file = source && fileUriToPath(source.file);
      if (entity.kind === 'API' && file) {
        sources.push(sourceOf('apis', ref, await partsOfApi(entity, ref, file)));
      }
    }
    return [...sources, ...docsSources(folder)];
  } finally {
    engine.dispose();
  }
}

function sourceOf(type: string, id: string, documents: readonly SearchDocument[]): IndexedSource {
  return { type, id, stamp: undefined, documents };
}

function typeOf({ kind }: Entity): string {
  if (kind === 'Template') return 'templates';
  return kind === 'User' || kind === 'Group' ? 'people' : 'catalog';
}

function entityDocument(entity: Entity, ref: string): SearchDocument {
  const { metadata } = entity;
  const { spec = {} } = entity;
  const tags = entityTags(entity).map(tag => tag.toLowerCase());
  const form = entity.kind === 'Template' ? spec['parameters'] : undefined;
  return {
    id: ref,
    ref,
    title: entityTitle(entity),
    names: [metadata.name].filter(isText),
    keywords: [...tags, ...writtenAnnotations(metadata.annotations)],
    text: [entityDescription(entity), ...parameterNames(form), ...textsUnder(form, TEXTS)]
      .filter(isText)
      .join('\n'),
    facets: {
      kind: [entity.kind.toLowerCase()],
      type: lowerCase(spec['type']),
      lifecycle: lowerCase(spec['lifecycle']),
      tag: tags,
      owner: ownerRefs(entity),
      system: relationTargets(entity, 'partOf').filter(target => target.startsWith('system:')),
    },
  };
}

/** What says something to people. */
const TEXTS = new Set(['title', 'label', 'description', 'text']);

/** Those that the catalog does not add itself. */
function writtenAnnotations(annotations: unknown): string[] {
  return Object.entries(isRecord(annotations) ? annotations : {}).flatMap(([name, value]) =>
    typeof value !== 'string' || MADE.test(name) ? [] : [value],
  );
}

const MADE = /^backstage\.io\/(managed-by|orphan|view-url|edit-url)/;

function lowerCase(value: unknown): string[] {
  return isText(value) ? [value.toLowerCase()] : [];
}

async function partsOfApi(entity: Entity, ref: string, file: string): Promise<SearchDocument[]> {
  const outline = await outlineDefinition({
    definition: definitionOf(entity.spec?.['definition'], file),
    type: lowerCase(entity.spec?.['type']).join(),
    source: { file: '', range: zero, rangeOf: () => undefined, twin: undefined },
    translate: message => message,
  });
  const documents = new Map<string, SearchDocument>();
  const add = (item: CardTreeItem): void => {
    const method = item.badge?.text.toUpperCase() ?? '';
    const title = METHODS.has(method) ? `${method} ${item.label}` : item.label;
    const said = [item.description, ...textsUnder([item.content, item.children], TEXTS)];
    const before = documents.get(title)?.text ?? '';
    documents.set(title, {
      ...{ id: title, title, ref },
      text: [before, ...said].filter(Boolean).join('\n'),
    });
  };
  for (const { item } of leavesWithPaths(outline?.operations ?? [])) add(item);
  for (const item of outline?.types ?? []) add(item);
  return [...documents.values()];
}

const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE']);
const zero = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** A definition that stands in a file of its own is read from there. */
function definitionOf(definition: unknown, file: string): string {
  if (typeof definition === 'string') return definition;
  const [path] = isRecord(definition) ? Object.values(definition) : [];
  return typeof path === 'string' ? readFileSync(join(dirname(file), path), 'utf8') : '';
}

/** One source for each page of the sites that the entities have; what templates have in store is none. */
function docsSources(folder: string): readonly IndexedSource[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => /(^|\/)docs\/.*\.md$/.test(path) && !path.includes('/skeleton/'))
    .sort()
    .map(path => {
      const sections = sectionsOfPage(readFileSync(join(folder, path), 'utf8'));
      const page = sections[0]?.title ?? path;
      const documents = sections.map(({ id, title, text }) => ({
        ...{ id: id === undefined ? path : `${path}#${id}`, title, text },
        path: title === page ? [] : [page],
      }));
      return sourceOf('docs', path, documents);
    });
}
