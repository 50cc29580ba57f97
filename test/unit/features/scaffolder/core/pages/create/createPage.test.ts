import { expect, it, onTestFinished } from 'vitest';
import type { TemplateSummary } from '../../../../../../../src/api';
import { StarredEntities } from '../../../../../../../src/features/catalog/core/identity';
import {
  getCreatePage,
  groupTemplates,
  type TaskRow,
} from '../../../../../../../src/features/scaffolder/core/pages';
import { anEntity, InMemoryCatalog } from '../../../../../../support/inMemoryCatalog';
import { inMemoryState } from '../../../../../../support/inMemoryState';

function aTemplate(name: string, fields: Partial<TemplateSummary> = {}): TemplateSummary {
  return {
    ref: `template:default/${name}`,
    title: name,
    description: undefined,
    type: 'service',
    tags: [],
    owner: undefined,
    file: `file:///work/${name}/template.yaml`,
    isShipped: false,
    ...fields,
  };
}

const owner = 'group:default/crew';

function pageOf(templates: readonly TemplateSummary[], tasks: readonly Partial<TaskRow>[] = []) {
  const starred = new StarredEntities(inMemoryState());
  onTestFinished(() => starred.dispose());
  const page = getCreatePage({
    catalog: new InMemoryCatalog({ entities: [anEntity('Group:crew', {}, { title: 'The Crew' })] }),
    forms: { getTemplates: async () => templates },
    starred,
    getTasks: async () => ({ tasks: tasks as readonly TaskRow[] }),
  });
  return { page, starred };
}

it('groups templates by type, ignoring case', async () => {
  const templates = [
    aTemplate('site', { type: 'website' }),
    aTemplate('go'),
    aTemplate('rust', { type: 'Service' }),
  ];
  const { categories } = await pageOf(templates).page;
  expect(
    categories.map(({ type, templates: all }) => [type, ...all.map(({ title }) => title)]),
  ).toEqual([
    ['service', 'go', 'rust'],
    ['website', 'site'],
  ]);
});

it('groups templates by the predicates of the app-config', async () => {
  const starred = new StarredEntities(inMemoryState());
  onTestFinished(() => starred.dispose());
  const entities = [
    anEntity('Template:site', { type: 'website' }),
    anEntity('Template:go', { type: 'service' }),
    anEntity('Template:docs', { type: 'documentation' }),
  ];
  const { categories } = await getCreatePage({
    catalog: new InMemoryCatalog({ entities }),
    forms: {
      getTemplates: async () => [
        aTemplate('docs'),
        aTemplate('go'),
        aTemplate('site', { type: 'website' }),
        aTemplate('shipped', { isShipped: true }),
      ],
      groupTemplates: async templates =>
        groupTemplates(
          templates,
          [
            { title: 'Recommended', filter: { 'spec.type': { $in: ['service', 'website'] } } },
            { title: 'Sites', filter: { 'spec.type': 'website' } },
            { title: 'Nothing', filter: { 'spec.type': 'none' } },
          ],
          new InMemoryCatalog({ entities }),
        ),
    },
    starred,
    getTasks: async () => ({ tasks: [] }),
  });
  expect(
    categories.map(({ type, templates: all }) => [type, ...all.map(({ title }) => title)]),
  ).toEqual([
    ['Recommended', 'go', 'site'],
    ['Sites', 'site'],
    ['Other Templates', 'docs', 'shipped'],
  ]);
});

it("names only owners of the catalog's templates", async () => {
  const { page } = pageOf([
    aTemplate('go', { owner }),
    aTemplate('docs', { owner, isShipped: true }),
  ]);
  const { categories, glances } = await page;
  expect(categories[0]?.templates.map(template => template.owner)).toEqual([owner, undefined]);
  expect(glances[owner]?.title).toBe('The Crew');
});

it('marks starred templates', async () => {
  const go = aTemplate('go');
  const { starred } = pageOf([]);
  await starred.set(go.ref, true);
  const page = await getCreatePage({
    catalog: new InMemoryCatalog(),
    forms: { getTemplates: async () => [go] },
    starred,
    getTasks: async () => ({ tasks: [] }),
  });
  expect(page.categories[0]?.templates[0]?.isStarred).toBe(true);
});

it('has the five latest runs, and none without templates', async () => {
  const tasks = Array.from({ length: 7 }, (_, index) => ({ id: `${index}` }));
  const ids = async (templates: readonly TemplateSummary[]): Promise<readonly string[]> =>
    (await pageOf(templates, tasks).page).tasks.map(({ id }) => id);
  expect(await ids([aTemplate('go')])).toEqual(['0', '1', '2', '3', '4']);
  expect(await ids([])).toEqual([]);
});
