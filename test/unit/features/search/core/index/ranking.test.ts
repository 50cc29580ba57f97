import { describe, expect, it } from 'vitest';
import type { SearchDocument } from '../../../../../../src/api';
import { anIndexOf, type QueryOptions, found } from '../../../../../support/searchIndex';

type Case = [
  rule: string,
  query: string,
  documents: (Partial<SearchDocument> & { id: string })[],
  asked?: QueryOptions,
];

const asking = { mine: [], starred: [], recent: [] };

describe('ranking of results', () => {
  it.each<Case>([
    [
      'exact names, prefixes, words of names, keywords, path, text',
      'payments',
      [
        { id: 'payments', text: 'a' },
        { id: 'payments-gateway' },
        { id: 'old-payments' },
        { id: 'desk', keywords: ['payments'] },
        { id: 'docs/fees', path: ['Payments'] },
        { id: 'shop', text: 'Takes payments.' },
      ],
    ],
    [
      'prefixes in languages without spaces',
      '支付服务',
      [{ id: '支付服务' }, { id: '支付服务监控' }, { id: '旧支付服务' }],
    ],
    [
      'exact names in languages without spaces',
      '支付服务',
      [{ id: '支付服务' }, { id: '旧支付服务', ref: 'component:default/old', isEntity: true }],
      { preferences: { mine: [], starred: ['component:default/old'], recent: [] } },
    ],
    [
      'an exact name with a sign',
      'c++',
      [{ id: 'c++' }, { id: 'old c++', ref: 'component:default/old', isEntity: true }],
      { preferences: { mine: [], starred: ['component:default/old'], recent: [] } },
    ],
    [
      'a name before a title',
      'ledger',
      [
        { id: 'a', names: ['ledger'], title: 'Books' },
        { id: 'b', names: ['books'], title: 'Ledger' },
      ],
    ],
    [
      'a whole word before the beginning of a longer one',
      'pay',
      [{ id: 'old-pay' }, { id: 'old-payments' }],
    ],
    [
      'shorter names among equal prefixes',
      'pay',
      [{ id: 'payroll' }, { id: 'payment-gateway' }, { id: 'payment-gateway-library' }],
    ],
    ['by title among equals', 'api', [{ id: 'api-a' }, { id: 'api-b' }, { id: 'api-c' }]],
    [
      'exact matches before similar ones',
      'parks',
      [{ id: 'parks' }, { id: 'park-desk' }, { id: 'marks' }],
    ],
    [
      'misspelled words: the most similar name',
      'paymnt servce',
      [
        { id: 'payments-service' },
        { id: 'payments-service-gateway-library' },
        { id: 'desk', text: 'The service for payments' },
      ],
    ],
    [
      'adjacent words before separate ones',
      'open valve',
      [
        { id: 'near', text: 'Then open valve three, and the ferry sinks, as it has to do.' },
        { id: 'far', text: 'Then open the ferry as it has to be sunk, and sink with valve.' },
      ],
    ],
    [
      'a text with more matches',
      'ferry',
      [
        { id: 'often', text: 'A ferry is a ferry, and that ferry carries cars.' },
        { id: 'once', text: 'A ferry is a boat, and that boat carries some cars.' },
      ],
    ],
    [
      'a short text before a long one',
      'ferry',
      [
        { id: 'short', text: 'The ferry leaves.' },
        { id: 'long', text: `The ferry leaves. ${'It comes back in the evening. '.repeat(20)}` },
      ],
    ],
    [
      'the rare of two words decides',
      'service anchor',
      [
        { id: 'z-anchor', text: 'A service' },
        { id: 'a-service', text: 'An anchor' },
        ...[1, 2, 3, 4, 5, 6].map(id => ({ id: `none/${id}`, title: 'service' })),
      ],
    ],
    [
      'an entity before a section of the same name',
      'berths',
      [
        {
          id: 'berths',
          title: 'Berths',
          names: ['berths'],
          ref: 'component:default/berths',
          isEntity: true,
        },
        { id: 'docs/1', title: 'Berths', path: ['Guide'], ref: 'component:default/berths' },
      ],
    ],
    [
      'an entity before documents about it',
      'berths',
      [
        {
          id: 'berths',
          title: 'Berths',
          path: ['Harbour'],
          ref: 'component:default/berths',
          isEntity: true,
        },
        { id: 'apis/1', title: 'Berths', ref: 'component:default/berths' },
      ],
    ],
    [
      'own entities among equals',
      'berth',
      [
        { id: 'berth-b', facets: { owner: ['group:default/mine'] } },
        { id: 'berth-a', facets: { owner: ['group:default/other'] } },
      ],
      { preferences: { ...asking, mine: ['group:default/mine'] } },
    ],
    [
      'starred entities among equals',
      'berth',
      [
        { id: 'berth-b', ref: 'component:default/berth-b', isEntity: true },
        { id: 'berth-a', ref: 'component:default/berth-a', isEntity: true },
      ],
      { preferences: { ...asking, starred: ['component:default/berth-b'] } },
    ],
    [
      'recent entities among equals',
      'berth',
      [
        { id: 'berth-c', ref: 'component:default/berth-c', isEntity: true },
        { id: 'berth-b', ref: 'component:default/berth-b', isEntity: true },
        { id: 'berth-a', ref: 'component:default/berth-a', isEntity: true },
      ],
      {
        preferences: {
          ...asking,
          recent: ['component:default/berth-c', 'component:default/berth-b'],
        },
      },
    ],
    [
      'no preference lifts a text above a name',
      'berth',
      [{ id: 'berth-a' }, { id: 'quay', text: 'A berth', ref: 'component:default/quay' }],
      {
        preferences: {
          mine: ['component:default/quay'],
          starred: ['component:default/quay'],
          recent: ['component:default/quay'],
        },
      },
    ],
    [
      'deprecated entities last among equals',
      'berth',
      [{ id: 'berth-b' }, { id: 'berth-a', facets: { lifecycle: ['deprecated'] } }],
    ],
    [
      'deprecated entities before weaker matches',
      'berth',
      [
        { id: 'berth-a', facets: { lifecycle: ['deprecated'] } },
        { id: 'quay', text: 'A berth' },
      ],
    ],
    [
      'the typed path of an operation',
      '/orders/{id}',
      [
        { id: 'apis/1', title: 'GET /orders/{id}', names: ['/orders/{id}'] },
        { id: 'apis/2', title: 'GET /orders/{id}/items', names: ['/orders/{id}/items'] },
        { id: 'docs/1', title: 'Ids', text: 'The orders that have an id' },
      ],
    ],
    [
      'a path prefix before entities with it in their refs',
      '/payments',
      [
        { id: 'apis/1', title: 'GET /payments' },
        { id: 'payments', ref: 'system:default/payments', isEntity: true },
      ],
    ],
    [
      'the method and the path of an operation',
      'get /orders',
      [
        { id: 'apis/1', title: 'GET /orders', names: ['/orders'] },
        { id: 'apis/2', title: 'GET /orders/{id}', names: ['/orders/{id}'] },
      ],
    ],
  ])('%s', (_, query, documents, asked) => {
    const expected = documents.map(({ id }) => id).filter(id => !id.startsWith('none/'));
    // Added in reverse, so that the order of documents doesn't decide.
    const index = anIndexOf([...documents].reverse());
    expect(found(index, query, asked).filter(id => !id.startsWith('none/'))).toEqual(expected);
  });

  it('depends on the weight of the type', () => {
    const index = anIndexOf([
      { id: 'docs/1', title: 'Berths of the north' },
      { id: 'catalog/2', title: 'Berths of the north' },
    ]);
    index.setWeights({ docs: 1.5 });
    expect(found(index, 'berths')).toEqual(['docs/1', 'catalog/2']);
    index.setWeights({ docs: 0.5 });
    expect(found(index, 'berths')).toEqual(['catalog/2', 'docs/1']);
  });
});
