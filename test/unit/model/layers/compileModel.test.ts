import { expect, it } from 'vitest';
import { compileModel, type ModelLayer } from '../../../../src/model/layers';

const layer: ModelLayer = {
  layerId: 'acme.com/data',
  ops: [
    {
      op: 'declareKind.v1',
      kind: 'Dataset',
      group: 'acme.com',
      properties: { singular: 'dataset', plural: 'datasets', description: 'Data.' },
    },
    {
      op: 'declareKindVersion.v1',
      kind: 'Dataset',
      name: 'v1',
      properties: { schema: { jsonSchema: { type: 'object', properties: { spec: {} } } } },
    },
  ],
};

it('a check that rejects every schema gives one error per schema', () => {
  const { faults } = compileModel([layer], { checkSchema: () => 'Invalid JSON schema: no' });
  expect(faults.map(({ message, op }) => [message, op])).toEqual([['Invalid JSON schema: no', 1]]);
});
