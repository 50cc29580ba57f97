import { expect, it } from 'vitest';
import type { EntityCell, EntityDecoration, EntityTableColumn } from '../../../../../src/api';
import { Emitter, type Logger, silentLogger } from '../../../../../src/base';
import { EntityViews } from '../../../../../src/features/plugins/core';
import { anEntity } from '../../../../support/inMemoryCatalog';

const entity = anEntity('component:default/shop');

function viewsWithLog(): { readonly views: EntityViews; readonly errors: readonly string[] } {
  const errors: string[] = [];
  const logger: Logger = { ...silentLogger, error: message => errors.push(message) };
  return { views: new EntityViews({ logger, pluginOf: () => 'metrics' }), errors };
}

function aColumn(cellFor: () => unknown, rest: Partial<EntityTableColumn> = {}): EntityTableColumn {
  return { id: 'a', title: 'A', cellFor: cellFor as () => EntityCell, ...rest };
}

it('calls columns only for entities that match their predicate', () => {
  const { views } = viewsWithLog();
  views.addEntityColumn(aColumn(() => ({ text: 'x', sort: 2, tone: 'good' })));
  views.addEntityColumn(aColumn(() => ({ text: 'y' }), { id: 'b', where: { kind: 'API' } }));
  expect([views.cellOf('a', entity), views.cellOf('b', entity), views.cellOf('c', entity)]).toEqual(
    [{ text: 'x', sort: 2, tone: 'good' }, undefined, undefined],
  );
});

it.each([
  [() => ({ text: 1 })],
  [() => 'text'],
  [
    () => {
      throw new Error('I stumbled');
    },
  ],
])('reports an invalid cell once with its plugin', cellFor => {
  const { views, errors } = viewsWithLog();
  views.addEntityColumn(aColumn(cellFor));
  expect([views.cellOf('a', entity), views.cellOf('a', entity)]).toEqual([undefined, undefined]);
  expect(errors).toEqual(['Plugin "metrics": cellFor() of the column "a" failed']);
});

it('omits invalid fields of cells and decorations', () => {
  const { views } = viewsWithLog();
  views.addEntityColumn(aColumn(() => ({ text: 'x', tone: 'pink', sort: Number.NaN, icon: 1 })));
  views.addEntityDecorator({
    id: 'd',
    decorationFor: () =>
      ({ badge: 'ABC', tooltip: 'x', tone: 'pink' }) as unknown as EntityDecoration,
  });
  expect([views.cellOf('a', entity), views.decorationsOf(entity)]).toEqual([
    { text: 'x' },
    [{ badge: 'AB', tooltip: 'x' }],
  ]);
});

it('fires when contributions are added, changed and removed', () => {
  const { views } = viewsWithLog();
  const changed = new Emitter<void>();
  const decorated = new Emitter<ReadonlySet<string> | undefined>();
  const events: unknown[] = [];
  views.onDidChangeColumns(() => events.push('columns'));
  views.onDidChangeDecorations(refs => events.push(refs && [...refs]));
  const column = views.addEntityColumn(
    aColumn(() => ({ text: 'x' }), { onDidChange: changed.event }),
  );
  const decorator = views.addEntityDecorator({
    id: 'd',
    decorationFor: () => ({ tooltip: 'x' }),
    onDidChange: decorated.event,
  });
  changed.fire();
  decorated.fire(new Set(['component:default/shop']));
  column.dispose();
  decorator.dispose();
  changed.fire();
  decorated.fire(undefined);
  expect(events).toEqual([
    'columns',
    undefined,
    'columns',
    ['component:default/shop'],
    'columns',
    undefined,
  ]);
  expect([views.columns, views.decorationsOf(entity)]).toEqual([[], []]);
});

it('rejects contributions without required members', () => {
  const { views } = viewsWithLog();
  expect(() => views.addEntityColumn({ id: 'a', title: 'A' } as EntityTableColumn)).toThrow(
    new TypeError('A column must have cellFor()'),
  );
  expect(() => views.addEntityDecorator({} as never)).toThrow(
    new TypeError('A decorator must have a string "id"'),
  );
});
