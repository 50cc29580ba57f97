import { describe, expect, it } from 'vitest';
import { contributes } from '../../../../../package.json';
import { Emitter, english } from '../../../../../src/base';
import {
  everything,
  PAGE_SIZE,
  type ProblemNode,
  ProblemTreeModel,
  readProblemFilter,
} from '../../../../../src/features/problems/plugin';
import {
  aFailedEntity,
  anEntity,
  aProblem,
  InMemoryCatalog,
  type InMemoryCatalogContent,
} from '../../../../support/inMemoryCatalog';

const web = 'component:default/web';
const api = 'api:default/web-api';
const content: InMemoryCatalogContent = {
  entities: [
    anEntity('Component:web', { owner: 'crew' }, { title: 'The Web' }),
    anEntity('API:web-api', { owner: 'pilots' }),
  ],
  problems: [
    aProblem({ entityRef: web, message: 'No such system', suggestions: ['harbour'] }),
    aProblem({ entityRef: web, code: 'invalid-spec', severity: 'error', message: 'Bad spec' }),
    aProblem({ entityRef: api, message: 'No such owner' }),
    aProblem({
      code: 'yaml-syntax',
      severity: 'error',
      file: 'file:///work/bad.yaml',
      message: 'Bad',
    }),
    aProblem({ entityRef: 'user:default/far', file: undefined, severity: 'hint', message: 'Far' }),
  ],
};

describe('ProblemTreeModel', () => {
  it('groups by entity, most severe first, and other problems by file', () => {
    expect(show(open(content).model)).toEqual([
      'The Web | component · 2 | error',
      '  Bad spec | invalid-spec · catalog-info.yaml:1 | error',
      '  No such system | dangling-reference · catalog-info.yaml:1 | warning',
      'bad.yaml | 1 | error',
      '  Bad | yaml-syntax · bad.yaml:1 | error',
      'web-api | api · 1 | warning',
      '  No such owner | dangling-reference · catalog-info.yaml:1 | warning',
      'far | user · 1 | hint',
      '  Far | dangling-reference · not in a file | hint',
    ]);
  });

  it("shows and counts a source that couldn't be read", () => {
    const failed = aProblem({
      code: 'source-not-read',
      severity: 'error',
      file: undefined,
      message: 'The source shop could not be updated',
      cause: { subject: 'Shop' },
    });
    const file = 'callboard-source://shop/a.yaml';
    const { model } = open({ ...content, problems: [failed, aProblem({ file, message: 'Far' })] });
    const [heading, ...rows] = show(model);
    expect(heading).toBe('Shop | source · 2 | error');
    expect(rows[0]).toBe('  The source shop could not be updated | source-not-read | error');
    expect(rows[1]).toContain('Far');
    expect(model.counts).toEqual({ shown: 1, total: 1, errors: 1 });
    model.setGrouping('code');
    expect(show(model)[0]).toBe(heading);
    const [group] = model.getChildren();
    const [row] = model.getChildren(group);
    expect(row && model.present(row).contextValue).toBe('problem sourceFailure');
  });

  it('shows problems in sources last without counting them', () => {
    const file = 'callboard-source://shop/a.yaml';
    const there = [
      aProblem({ file, entityRef: web, severity: 'error', message: 'Far', suggestions: ['near'] }),
      aProblem({ file, severity: 'hint', message: 'Near' }),
    ];
    const { model } = open({ ...content, problems: [...there, aProblem({ message: 'Here' })] });
    expect(show(model)).toEqual([
      'catalog-info.yaml | 1 | warning',
      '  Here | dangling-reference · catalog-info.yaml:1 | warning',
      'Shop | source · 2 | error',
      '  Far | The Web · a.yaml:1 | error',
      `  Near | ${file} · a.yaml:1 | hint`,
    ]);
    expect(model.counts).toEqual({ shown: 1, total: 1, errors: 0 });
    const leaves = model.getChildren(model.getChildren()[1]);
    // The file is read-only.
    expect(leaves.map(node => model.present(node).contextValue)).toEqual([
      'elsewhere source',
      'elsewhere source',
    ]);
    model.setGrouping('code');
    expect(model.getChildren().map(node => model.present(node).label)).toEqual([
      'dangling-reference',
      'Shop',
    ]);
  });

  it('groups by code, most severe first', () => {
    const { model } = open(content);
    model.setGrouping('code');
    expect(show(model)).toEqual([
      'invalid-spec | 1 | error',
      '  Bad spec | The Web · catalog-info.yaml:1 | error',
      'yaml-syntax | 1 | error',
      '  Bad | bad.yaml · bad.yaml:1 | error',
      'dangling-reference | 3 | warning',
      '  No such system | The Web · catalog-info.yaml:1 | warning',
      '  No such owner | web-api · catalog-info.yaml:1 | warning',
      '  Far | far · not in a file | hint',
    ]);
  });

  it('filters by severity and owner', () => {
    const { model } = open(content);
    model.setFilter({ severity: 'error', ownedByMe: false });
    expect(model.counts).toEqual({ shown: 2, total: 5, errors: 2 });
    model.setFilter({ severity: 'hint', ownedByMe: true });
    expect(show(model).filter(line => !line.startsWith(' '))).toEqual([
      'The Web | component · 2 | error',
    ]);
    expect(model.counts).toEqual({ shown: 2, total: 5, errors: 1 });
  });

  it('updates with the catalog, including problems without a file', () => {
    const { model, catalog, refresh } = open(content);
    catalog.update({ problems: content.problems?.slice(3, 4) ?? [] });
    expect(refresh()).toBe(1);
    expect(show(model)).toEqual([
      'bad.yaml | 1 | error',
      '  Bad | yaml-syntax · bad.yaml:1 | error',
    ]);
  });

  it('removes the problem of a deleted entity without a file', () => {
    const far = anEntity('User:far');
    const { model, catalog, refresh } = open({ ...content, entities: [far] });
    catalog.update({ entities: [], problems: [] });
    refresh();
    expect(show(model)).toEqual([]);
  });

  it('pages long lists', () => {
    const problems = Array.from({ length: PAGE_SIZE + 7 }, (_, index) =>
      aProblem({ entityRef: `component:default/c${index}`, message: 'x' }),
    );
    const { model } = open({ problems });
    const rows = model.getChildren();
    const last = rows.at(-1);
    expect(rows).toHaveLength(PAGE_SIZE + 1);
    expect(last && model.present(last).description).toBe('7 not shown');
    if (last?.type === 'more') model.showMore(last);
    expect(model.getChildren()).toHaveLength(PAGE_SIZE + 7);
    model.setGrouping('code');
    expect(model.getChildren(model.getChildren()[0])).toHaveLength(PAGE_SIZE + 1);
  });

  it('keeps unique row ids when lines move', () => {
    const at = (line: number) => ({ start: { line, character: 0 }, end: { line, character: 1 } });
    const twins = (line: number) =>
      [0, 1].map(by => aProblem({ entityRef: web, range: at(line + by) }));
    const { model, catalog } = open({ entities: content.entities, problems: twins(0) });
    const ids = () => model.getChildren(model.getChildren()[0]).map(({ id }) => id);
    const before = ids();
    catalog.update({ problems: twins(5) });
    expect(ids()).toEqual(before);
    expect(new Set(before).size).toBe(2);
  });

  it('has context values for menus and accessible labels', () => {
    const { model } = open(content);
    const [group, file] = model.getChildren();
    const [, warning] = model.getChildren(group);
    expect(group && model.present(group)).toMatchObject({
      contextValue: 'entity source',
      accessibilityLabel: 'The Web, component, 2 problems, error',
    });
    expect(file && model.present(file)).toMatchObject({ contextValue: 'file source' });
    expect(warning && model.present(warning)).toMatchObject({
      contextValue: 'problem source fix',
      accessibilityLabel: 'warning, No such system, dangling-reference, catalog-info.yaml:1',
    });
  });

  it('filters by code and omits sources', () => {
    const file = 'callboard-source://shop/a.yaml';
    const problems = [...(content.problems ?? []), aProblem({ file })];
    const { model } = open({ ...content, problems });
    model.setFilter({ ...everything, code: 'dangling-reference' });
    expect(model.counts).toMatchObject({ shown: 3, total: 5 });
    expect(show(model).join()).not.toContain('Shop');
  });

  it("shows problems of descriptors that aren't in the catalog, by kind", () => {
    const bad = 'file:///work/bad.yaml';
    const problems = [
      ...(content.problems ?? []),
      aProblem({ file: bad, document: 1, message: 'Worse' }),
    ];
    const failed = [
      aFailedEntity({ file: bad, kind: 'Component' }),
      aFailedEntity({ file: bad, document: 1, kind: 'API' }),
    ];
    const { model } = open({ ...content, problems, failed });
    model.setFilter(readProblemFilter({ failed: 'component' }));
    expect(show(model)).toEqual([
      'bad.yaml | 1 | error',
      '  Bad | yaml-syntax · bad.yaml:1 | error',
    ]);
    model.setFilter(readProblemFilter({ failed: '' }));
    expect(model.counts).toMatchObject({ shown: 2, total: 6 });
  });

  it('offers to ignore on a line only where comments work', () => {
    const problems = [
      aProblem({ code: 'in-json', file: 'file:///work/openapi.json' }),
      aProblem({ code: 'other' }),
    ];
    const { model } = open({ problems });
    const rows = model.getChildren().flatMap(group => [...model.getChildren(group)]);
    const ignoring = new Set(
      contributes.menus['view/item/context']
        .filter(({ command }) => command === 'callboard.problems.ignoreHere')
        .map(({ when }) => / viewItem =~ \/(.*)\/$/.exec(when)?.[1] ?? ''),
    );
    expect(ignoring.size).toBe(1);
    const [pattern = ''] = ignoring;
    const offered = rows.filter(node => new RegExp(pattern).test(model.present(node).contextValue));
    expect(offered.map(node => node.type === 'problem' && node.problem.code)).toEqual(['other']);
  });
});

describe('readProblemFilter', () => {
  it.each([
    [
      { severity: 'error', ownedByMe: true },
      { severity: 'error', ownedByMe: true },
    ],
    [{ severity: 'awful', ownedByMe: 'yes' }, everything],
    ['error', everything],
    [null, everything],
    [undefined, everything],
  ])('parses %j', (value, expected) => {
    expect(readProblemFilter(value)).toEqual(expected);
  });
});

function open(content: InMemoryCatalogContent) {
  const catalog = new InMemoryCatalog(content);
  const pending: (() => void)[] = [];
  const model = new ProblemTreeModel({
    catalog,
    identity: {
      getOwnershipRefs: () => ['user:default/me', 'group:default/crew'],
      onDidChange: new Emitter<void>().event,
    },
    translate: english,
    displayPath: uri => uri.replace('file:///work/', ''),
    sourceOf: file => (file.startsWith('callboard-source://shop/') ? 'Shop' : undefined),
    schedule: run => pending.push(run),
    runInSlices: work => [...work],
  });
  let fired = 0;
  model.onDidChange(() => fired++);
  const refresh = (): number => {
    for (const run of pending.splice(0)) run();
    return fired;
  };
  return { model, catalog, refresh };
}

/** All rows, expanded. */
function show(model: ProblemTreeModel): string[] {
  const line = (node: ProblemNode): string => {
    const { label, description, severity } = model.present(node);
    return [label, description, severity].join(' | ');
  };
  return model
    .getChildren()
    .flatMap(group => [line(group), ...model.getChildren(group).map(node => `  ${line(node)}`)]);
}
