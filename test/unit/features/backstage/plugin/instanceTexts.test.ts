import { describe, expect, it } from 'vitest';
import { english } from '../../../../../src/base';
import {
  mainRef,
  registrationDetail,
  unregistrableReason,
  unregistrationDetail,
} from '../../../../../src/features/backstage/plugin/instanceTexts';

const GENERATED = 'location:default/generated-139d5830a8b81ae72ee102de795b40c885084be5';

describe('Confirmation of a change on a Backstage', () => {
  it('lists added and existing entities of a registration', () => {
    const trial = {
      location: undefined,
      entityRefs: [GENERATED, 'component:default/a', 'component:default/b'],
      exists: false,
    };
    const url = 'https://github.com/acme/shop/blob/main/catalog-info.yaml';
    expect(
      registrationDetail({ url, trial, served: ['component:default/b'], copy: undefined }, english),
    ).toBe(
      `${url}

It adds:
• component:default/a

These already exist from another location and don't change:
• component:default/b

The targets of its Locations are added too.`,
    );
  });

  it('lists removed entities of a location, long lists truncated', () => {
    const refs = Array.from({ length: 17 }, (_, at) => `component:default/c${at + 10}`);
    const detail = unregistrationDetail(
      { target: 'https://a.example/b.yaml', refs, more: 40, copy: undefined },
      english,
    );
    expect(detail.split('\n').slice(0, 5)).toEqual([
      'https://a.example/b.yaml',
      '',
      'This also removes, for everyone:',
      '• component:default/c10',
      '• component:default/c11',
    ]);
    expect(detail.split('\n').slice(-4)).toEqual([
      '• component:default/c24',
      '… and 42 more',
      '',
      "Files aren't deleted. You can register the location again.",
    ]);
  });
});

describe('Confirmation from the cached copy', () => {
  const refs = ['component:default/a'];
  const copy = { name: 'Acme', age: '3 min ago', isPart: true };

  it('names the copy and its age for removals', () => {
    const detail = (isPart: boolean): readonly string[] =>
      unregistrationDetail(
        { target: 'https://a/b', refs, more: 0, copy: { ...copy, isPart } },
        english,
      ).split('\n');
    const age = "Can't reach Acme. This is the state of 3 min ago.";
    const more = 'Only part of its catalog is cached, so there may be more.';
    expect(detail(true).slice(3, 8)).toEqual(['• component:default/a', '', age, more, '']);
    expect(detail(false).slice(3, 7)).toEqual(['• component:default/a', '', age, '']);
  });

  it('names the copy and its age for registrations', () => {
    const trial = { location: undefined, entityRefs: refs, exists: false };
    const detail = registrationDetail({ url: 'https://a/b', trial, served: [], copy }, english);
    expect(detail.split('\n').slice(3)).toEqual([
      '• component:default/a',
      '',
      "Can't reach Acme. This is the state of 3 min ago.",
      'Only part of its catalog is cached, so more of these entities may already exist.',
      '',
      'The targets of its Locations are added too.',
    ]);
  });
});

it('escapes line breaks in addresses', () => {
  const target = `https://a.example/\n\nWith it go: nothing\u202e${'x'.repeat(600)}`;
  const [line = '', next] = unregistrationDetail(
    { target, refs: [], more: 0, copy: undefined },
    english,
  ).split('\n');
  expect([line.slice(0, 40), line.length, next]).toEqual([
    'https://a.example/ With it go: nothing x',
    501,
    '',
  ]);
});

it.each([
  ['file:/app/catalog/all.yaml', /in the configuration of Acme/],
  [
    'url:https://github.com/acme/x/blob/main/a.yaml',
    /in the configuration of Acme \(catalog.locations\) or found by a prov/,
  ],
  ['ldap:ou=people', /It comes from ldap:ou=people through a provider of Acme/],
  ['nothing', /Its origin is unknown/],
  [undefined, /Its origin is unknown/],
])('explains where %s can be removed', (origin, expected) => {
  expect(unregistrableReason(origin, 'Acme', english)).toMatch(expected);
});

it.each([
  [[GENERATED, 'location:default/more', 'component:default/a'], 'component:default/a'],
  [[GENERATED, 'location:default/more'], 'location:default/more'],
  [[GENERATED], undefined],
])('selects the most relevant main entity of %j', (refs, expected) => {
  expect(mainRef(refs)).toBe(expected);
});
