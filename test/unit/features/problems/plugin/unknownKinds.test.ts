import { describe, expect, it } from 'vitest';
import { unknownKinds, withKind } from '../../../../../src/features/problems/plugin';
import { documents } from '../../../../support/descriptors';
import { openCatalog } from '../../../../support/testCatalog';

const foreign = (apiVersion: string, kind: string, name: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n`;

it('returns unknown kinds with all versions, except misspelled ones', async () => {
  const { engine } = await openCatalog({
    'a.yaml': documents(
      foreign('b.backstage.io/v1', 'Package', 'a'),
      foreign('a.backstage.io/v1', 'Package', 'b'),
      foreign('b.backstage.io/v1', 'Package', 'c'),
      foreign('backstage.io/v1alpha1', 'Componnent', 'd'),
    ),
  });
  const kinds = unknownKinds(engine);
  expect(kinds).toEqual([
    { kind: 'Package', apiVersions: ['a.backstage.io/v1', 'b.backstage.io/v1'] },
  ]);
  const [kind] = kinds;
  const customKinds = kind ? [kind] : [];
  engine.setOptions({ ...engine.options, customKinds });
  await engine.refresh();
  expect(unknownKinds(engine)).toEqual([]);
});

describe('`withKind`', () => {
  const kind = { kind: 'Package', apiVersions: ['a.io/v1', 'b.io/v1'] };

  it('adds an entry', () => {
    const other = { kind: 'Cluster', apiVersions: ['c.io/v1'] };
    expect(withKind([other], kind)).toEqual([other, kind]);
    expect(withKind(undefined, kind)).toEqual([kind]);
  });

  it('adds versions to an existing entry and keeps the rest', () => {
    const entry = { kind: 'Package', apiVersions: ['b.io/v1'], relations: [] };
    expect(withKind([entry, 'odd'], kind)).toEqual([
      { kind: 'Package', apiVersions: ['b.io/v1', 'a.io/v1'], relations: [] },
      'odd',
    ]);
  });
});
