import { describe, expect, it } from 'vitest';
import type { SearchDocument } from '../../../../../../src/api';
import { anIndexOf, type Asked, found } from '../../../../../support/searchIndex';

type Case = [
  rule: string,
  query: string,
  documents: (Partial<SearchDocument> & { id: string })[],
  asked?: Asked,
];

const asking = { mine: [], starred: [], recent: [] };

describe('The order of results, as they are listed here', () => {
  it.each<Case>([
    [
      'the name itself, what it begins with, a word of it, keywords, the path, the text',
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
      'what begins so in languages without spaces',
      '支付服务',
      [{ id: '支付服务' }, { id: '支付服务监控' }, { id: '旧支付服务' }],
    ],
    [
      'the name itself in languages without spaces',
      '支付服务',
      [{ id: '支付服务' }, { id: '旧支付服务', ref: 'component:default/old', isEntity: true }],
      { preferences: { mine: [], starred: ['component:default/old'], recent: [] } },
    ],
    [
      'the name itself with a sign',
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
      'of what begins so, the shorter name',
      'pay',
      [{ id: 'payroll' }, { id: 'payment-gateway' }, { id: 'payment-gateway-library' }],
    ],
    ['by title among equals', 'api', [{ id: 'api-a' }, { id: 'api-b' }, { id: 'api-c' }]],
    [
      'what is spelt so before what is nearly',
      'parks',
      [{ id: 'parks' }, { id: 'park-desk' }, { id: 'marks' }],
    ],
    [
      'misspelt words: the name that is most like them',
      'paymnt servce',
      [
        { id: 'payments-service' },
        { id: 'payments-service-gateway-library' },
        { id: 'desk', text: 'The service for payments' },
      ],
    ],
    [
      'words that stand together before words that stand apart',
      'open valve',
      [
        { id: 'near', text: 'Then open valve three, and the ferry sinks, as it has to do.' },
        { id: 'far', text: 'Then open the ferry as it has to be sunk, and sink with valve.' },
      ],
    ],
    [
      'a text that says it more often',
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
      'an entity that is part of something before what belongs to it',
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
      'what the user owns among equals',
      'berth',
      [
        { id: 'berth-b', facets: { owner: ['group:default/mine'] } },
        { id: 'berth-a', facets: { owner: ['group:default/other'] } },
      ],
      { preferences: { ...asking, mine: ['group:default/mine'] } },
    ],
    [
      'what is starred among equals',
      'berth',
      [
        { id: 'berth-b', ref: 'component:default/berth-b', isEntity: true },
        { id: 'berth-a', ref: 'component:default/berth-a', isEntity: true },
      ],
      { preferences: { ...asking, starred: ['component:default/berth-b'] } },
    ],
    [
      'what was opened last among equals',
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
      'what is deprecated last among equals',
      'berth',
      [{ id: 'berth-b' }, { id: 'berth-a', facets: { lifecycle: ['deprecated'] } }],
    ],
    [
      'what is deprecated before what matches less',
      'berth',
      [
        { id: 'berth-a', facets: { lifecycle: ['deprecated'] } },
        { id: 'quay', text: 'A berth' },
      ],
    ],
    [
      'the path of an operation as it is typed',
      '/orders/{id}',
      [
        { id: 'apis/1', title: 'GET /orders/{id}', names: ['/orders/{id}'] },
        { id: 'apis/2', title: 'GET /orders/{id}/items', names: ['/orders/{id}/items'] },
        { id: 'docs/1', title: 'Ids', text: 'The orders that have an id' },
      ],
    ],
    [
      'the beginning of a path before entities whose refs have it behind their slash',
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
    // Put in the other way round, so that it is not their order that decides.
    const index = anIndexOf([...documents].reverse());
    expect(found(index, query, asked).filter(id => !id.startsWith('none/'))).toEqual(expected);
  });

  it('by how much documents of their type mean', () => {
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
