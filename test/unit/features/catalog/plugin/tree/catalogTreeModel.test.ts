import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { TreeGrouping } from '../../../../../../src/api';
import { Emitter, english, Registry, silentLogger } from '../../../../../../src/base';
import { StarredEntities } from '../../../../../../src/features/catalog/core/identity';
import {
  type CatalogTreeNode,
  CatalogTreeModel,
  type CatalogTreeModelDeps,
  createBuiltinGroupings,
  createFileGrouping,
  PAGE_SIZE,
} from '../../../../../../src/features/catalog/plugin';
import { parseFilter } from '../../../../../../src/features/catalog/plugin/tree/parseFilter';
import {
  aFailedEntity,
  anEntity,
  aProblem,
  InMemoryCatalog,
  type InMemoryCatalogContent,
} from '../../../../../support/inMemoryCatalog';
import { inMemoryState } from '../../../../../support/inMemoryState';
import { noSources } from '../../../../../support/noSources';
import { aSource } from '../../../../../support/sourceInfo';

const orders = anEntity(
  'Component:orders',
  {
    type: 'service',
    lifecycle: 'production',
    owner: 'team-a',
    system: 'shop',
    providesApis: ['orders-api'],
  },
  { title: 'Orders', tags: ['java', 'grpc'] },
);
const web = anEntity('Component:web', {
  type: 'website',
  lifecycle: 'experimental',
  owner: 'user:jane',
  dependsOn: ['component:orders', 'component:missing'],
});
const company = [
  orders,
  web,
  anEntity('API:orders-api', { type: 'openapi', owner: 'team-a', system: 'shop' }),
  anEntity('System:shop', { owner: 'team-a', domain: 'retail' }),
  anEntity('Domain:retail', { owner: 'team-b', subdomainOf: 'trade' }),
  anEntity('Domain:trade', { owner: 'team-b' }),
  anEntity('Group:team-a', { type: 'team', profile: { displayName: 'Team A' } }),
  anEntity('User:jane', { memberOf: ['team-a'] }),
];

describe('CatalogTreeModel', () => {
  describe('groups', () => {
    it('by kind have a fixed order and counts', () => {
      expect(show(open({ entities: company }), 1)).toEqual([
        'Components 2',
        'APIs 1',
        'Systems 1',
        'Domains 2',
        'Groups 1',
        'Users 1',
      ]);
    });

    it('by owner use titles and mark missing owners', () => {
      expect(show(open({ entities: company, grouping: 'owner' }), 2)).toEqual([
        'jane 1',
        '  web website',
        '  Member of Team A',
        'Team A 3',
        '  Orders service',
        '  orders-api openapi',
        '  shop',
        '  Has member jane',
        'team-b 2 · not in the catalog',
        '  retail',
        '  trade',
      ]);
    });

    it('show the source of an entity and other sources with it', () => {
      const acme = aSource({ name: 'Acme', color: 'charts.blue' });
      const sources: CatalogTreeModelDeps['sources'] = {
        ...noSources,
        getOriginOf: ref =>
          ref === 'component:default/orders'
            ? { from: acme, alsoIn: [aSource({ name: 'Old' })] }
            : { from: undefined, alsoIn: ref === 'component:default/web' ? [acme] : [] },
      };
      const tree = open({ entities: company, sources });
      expect(show(tree, 2).filter(row => / (from|also in) /.test(row))).toEqual([
        '  Orders service · from Acme · Team A',
        '  web website · also in Acme · jane',
      ]);
    });

    it("show the source's color and aren't editable", () => {
      const from = aSource({ color: 'charts.blue' });
      const sources = { ...noSources, getOriginOf: () => ({ from, alsoIn: [] }) };
      const { model } = open({ entities: company, sources });
      const node = model.findEntity('component:default/orders');
      expect(node && model.present(node)).toMatchObject({
        sourceColor: 'charts.blue',
        contextValue: 'entity hasRef source unstarred owned tagged kind_component',
      });
    });

    it('by domain nest subdomains, systems and parts', () => {
      const tree = open({ entities: company, grouping: 'domain' });
      expect(groupsOnly(tree)).toEqual(['trade 4', '  retail 3', '    shop 2', 'No system 3']);
      expect(show(tree, 4)).toContain('      Orders service · Team A');
      expect(show(tree, 2)).toContain('  Team A team');
    });

    it('are built in slices and replace rows when finished', () => {
      const works: Generator<void, void>[] = [];
      const tree = open({ entities: company, runInSlices: work => works.push(work) });
      expect(tree.model.isBuilt).toBe(false);
      void tree.model.build();
      finishAll(works);
      expect(tree.model.isBuilt).toBe(true);

      tree.model.setGrouping('lifecycle');
      works[0]?.next();
      expect(show(tree, 1)).toContain('Components 2');
      finishAll(works);
      expect(show(tree, 1)).toEqual(['experimental 1', 'production 1', 'No lifecycle 6']);
    });

    it('are available when the requested build ends', async () => {
      const works: Generator<void, void>[] = [];
      const tree = open({ entities: company, runInSlices: work => works.push(work) });
      const rows = tree.model.build().then(() => show(tree, 1));
      finishAll(works);
      expect(await rows).toContain('Components 2');
    });

    it('restart the build when the filter or grouping changes', () => {
      const works: Generator<void, void>[] = [];
      const tree = open({ entities: company, runInSlices: work => works.push(work) });
      void tree.model.build();
      finishAll(works);

      tree.model.setFilter(parseFilter('orders'));
      works[0]?.next();
      tree.model.setFilter(parseFilter('web'));
      const [first] = works.splice(0, 1);
      if (first) finish(first);
      expect(show(tree, 1)).toContain('Systems 1');
      finishAll(works);
      expect(show(tree, 2)).toContain('  web website · jane');
      expect(tree.model.counts).toEqual({ shown: 1, total: 8, failed: 0 });
    });

    it('include changes during the build', () => {
      const works: Generator<void, void>[] = [];
      const tree = open({ entities: company, runInSlices: work => works.push(work) });
      void tree.model.build();
      works[0]?.next();
      tree.catalog.update({ entities: [...company, anEntity('API:late', { type: 'grpc' })] });
      finishAll(works);
      expect(show(tree, 1)).toContain('APIs 2');
    });

    it('by type, lifecycle and tag end with a group without', () => {
      const groupsBy = (grouping: string): string[] =>
        show(open({ entities: company, grouping }), 1);
      expect(groupsBy('type')).toEqual([
        'openapi 1',
        'service 1',
        'team 1',
        'website 1',
        'No type 4',
      ]);
      expect(groupsBy('lifecycle')).toEqual(['experimental 1', 'production 1', 'No lifecycle 6']);
      expect(groupsBy('tag')).toEqual(['grpc 1', 'java 1', 'No tags 7']);
    });

    it('by file merge folders with a single child', () => {
      const tree = open({
        entities: [orders, web],
        grouping: 'file',
        files: {
          'component:default/orders': 'file:///work/a/b/orders.yaml',
          'component:default/web': 'file:///work/web.yaml',
        },
      });
      expect(show(tree, 3)).toEqual([
        'a/b 1',
        '  orders.yaml 1',
        '    Orders service · team-a',
        'web.yaml 1',
        '  web website · user:jane',
        '    Owned by jane · not in the catalog',
        '    Depends on 2 · 1 not in the catalog',
      ]);
    });

    it('of a plugin survive its exceptions', () => {
      const tree = open({ entities: [orders, web] });
      tree.groupings.add({
        id: 'odd',
        label: 'Odd',
        groupsOf(entity) {
          if (entity.metadata.name === 'web') throw new Error('no web');
          return [[{ id: 'x', label: 'X' }]];
        },
      });
      tree.model.setGrouping('odd');
      expect(show(tree, 1)).toEqual(['X 1', 'web website · user:jane']);
    });

    it('use kinds when the selected grouping is missing', () => {
      expect(show(open({ entities: [orders], grouping: 'gone' }), 1)).toEqual(['Components 1']);
    });

    it('include failed entities by kind, others in a separate group', () => {
      const failed = [
        aFailedEntity({ kind: 'Component', name: 'broken' }),
        aFailedEntity({ document: 1 }),
      ];
      const tree = open({ entities: [web], failed });
      expect(tree.model.counts).toEqual({ shown: 1, total: 1, failed: 2 });
      expect(show(tree, 2)).toEqual([
        'Components 1 · 1 with errors',
        '  web website · user:jane',
        '  broken not in the catalog',
        'Not readable 1',
        '  broken.yaml not in the catalog',
      ]);
      expect(show(open({ entities: [web], failed, grouping: 'type' }), 1)).toEqual([
        'website 1',
        'With errors 2',
      ]);
    });

    it('break cycles of parts', () => {
      const cycle = [
        anEntity('Domain:a', { owner: 'x', subdomainOf: 'b' }),
        anEntity('Domain:b', { owner: 'x', subdomainOf: 'a' }),
      ];
      expect(groupsOnly(open({ entities: cycle, grouping: 'domain' }))).toEqual([
        'a 1',
        '  b',
        'b 1',
        '  a',
      ]);
    });
  });

  describe('relations', () => {
    it('expand with names, and name a single target', () => {
      const tree = open({ entities: company });
      expect(show(tree, 2, nodeOf(tree, 'component:default/orders'))).toEqual([
        'Owned by Team A',
        '  Team A team',
        'Part of shop',
        '  shop Team A',
        'Provides API orders-api',
        '  orders-api openapi · Team A',
        'Dependency of web',
        '  web website · jane',
      ]);
    });

    it('lead to missing entities, marked as such, and back', () => {
      const tree = open({ entities: company });
      const relation = tree.model
        .getChildren(nodeOf(tree, 'component:default/web'))
        .find(({ id }) => id.endsWith('dependsOn'));
      const [missing, known] = tree.model.getChildren(relation);
      expect(tree.model.present(missing!)).toMatchObject({
        label: 'missing',
        description: 'component · not in the catalog',
        icon: 'warning',
        iconColor: 'warning',
        contextValue: 'dangling',
        accessibilityLabel: 'missing, component, not in the catalog',
      });
      expect(tree.model.present(known!).label).toBe('Orders');
      expect(show(tree, 2, missing)).toEqual(['Dependency of web', '  web website · jane']);
    });

    it('of an owner omit those that its group shows', () => {
      const tree = open({ entities: company, grouping: 'owner' });
      const [, team] = tree.model.getChildren();
      const labels = tree.model.getChildren(team).map(node => tree.model.present(node).label);
      expect(labels).toEqual(['Orders', 'orders-api', 'shop', 'Has member']);
    });

    it('have unique ids on every path', () => {
      const tree = open({ entities: company });
      const ids: string[] = [];
      const visit = (node: CatalogTreeNode | undefined, depth: number): void => {
        for (const child of depth ? tree.model.getChildren(node) : []) {
          ids.push(child.id);
          visit(child, depth - 1);
        }
      };
      visit(undefined, 5);
      expect(ids.length).toBeGreaterThan(100);
      expect(new Set(ids).size).toBe(ids.length);
    });
  });

  describe('rows', () => {
    it('show problem counts of entities and markers on groups', () => {
      const tree = open({
        entities: [orders, web],
        problems: [
          aProblem({ entityRef: 'component:default/web' }),
          aProblem({ entityRef: 'component:default/web', severity: 'error' }),
          aProblem({ entityRef: 'component:default/web', severity: 'hint' }),
        ],
        failed: [aFailedEntity({ kind: 'API', name: 'broken' })],
      });
      const [components, apis] = tree.model.getChildren();
      expect(tree.model.decorationOfEntity('component:default/web')).toMatchObject({
        badge: '2',
        color: 'error',
      });
      expect(tree.model.decorationOfEntity('component:default/orders')).toBeUndefined();
      expect(tree.model.decorationOfEntity('component:default/gone')).toMatchObject({ badge: '?' });
      expect(tree.model.decorationOfGroup(components?.id ?? '')).toMatchObject({
        badge: '•',
        tooltip: '1 error, 1 warning',
      });
      expect(components && tree.model.present(components).accessibilityLabel).toBe(
        'Components, 2 entities, 1 error, 1 warning',
      );
      expect(tree.model.decorationOfGroup(apis?.id ?? '')).toMatchObject({ tooltip: '1 error' });
      tree.catalog.update({ problems: [] });
      expect(tree.model.decorationOfEntity('component:default/web')).toBeUndefined();
    });

    it('of failed descriptors show the problems of their document', () => {
      const failed = aFailedEntity({ kind: 'API', name: 'broken' });
      const { file, document } = failed.source;
      const tree = open({
        failed: [failed],
        problems: [
          aProblem({ file, document, severity: 'error' }),
          aProblem({ file, document: document + 1, severity: 'error' }),
          aProblem({ file, severity: 'warning' }),
        ],
      });
      expect(tree.model.decorationOfFailed(failed.source)).toEqual({
        badge: '2',
        color: 'error',
        tooltip: '1 error, 1 warning',
      });
    });

    it('have context values for menus and an accessible label', async () => {
      const tree = open({
        entities: [
          anEntity(
            'Component:orders',
            { type: 'service', owner: 'team-a' },
            {
              namespace: 'shop',
              tags: ['java'],
              links: [{ url: 'https://example.com' }],
            },
          ),
        ],
        problems: [aProblem({ entityRef: 'component:shop/orders' })],
      });
      await tree.starred.set('component:shop/orders', true);
      expect(tree.model.present(nodeOf(tree, 'component:shop/orders'))).toEqual({
        label: 'orders',
        description: '★ · shop · service · shop/team-a',
        icon: 'chip',
        iconColor: 'warning',
        state: 'collapsed',
        contextValue:
          'entity hasRef source editable starred links addDocs owned tagged setOwner setSystem kind_component',
        accessibilityLabel: 'orders, Component, service, owned by shop/team-a, starred, 1 problem',
      });
    });

    it("without relations can't be expanded", () => {
      const tree = open({ entities: [anEntity('Location:all', { targets: [] })] });
      expect(tree.model.present(nodeOf(tree, 'location:default/all')).state).toBe('leaf');
    });

    it('of failed entities show the file if nothing else is readable', () => {
      const tree = open({
        failed: [aFailedEntity({ kind: 'API', file: 'file:///work/api.yaml' })],
      });
      const [group] = tree.model.getChildren();
      const [row] = tree.model.getChildren(group);
      expect(tree.model.present(row!)).toMatchObject({
        label: 'API',
        icon: 'error',
        iconColor: 'error',
        contextValue: 'failed source',
        accessibilityLabel: 'API, API, has errors, not in the catalog',
      });
    });
  });

  describe('filter', () => {
    it('keeps matches, counts them and expands a few results', () => {
      const tree = open({ entities: company });
      tree.model.setFilter(parseFilter('owner:team-a "-api"'));
      expect(show(tree, 2)).toEqual(['APIs 1', '  orders-api openapi · Team A']);
      expect(tree.model.counts).toEqual({ shown: 1, total: 8, failed: 0 });
      expect(tree.model.present(tree.model.getChildren()[0]!).state).toBe('expanded');
    });

    it('supports owned and starred entities', async () => {
      const tree = open({ entities: company, mine: ['user:default/jane', 'group:default/team-a'] });
      tree.model.setFilter(parseFilter('is:mine kind:component'));
      expect(show(tree, 2)).toEqual([
        'Components 2',
        '  Orders service · Team A',
        '  web website · jane',
      ]);
      await tree.starred.set('component:default/web', true);
      tree.model.setFilter(parseFilter('is:starred'));
      expect(show(tree, 2)).toEqual(['Components 1', '  web ★ · website · jane']);
      await tree.starred.set('component:default/web', false);
      expect(show(tree, 2)).toEqual([]);
    });

    it('uses separate row ids so that clearing collapses the tree', () => {
      const tree = open({ entities: company });
      const [before] = tree.model.getChildren();
      tree.model.setFilter(parseFilter('kind:component'));
      const [filtered] = tree.model.getChildren();
      tree.model.setFilter(parseFilter(''));
      const [after] = tree.model.getChildren();
      expect(filtered!.id).not.toBe(before!.id);
      expect(after!.id).toBe(before!.id);
    });
  });

  describe('expansion state', () => {
    it('is stored by id', () => {
      const tree = open({ entities: company });
      const [components] = tree.model.getChildren();
      tree.model.setExpanded(components!, true);
      const next = open({ entities: company, expanded: tree.model.expanded });
      const states = next.model.getChildren().map(node => next.model.present(node).state);
      expect(states.slice(0, 2)).toEqual(['expanded', 'collapsed']);
      next.model.setExpanded(components!, false);
      expect(next.model.expanded).toEqual([]);
    });

    it('expands the only group', () => {
      const tree = open({ entities: [orders] });
      expect(tree.model.present(tree.model.getChildren()[0]!).state).toBe('expanded');
    });
  });

  describe('long lists', () => {
    const many = Array.from({ length: PAGE_SIZE + 20 }, (_, i) =>
      anEntity(`Component:c${i}`, { type: 'service', owner: 'x' }),
    );

    it('are paged in natural order', () => {
      const tree = open({ entities: many });
      const [group] = tree.model.getChildren();
      const rows = tree.model.getChildren(group);
      expect(rows.length).toBe(PAGE_SIZE + 1);
      expect(
        rows
          .slice(0, 11)
          .map(node => tree.model.present(node).label)
          .at(-1),
      ).toBe('c10');
      expect(tree.model.present(rows.at(-1)!)).toMatchObject({
        label: 'Show more…',
        description: '20 not shown',
      });
      tree.model.showMore(rows.at(-1)!);
      expect(tree.model.getChildren(group).length).toBe(many.length);
      expect(tree.changes).toEqual([[group]]);
    });

    it('show a revealed entity of a later page alone', () => {
      const tree = open({ entities: many });
      const node = tree.model.findEntity(`component:default/c${PAGE_SIZE + 10}`);
      const [group] = tree.model.getChildren();
      expect(node?.parent).toBe(group);
      const rows = tree.model.getChildren(group).map(row => tree.model.present(row));
      expect(rows.slice(PAGE_SIZE - 1).map(({ label }) => label)).toEqual([
        `c${PAGE_SIZE - 1}`,
        `c${PAGE_SIZE + 10}`,
        'Show more…',
      ]);
      expect(rows.at(-1)?.description).toBe('19 not shown');
    });

    it('show a revealed entity in order after its page is shown', () => {
      const tree = open({ entities: many });
      tree.model.findEntity(`component:default/c${PAGE_SIZE + 10}`);
      const [group] = tree.model.getChildren();
      tree.model.showMore(tree.model.getChildren(group).at(-1)!);
      const labels = tree.model.getChildren(group).map(row => tree.model.present(row).label);
      expect(labels).toEqual(many.map(({ metadata }) => metadata.name));
    });
  });

  describe('revealed entity', () => {
    it('is found under its group, or as a group', () => {
      const tree = open({ entities: company, grouping: 'domain' });
      const system = tree.model.findEntity('system:default/shop');
      const component = tree.model.findEntity('component:default/orders');
      expect(system?.type).toBe('group');
      expect(component?.parent).toBe(system);
      expect(system && tree.model.entityRefOf(system)).toBe('system:default/shop');
      expect(tree.model.findEntity('component:default/nowhere')).toBeUndefined();
    });
  });

  it('loads no entities for groups by kind, except unknown kinds', () => {
    const works: Generator<void, void>[] = [];
    const entities = [...company, anEntity('Pipeline:deploy')];
    const tree = open({ manual: true, runInSlices: work => works.push(work) });
    const spy = vi.spyOn(tree.catalog, 'getEntityByRef');
    void tree.model.build();
    tree.catalog.update({ entities });
    tree.flush();
    const [build] = works.splice(0);
    if (build) finish(build);
    expect(tree.model.isBuilt).toBe(true);
    expect(spy.mock.calls).toEqual([['pipeline:default/deploy']]);
    expect(show(tree, 1)).toContain('Pipeline 1');
    finishAll(works);
  });

  it('counts facets of the whole catalog despite filters and changes', () => {
    const tree = open({ entities: company });
    const kinds = (): unknown => Object.fromEntries(finishWith(tree.model.getFacets()).kind);
    tree.model.setFilter(parseFilter('kind:user'));
    expect(kinds()).toMatchObject({ Component: 2, User: 1 });
    tree.catalog.update({ entities: company.filter(entity => entity !== web) });
    expect(kinds()).toMatchObject({ Component: 1, User: 1 });
    tree.model.setFilter(parseFilter(''));
    tree.catalog.update({ entities: company });
    expect(kinds()).toMatchObject({ Component: 2, User: 1 });
  });

  describe('changes', () => {
    let tree: Tree;
    beforeEach(() => {
      tree = open({ entities: company, manual: true });
      unfold(tree, 3);
    });

    it('of an entity refresh its group and other rows', () => {
      tree.catalog.update({
        entities: company.map(entity =>
          entity === web ? anEntity('Component:web', { ...web.spec, type: 'spa' }) : entity,
        ),
      });
      tree.flush();
      expect(tree.changes.length).toBe(1);
      const labels = tree.changes[0]!.map(node => tree.model.present(node).label);
      expect(labels).toContain('Components');
      expect(labels).not.toContain('APIs');
    });

    it('of a name refresh the rows that show it', () => {
      tree.catalog.update({
        entities: company.map(entity =>
          entity.metadata.name === 'team-a'
            ? anEntity('Group:team-a', { type: 'team', profile: { displayName: 'Night Shift' } })
            : entity,
        ),
      });
      tree.flush();
      const labels = tree.changes[0]!.map(node => tree.model.present(node).label);
      expect(labels).toEqual(expect.arrayContaining(['Components', 'APIs', 'Systems', 'Groups']));
      expect(labels).not.toContain('Domains');
      expect(tree.model.present(nodeOf(tree, 'component:default/orders')).description).toBe(
        'service · Night Shift',
      );
    });

    it('of groups refresh the tree', () => {
      tree.catalog.update({ entities: company.filter(({ kind }) => kind !== 'API') });
      tree.flush();
      expect(tree.changes).toEqual([undefined]);
    });

    it('at the same time make one refresh', () => {
      tree.catalog.update({ entities: [...company, anEntity('Component:x', { owner: 'team-a' })] });
      tree.catalog.update({ entities: company });
      tree.flush();
      expect(tree.changes.length).toBe(1);
    });

    it('of problems alone refresh the entity', () => {
      tree.catalog.update({ problems: [aProblem({ entityRef: 'component:default/web' })] });
      tree.flush();
      const row = nodeOf(tree, 'component:default/web');
      expect(tree.model.present(row).iconColor).toBe('warning');
      expect(tree.changes).not.toEqual([]);
    });

    it('keep the objects of unchanged rows', () => {
      const [components] = tree.model.getChildren();
      const before = tree.model.getChildren(components);
      tree.catalog.update({
        entities: company.map(entity =>
          entity === web ? anEntity('Component:web', { ...web.spec, type: 'spa' }) : entity,
        ),
      });
      tree.flush();
      expect(tree.model.getChildren()[0]).toBe(components);
      expect(tree.model.getChildren(components)[1]).toBe(before[1]);
    });

    it('stop with the disposed model', () => {
      tree.model.dispose();
      tree.catalog.update({ entities: [] });
      tree.flush();
      expect(tree.changes).toEqual([]);
    });
  });
});

interface Tree {
  readonly model: CatalogTreeModel;
  readonly catalog: InMemoryCatalog;
  readonly groupings: Registry<TreeGrouping>;
  readonly starred: StarredEntities;
  readonly changes: (readonly CatalogTreeNode[] | undefined)[];
  flush(): void;
}

interface OpenOptions extends InMemoryCatalogContent {
  readonly grouping?: string;
  readonly mine?: readonly string[];
  readonly expanded?: readonly string[];
  /** Scheduled work waits for `flush()`; otherwise it runs at once. */
  readonly manual?: boolean;
  readonly sources?: CatalogTreeModelDeps['sources'];
  /** Receives the work of building the tree; otherwise it runs at once. */
  readonly runInSlices?: (work: Generator<void, void>) => void;
}

function open({
  grouping,
  mine = [],
  expanded,
  manual,
  runInSlices = finish,
  sources = noSources,
  ...content
}: OpenOptions): Tree {
  const catalog = new InMemoryCatalog(content);
  const groupings = new Registry<TreeGrouping>();
  for (const builtin of createBuiltinGroupings({ catalog, translate: english })) {
    groupings.add(builtin);
  }
  groupings.add(
    createFileGrouping({
      catalog,
      translate: english,
      filePath: uri => uri.replace('file:///work/', '').split('/'),
    }),
  );
  const starred = new StarredEntities(inMemoryState());
  const due: (() => void)[] = [];
  const model = new CatalogTreeModel(
    {
      catalog,
      groupings,
      starred,
      sources,
      identity: { getOwnershipRefs: () => mine, onDidChange: new Emitter<void>().event },
      translate: english,
      logger: silentLogger,
      schedule: run => {
        if (manual) due.push(run);
        else run();
      },
      runInSlices,
    },
    expanded,
  );
  if (grouping !== undefined) model.setGrouping(grouping);
  const changes: Tree['changes'] = [];
  model.onDidChange(nodes => changes.push(nodes));
  const flush = (): void => {
    for (const run of due.splice(0)) run();
  };
  return { model, catalog, groupings, starred, changes, flush };
}

function finish(work: Generator<void, void>): void {
  finishWith(work);
}

function finishWith<T>(work: Generator<void, T>): T {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

/** Finishes all works, including those added while it runs. */
function finishAll(works: Generator<void, void>[]): void {
  for (let work = works.shift(); work; work = works.shift()) finish(work);
}

/** The visible rows down to a depth, indented. */
function show({ model }: Tree, depth: number, node?: CatalogTreeNode, indent = ''): string[] {
  if (depth === 0) return [];
  return model.getChildren(node).flatMap(child => {
    const { label, description } = model.present(child);
    return [
      `${indent}${[label, description].filter(Boolean).join(' ')}`,
      ...show({ model } as Tree, depth - 1, child, `${indent}  `),
    ];
  });
}

/** Only the groups, at all depths. */
function groupsOnly({ model }: Tree, node?: CatalogTreeNode, indent = ''): string[] {
  return model.getChildren(node).flatMap(child => {
    if (child.type !== 'group') return [];
    const { label, description } = model.present(child);
    return [
      `${indent}${[label, description].filter(Boolean).join(' ')}`,
      ...groupsOnly({ model } as Tree, child, `${indent}  `),
    ];
  });
}

function unfold(tree: Tree, depth: number): void {
  show(tree, depth);
}

function nodeOf({ model }: Tree, ref: string): CatalogTreeNode {
  const node = model.findEntity(ref);
  if (!node) throw new Error(`${ref} has no row`);
  return node;
}
