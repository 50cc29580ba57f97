import { describe, expect, it } from 'vitest';
import { aDescriptor, documents } from '../../../../../support/descriptors';
import { textAt } from '../../../../../support/markedText';
import { openCatalog, type TestCatalog } from '../../../../../support/testCatalog';

const DOCS = 'backstage.io/techdocs-entity';
const TEMPLATE = 'backstage.io/source-template';

function annotated(name: string, annotations: Readonly<Record<string, unknown>>): string {
  return aDescriptor(`component:${name}`, { owner: 'team' }, { annotations });
}

const ORGANIZATION = documents(
  aDescriptor('group:team'),
  aDescriptor('system:shop'),
  aDescriptor('component:shop'),
  aDescriptor('template:new-service', { owner: 'team' }),
  aDescriptor('template:sales/job', { owner: 'default/team' }),
  aDescriptor('component:job'),
);

function reportedProblems(catalog: TestCatalog, path = 'a.yaml'): readonly (readonly unknown[])[] {
  return catalog
    .problems(path)
    .map(({ code, message, range, suggestions }) => [
      code,
      message,
      textAt(catalog.files.textOf(`/work/${path}`), range),
      suggestions,
    ]);
}

describe('Dangling ref in an annotation', () => {
  it.each([
    [
      DOCS,
      'system:default/shpo',
      'system:default/shpo, which is not in the catalog. Did you mean "system:shop"?',
      ['system:shop'],
    ],
    [
      DOCS,
      'resource:shop',
      'resource:default/shop, which is not in the catalog. Did you mean "component:shop" or "system:shop"?',
      ['component:shop', 'system:shop'],
    ],
    [
      TEMPLATE,
      'template:new-servce',
      'template:default/new-servce, which is not in the catalog. Did you mean "template:new-service"?',
      ['template:new-service'],
    ],
    // Only a Template is possible, although other kinds have the name, too.
    [
      TEMPLATE,
      'template:job',
      'template:default/job, which is not in the catalog. Did you mean "template:sales/job"?',
      ['template:sales/job'],
    ],
    [TEMPLATE, 'template:gone', 'template:default/gone, which is not in the catalog', undefined],
  ])('%s: %s', async (key, value, message, suggestions) => {
    const catalog = await openCatalog({
      'a.yaml': annotated('a', { [key]: value }),
      'z.yaml': ORGANIZATION,
    });
    expect(reportedProblems(catalog)).toEqual([
      ['dangling-reference', `Annotation ${key} refers to ${message}`, value, suggestions],
    ]);
  });

  it.each([
    [DOCS, 'component:shop'],
    [DOCS, 'System:Default/Shop'],
    [TEMPLATE, 'template:sales/job'],
    [TEMPLATE, '${{ values.template }}'],
    ['example.com/entity', 'component:nothing'],
    // The value isn't a ref, which is another problem.
    [TEMPLATE, 'new-service'],
  ])("isn't reported for %s: %s", async (key, value) => {
    const catalog = await openCatalog({
      'a.yaml': annotated('a', { [key]: value }),
      'z.yaml': ORGANIZATION,
    });
    expect(reportedProblems(catalog)).toEqual([]);
  });

  it('follows changes of its target and names a failing descriptor', async () => {
    const catalog = await openCatalog({
      'a.yaml': annotated('a', { [DOCS]: 'component:docs' }),
      'z.yaml': ORGANIZATION,
    });
    const messages = (): readonly string[] =>
      catalog.engine
        .getProblems({ entityRef: 'component:default/a' })
        .map(({ message }) => message.replace(/^.*?, which is not in the catalog/, ''));
    expect(messages()).toEqual(['']);

    await catalog.write({ 'b.yaml': aDescriptor('component:dosc', { owner: 'team' }) });
    expect(catalog.takeEvents().map(({ files }) => files)).toEqual([['a.yaml', 'b.yaml']]);
    expect(messages()).toEqual(['. Did you mean "component:dosc"?']);

    await catalog.write({ 'b.yaml': aDescriptor('component:docs', { owner: undefined }) });
    expect(messages()).toEqual([': its descriptor in b.yaml has errors']);

    catalog.takeEvents();
    await catalog.write({ 'b.yaml': aDescriptor('component:docs', { owner: 'team' }) });
    expect(catalog.takeEvents().map(({ files }) => files)).toEqual([['a.yaml', 'b.yaml']]);
    expect(messages()).toEqual([]);

    await catalog.remove('b.yaml');
    expect(messages()).toEqual(['']);
    await catalog.write({ 'a.yaml': annotated('a', {}) });
    expect(messages()).toEqual([]);
  });

  it("adds no relation and isn't reported for a duplicate", async () => {
    const catalog = await openCatalog({
      'a.yaml': annotated('a', {}),
      'b.yaml': annotated('a', { [DOCS]: 'component:docs' }),
      'z.yaml': ORGANIZATION,
    });
    expect(catalog.relations('component:default/docs')).toEqual([]);
    expect(catalog.codes('b.yaml')).toEqual(['duplicate-entity']);
  });

  it('keeps its position after edits and can be disabled by comments', async () => {
    const many = Array.from({ length: 10 }, (_, index) =>
      annotated(`c${index}`, { [DOCS]: `component:none${index}` }),
    );
    const catalog = await openCatalog({ 'a.yaml': documents(...many), 'z.yaml': ORGANIZATION });
    const shown = (): readonly unknown[] => reportedProblems(catalog).map(([, , text]) => text);
    const all = many.map((_, index) => `component:none${index}`);
    expect(shown()).toEqual(all);
    for (const comment of ['# one\n# two\n', '# one\n']) {
      await catalog.write({ 'a.yaml': documents(`${comment}${many[0] ?? ''}`, ...many.slice(1)) });
      expect(shown()).toEqual(all);
    }
    const [first = '', ...rest] = many;
    const off = first.replace('none0', 'none0 # callboard-disable-line dangling-reference');
    await catalog.write({ 'a.yaml': documents(off, ...rest) });
    expect(shown()).toEqual(all.slice(1));
  });
});
