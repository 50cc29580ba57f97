import { evaluateFilterPredicate } from '@backstage/filter-predicates';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { inProject } from '../../../../../scripts/lib/project.mjs';
import type { Entity, FilterPredicate } from '../../../../../src/api';
import { english } from '../../../../../src/base';
import {
  compileFilter,
  FacetCollector,
  loadEntityCollators,
} from '../../../../../src/features/catalog/plugin';
import { parseFilter } from '../../../../../src/features/catalog/plugin/tree/parseFilter';
import { refOf } from '../../../../../src/model/presentation';
import { tableOf } from '../../../../support/catalogTables';
import { aDescriptor } from '../../../../support/descriptors';
import { openCatalog } from '../../../../support/testCatalog';
import { useTemporaryFolder } from '../../../../support/temporaryFolder';
import { callboard } from '../../../cli/capture';

let folder: string;
useTemporaryFolder(path => (folder = path));

async function entities(...args: readonly string[]): Promise<readonly Entity[]> {
  const line = ['entities', ...args, '--format', 'json'];
  const { code, stdout, stderr } = await callboard(line, { cwd: folder });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return (JSON.parse(stdout) as { entities: { entity: Entity }[] }).entities.map(
    ({ entity }) => entity,
  );
}

async function refs(...args: readonly string[]): Promise<readonly string[]> {
  return (await entities(...args)).map(refOf);
}

describe('`callboard entities --where`', () => {
  beforeEach(() => {
    const files = {
      'a.yaml': aDescriptor('component:a', { type: 'service' }, { tags: ['java'] }),
      'b.yaml': aDescriptor('component:b', { type: 'website' }),
      'filter.yaml': 'spec.type:\n  $in: [website]\n',
      'wrong.yaml': 'kind: Component\n$or: []\n',
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  });

  it('accepts JSON, YAML and files', async () => {
    expect(await refs('--where', '{"metadata.tags": {"$contains": "Java"}}')).toEqual([
      'component:default/a',
    ]);
    expect(await refs('--where', '$not: { spec.type: service }')).toEqual(['component:default/b']);
    expect(await refs('--where', '@filter.yaml')).toEqual(['component:default/b']);
  });

  it('requires every --where and one --filter to match', async () => {
    const where = ['--where', 'kind: component', '--where', 'spec.type: service'];
    expect(await refs(...where)).toEqual(['component:default/a']);
    expect(await refs(...where, '--filter', 'metadata.name=b')).toEqual([]);
    expect(await refs(...where, '--filter', 'metadata.tags=java')).toEqual(['component:default/a']);
  });

  it.each([
    ['{"$or": []}', '--where, line 1, column 2: Unknown operator "$or".'],
    ['@wrong.yaml', 'wrong.yaml, line 2, column 1: Unknown operator "$or".'],
    ['@none.yaml', "File none.yaml doesn't exist"],
    ['@.', ". isn't a file"],
    ['', '--where, line 1, column 1: The predicate is empty.'],
  ])('reports the position of an error in %s', async (where, message) => {
    for (const line of [['entities'], ['search', 'a']]) {
      const { code, stderr } = await callboard([...line, `--where=${where}`], { cwd: folder });
      expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    }
  });
});

const predicates: readonly FilterPredicate[] = [
  {},
  { kind: 'component' },
  { kind: { $in: ['API', 'Resource'] }, 'spec.lifecycle': { $exists: true } },
  { $not: { 'metadata.annotations.backstage.io/techdocs-ref': { $exists: true } } },
  { relations: { $contains: { type: 'dependsOn', targetRef: { $hasPrefix: 'resource:' } } } },
  {
    $any: [
      { 'metadata.tags': { $contains: { $any: ['java', 'go', 'python'] } } },
      { $all: [{ kind: 'Group' }, { 'spec.type': { $hasPrefix: 'te' } }] },
      { 'spec.type': 'team' },
    ],
  },
];

it('selects the same demo entities as Backstage on every surface', async () => {
  const demo = inProject('demo');
  cpSync(demo, folder, { recursive: true });
  const files = readdirSync(demo, { recursive: true, withFileTypes: true }).filter(file =>
    file.isFile(),
  );
  const catalog = await openCatalog(
    Object.fromEntries(
      files.map(({ parentPath, name }) => {
        const path = join(parentPath, name);
        return [path.slice(demo.length + 1), new Uint8Array(readFileSync(path))];
      }),
    ),
  );
  const { engine } = catalog;
  const all = await entities();
  expect(all.length).toBeGreaterThan(50);
  const facets = new FacetCollector();
  for (const entity of all) facets.add(entity);
  const { table } = tableOf(engine);

  for (const predicate of predicates) {
    const text = JSON.stringify(predicate);
    const expected = all
      .filter(entity => evaluateFilterPredicate(predicate as never, entity))
      .map(refOf);
    const tree = compileFilter(parseFilter(`where:${text}`), {
      facets: facets.facets,
      ownershipRefs: [],
      isStarred: () => false,
    });
    const rows = await table.getTable(
      { query: { text: `where:${text}` }, start: 0, count: 500 },
      new AbortController().signal,
    );
    const line = ['search', '', '--where', text, '--in', 'catalog,people', '--limit', '1000'];
    const found = await callboard([...line, '--format', 'json'], {
      cwd: folder,
      collators: ({ catalog: own }) => loadEntityCollators(own, english),
    });
    expect(found.stderr).toBe('');
    const { results } = JSON.parse(found.stdout) as { results: { ref: string }[] };
    expect(
      {
        cli: await refs('--where', text),
        api: engine.getEntities({ where: predicate }).map(refOf),
        tree: all.filter(entity => tree.matches(entity)).map(refOf),
        table: rows.rows.map(({ ref }) => ref).sort(),
        search: results.map(({ ref }) => ref).sort(),
      },
      text,
    ).toEqual({
      cli: expected,
      api: expected,
      tree: expected,
      table: expected,
      search: expected.filter(ref => !ref.startsWith('template:')),
    });
  }
});
