import { describe, expect, it } from 'vitest';
import type { LocatedEntity } from '../../../../../src/cli/output/jsonOutput';
import { createPaint } from '../../../../../src/cli/output/style';
import { pathsRelativeTo } from '../../../../../src/cli/paths';
import { entityTable } from '../../../../../src/features/catalog/cli/entityTable';
import type { Entity } from '../../../../../src/model';
import { aRange } from '../../../cli/output/problems';

const located = (
  kind: string,
  metadata: Entity['metadata'],
  rest: Partial<Entity> = {},
): LocatedEntity => ({
  entity: { apiVersion: 'backstage.io/v1alpha1', kind, metadata, ...rest },
  source: {
    file: 'file:///w/catalog-info.yaml',
    document: 0,
    range: aRange('1:1'),
    nameRange: aRange('4:9'),
  },
});

const entities = [
  located(
    'Component',
    { name: 'tickets', namespace: 'default' },
    {
      spec: { type: 'service', lifecycle: 'production', owner: 'a' },
      relations: [{ type: 'ownedBy', targetRef: 'group:default/a' }],
    },
  ),
  located('API', { name: 'fares', namespace: 'web' }, { spec: { type: 'openapi' } }),
  located('Component', { name: 'a-very-long-name-of-a-website' }, { spec: { type: 'website' } }),
];

const table = (width?: number): string[] =>
  entityTable(entities, { show: pathsRelativeTo('/w'), paint: createPaint(false), width }).split(
    '\n',
  );

describe('entityTable', () => {
  it('groups by kind and shows only columns with values', () => {
    expect(table()).toEqual([
      'API (1)',
      '  NAME       TYPE     FILE',
      '  web/fares  openapi  catalog-info.yaml:4',
      '',
      'Component (2)',
      '  NAME                           TYPE     LIFECYCLE   OWNER  FILE',
      '  tickets                        service  production  a      catalog-info.yaml:4',
      '  a-very-long-name-of-a-website  website                     catalog-info.yaml:4',
      '',
      '3 entities',
      '',
    ]);
  });

  it('truncates the widest columns in a narrow terminal, names last', () => {
    const lines = table(70);
    expect(lines.filter(line => line.length > 70)).toEqual([]);
    expect(lines).toContain(
      '  a-very-long-name-of-a-website  website                     …o.yaml:4',
    );
    expect(Math.max(...table(60).map(line => line.length))).toBe(60);
  });
});
