import type { SearchDocument, SearchFacets } from '../../../src/api';
import type { IndexedSource } from '../../../src/features/search/core';
import { Random } from '../../organizationTexts';
import { headingId } from '../headingId';
import { areas, familyNames, givenNames, pages, programs } from './areas';
import { type NotableEntity, notableEntities, notableTemplates } from './notables';
import { notableApis, notablePages } from './notableTexts';

/*
 * A generated organization, as documents of the collators: many with similar names, and some unique ones.
 * It is always the same.
 */

const PEOPLE_OF_TEAM = 6;

export function inventedSources(): readonly IndexedSource[] {
  const random = new Random(8);
  return [
    ...notableEntities.map(entitySource),
    ...notableTemplates.map(templateSource),
    ...notableApis.flatMap(({ name, parts, ...entity }) => {
      const ref = `api:default/${name}`;
      return [entitySource({ ...entity, ref }), partsSource(ref, parts)];
    }),
    ...notablePages.map(([file, title, text, sections]) =>
      pageSource({ file: `handbook/docs/${file}`, site: 'Handbook', title, text, sections }),
    ),
    ...areas.flatMap(area => sourcesOfArea(area, random)),
    ...peopleSources(random),
  ];
}

function sourcesOfArea(
  [area, thing]: readonly [string, string],
  random: Random,
): readonly IndexedSource[] {
  const title = capitalised(area);
  const one = capitalised(thing);
  const owner = `group:default/team-${area}`;
  const common = { owner, system: area, lifecycle: 'production' };
  const language = random.pick(['kotlin', 'go', 'python', 'typescript']);
  const entities: NotableEntity[] = [
    {
      ...common,
      ref: `system:default/${area}`,
      title,
      lifecycle: undefined,
      description: `All that has to do with ${area}`,
    },
    { ref: owner, title: `Team ${title}`, description: `Looks after ${area}`, type: 'team' },
    {
      ...common,
      ref: `component:default/${area}-service`,
      title: `${title} Service`,
      type: 'service',
      description: `Decides about ${area} and remembers every ${thing}`,
      tags: [language, 'rest'],
    },
    {
      ...common,
      ref: `api:default/${thing}-api`,
      title: `${one} API`,
      type: 'openapi',
      description: `Create, read, list and cancel a ${thing}`,
      tags: ['rest'],
    },
    {
      ...common,
      ref: `resource:default/${area}-db`,
      title: `${title} DB`,
      type: 'database',
      description: `What is known of each ${thing}`,
      tags: ['postgresql'],
    },
    ...programs.map(([suffix, type, does]) => ({
      ...common,
      ref: `component:default/${thing}-${suffix}`,
      type,
      title: `${one} ${capitalised(suffix)}`,
      description: `For ${area}: ${does}`,
      lifecycle: random.chance(0.1) ? 'experimental' : 'production',
      tags: [random.pick(['java', 'kotlin', 'go', 'python', 'typescript'])],
    })),
  ];
  return [
    ...entities.map(entitySource),
    partsSource(`api:default/${thing}-api`, restOf(area, thing)),
    ...pages.map(([file, page, sections]) =>
      pageSource({
        file: `${area}/docs/${file}`,
        site: title,
        title: `${title} ${page}`,
        text: `${page} of the system ${area}.`,
        ref: `system:default/${area}`,
        owner,
        sections: sections.map(([heading, text]) => [heading, text.replaceAll('%', area)] as const),
      }),
    ),
  ];
}

function restOf(area: string, thing: string): readonly (readonly [string, string, string?])[] {
  const one = capitalised(thing);
  const path = `/${area}`;
  const single = `${path}/{${thing}Id}`;
  return [
    [`GET ${path}`, `Lists ${area} page by page`, `list${capitalised(area)}`],
    [`POST ${path}`, `Creates a ${thing}`, `create${one}`],
    [`GET ${single}`, `Reads a ${thing}`, `get${one}`],
    [`DELETE ${single}`, `Cancels a ${thing}`, `cancel${one}`],
    [one, `object. id status createdAt amount`],
    [`New${one}`, `object. reference amount`],
    [`${one}Page`, `object. items nextCursor`],
  ];
}

function entitySource(entity: NotableEntity): IndexedSource {
  const { ref } = entity;
  const [kind = ''] = ref.split(':', 1);
  const type = kind === 'user' || kind === 'group' ? 'people' : 'catalog';
  return { type, id: ref, stamp: undefined, documents: [entityDocument(entity)] };
}

function entityDocument(entity: NotableEntity): SearchDocument {
  const { ref, title, description, type, owner, system, tags = [] } = entity;
  const kind = ref.slice(0, ref.indexOf(':'));
  const name = ref.slice(ref.indexOf('/') + 1);
  const isBuilt = kind === 'component' || kind === 'api';
  const lifecycle = isBuilt ? (entity.lifecycle ?? 'production') : undefined;
  return {
    id: ref.toLowerCase(),
    ref: ref.toLowerCase(),
    isEntity: true,
    title: title ?? name,
    names: [name],
    keywords: tags,
    text: description,
    facets: {
      kind: [kind],
      type: some(type),
      lifecycle: some(lifecycle),
      tag: tags,
      ...belonging({ owner, system: kind === 'system' ? undefined : system }),
    },
  };
}

function belonging(to: { owner?: string | undefined; system?: string | undefined }): SearchFacets {
  return { owner: some(to.owner), system: some(to.system && `system:default/${to.system}`) };
}

function some(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value];
}

function templateSource(template: (typeof notableTemplates)[number]): IndexedSource {
  const form = template.parameters.flatMap(([name, title, help]) => [name, title, help ?? '']);
  const document = entityDocument(template);
  const text = [document.text, ...form].filter(Boolean).join('\n');
  const documents = [{ ...document, text }];
  return { type: 'templates', id: template.ref, stamp: undefined, documents };
}

function partsSource(
  ref: string,
  parts: readonly (readonly [name: string, text: string, otherName?: string])[],
): IndexedSource {
  const documents = parts.map(([name, text, otherName]) => ({
    id: name,
    title: name,
    text,
    ref,
    path: [ref.slice(ref.indexOf('/') + 1)],
    ...(otherName === undefined ? {} : { names: [otherName] }),
  }));
  return { type: 'apis', id: ref, stamp: undefined, documents };
}

interface InventedPage {
  readonly file: string;
  readonly site: string;
  readonly title: string;
  readonly text: string;
  readonly ref?: string;
  readonly owner?: string;
  readonly sections: readonly (readonly [heading: string, text: string])[];
}

function pageSource({
  file,
  site,
  title,
  text,
  ref,
  owner,
  sections,
}: InventedPage): IndexedSource {
  const shared = { ref, facets: belonging({ owner }) };
  return {
    type: 'docs',
    id: file,
    stamp: undefined,
    documents: [
      { ...shared, id: file, title, text, path: [site] },
      ...sections.map(([heading, said]) => ({
        ...shared,
        id: `${file}#${headingId(heading)}`,
        title: heading,
        text: said,
        path: [site, title],
      })),
    ],
  };
}

function peopleSources(random: Random): readonly IndexedSource[] {
  const seen = new Set<string>();
  return areas.flatMap(([area]) =>
    Array.from({ length: PEOPLE_OF_TEAM }, () => {
      const draw = (): string => `${random.pick(givenNames)} ${random.pick(familyNames)}`;
      let name = draw();
      while (seen.has(name)) name = draw();
      seen.add(name);
      const ref = `user:default/${name.toLowerCase().replace(' ', '.')}`;
      return entitySource({ ref, title: name, description: `Member of Team ${capitalised(area)}` });
    }),
  );
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
