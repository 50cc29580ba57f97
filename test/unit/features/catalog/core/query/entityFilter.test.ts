import { describe, expect, it } from 'vitest';
import {
  matchesFilter,
  parseEntityFilter,
} from '../../../../../../src/features/catalog/core/query/entityFilter';
import type { Entity } from '../../../../../../src/model';

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'Tickets',
    tags: ['java', 'Web.v2'],
    annotations: { 'backstage.io/techdocs-ref': 'dir:.', long: 'x'.repeat(201), a: 'dotless' },
    'a.b': { c: 'dotted' },
    a: { 'b.c': 'also dotted' },
    labels: {},
    links: [
      { url: 'https://example.com', title: 'One' },
      { url: 'https://example.org', title: 'Two' },
    ],
  },
  spec: {
    type: 'service',
    owner: 'Team-A',
    replicas: 3,
    internal: true,
    nothing: null,
    empty: '',
    none: [],
    ['k'.repeat(200)]: 'too long a key',
  },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/team-a' }],
  status: { items: 'x' },
} as Entity;

const matches = (...texts: string[]): boolean => {
  const filter = parseEntityFilter(texts);
  if (!filter.ok) throw new Error(filter.error);
  return matchesFilter(entity, filter.value);
};

describe('parseEntityFilter', () => {
  it.each<[string | string[], unknown]>([
    ['', []],
    [['', ' , '], []],
    ['a=1', [[{ key: 'a', values: ['1'] }]]],
    [
      ['a=1', '', 'b=2'],
      [[{ key: 'a', values: ['1'] }], [{ key: 'b', values: ['2'] }]],
    ],
    [
      ' a = 1 , b = 2 ,, a = 3 ',
      [
        [
          { key: 'a', values: ['1', '3'] },
          { key: 'b', values: ['2'] },
        ],
      ],
    ],
    ['a', [[{ key: 'a' }]]],
    ['a=', [[{ key: 'a', values: [''] }]]],
    ['a,a=1', [[{ key: 'a', values: ['1'] }]]],
    ['a=1,a', [[{ key: 'a', values: ['1'] }]]],
    ['a=b=c', [[{ key: 'a', values: ['b=c'] }]]],
    ['constructor=1', [[{ key: 'constructor', values: ['1'] }]]],
  ])('parses %j', (text, filter) => {
    expect(parseEntityFilter(text)).toEqual({ ok: true, value: filter });
  });

  it.each(['=a', 'x=2, = a', '='])('rejects %j, which has no key', text => {
    expect(parseEntityFilter(text)).toEqual({
      ok: false,
      error: `Invalid filter, '${text.split(',').at(-1)?.trim()}' is not a valid statement (expected a string on the form a=b or a= or a)`,
    });
  });
});

describe('matchesFilter', () => {
  it.each([
    'kind=component',
    'KIND=Component',
    'kind=api,kind=component',
    'kind=component,spec.type=service',
    'metadata.name=tickets',
    'metadata.namespace=default',
    'metadata.uid',
    'metadata.namespace',
    'metadata.tags=JAVA',
    'metadata.tags.java',
    'metadata.tags.java=true',
    'metadata.tags.web.v2,metadata.tags.java',
    'metadata.annotations.backstage.io/techdocs-ref',
    'metadata.annotations.Backstage.io/TechDocs-ref=DIR:.',
    'metadata.annotations.long',
    'metadata.a.b.c=dotted',
    'metadata.a.b.c=also dotted',
    'metadata.links.title=two',
    'spec.owner',
    'spec.replicas=3',
    'spec.internal=True',
    'spec.nothing',
    'spec.empty=',
    'relations.ownedBy=Group:default/team-a',
    'relations.ownedby',
  ])('accepts %s', text => {
    expect(matches(text)).toBe(true);
  });

  it.each([
    'kind=api',
    'kind=component,kind,spec.type=website',
    'kind=component,Kind=api',
    'metadata.etag',
    'metadata.uid=',
    'metadata.uid=null',
    'metadata.tags=java web',
    'metadata.tags.java=false',
    'metadata.tags.go',
    'metadata.annotations',
    `metadata.annotations.long=${'x'.repeat(201)}`,
    'metadata.labels',
    'metadata.links.0.title=one',
    'metadata',
    'spec',
    'spec.',
    'spec.nothing=null',
    'spec.nothing=',
    'spec.none',
    'spec.owner=',
    'spec.typ',
    'spec.type.service',
    `spec.${'k'.repeat(200)}`,
    'relations',
    'relations.ownedBy=group:default/team-b',
    'relations.type=ownedBy',
    'relations.targetRef',
    'status.items=x',
  ])('rejects %s', text => {
    expect(matches(text)).toBe(false);
  });

  it('accepts any of several filters, and no filter', () => {
    expect(matches('kind=api', 'spec.type=service')).toBe(true);
    expect(matches('kind=api', 'spec.type=website')).toBe(false);
    expect(matches()).toBe(true);
    expect(matches('', ' , ')).toBe(true);
  });

  it('prefers a written namespace to the default', () => {
    const elsewhere = { ...entity, metadata: { ...entity.metadata, namespace: 'Web' } };
    const inNamespace = (namespace: string): boolean =>
      matchesFilter(elsewhere, [[{ key: 'metadata.namespace', values: [namespace] }]]);
    expect([inNamespace('web'), inNamespace('default')]).toEqual([true, false]);
  });

  it('rejects everything without allowed values', () => {
    expect(matchesFilter(entity, [[{ key: 'kind', values: [] }]])).toBe(false);
  });
});
