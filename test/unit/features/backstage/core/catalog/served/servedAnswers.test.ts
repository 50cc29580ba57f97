import { describe, expect, it } from 'vitest';
import {
  readAnalysis,
  readAncestry,
  readBatch,
  readGuestToken,
  readLocations,
  readPage,
  readRef,
  readRegistration,
  readServedEntity,
  readValidationErrors,
  readVersion,
} from '../../../../../../../src/features/backstage/core/catalog/served/servedAnswers';

const entity = { apiVersion: 'v1', kind: 'Component', metadata: { name: 'shop' } };
const ref = 'component:default/shop';

describe('Answer of a server', () => {
  it.each<[string, (value: unknown) => unknown]>([
    ['an entity', readServedEntity],
    ['a page', (value: unknown) => readPage({ value, size: 1 }, readRef)],
    ['a batch', (value: unknown) => readBatch(value, 1, readRef)],
    ['ancestors', readAncestry],
    ['locations', readLocations],
    ['a registration', readRegistration],
    ['an analysis', readAnalysis],
    ['validation errors', readValidationErrors],
    ['a guest token', readGuestToken],
  ])('is not %s', (_, read) => {
    const answers = [null, 'text', 7, {}, { items: 7 }, { rootEntityRef: ref, items: 7 }];
    expect(answers.map(read)).toEqual(answers.map(() => undefined));
  });

  it.each([
    ['without an apiVersion', { ...entity, apiVersion: undefined }],
    ['with an empty apiVersion', { ...entity, apiVersion: '' }],
    ['with a spec that is no object', { ...entity, spec: [] }],
    ['with annotations that are no object', { ...entity, metadata: { name: 'a', annotations: 7 } }],
    ['with a name that could change an address', { ...entity, metadata: { name: '../a' } }],
  ])('is not an entity %s', (_, value) => {
    expect(readServedEntity(value)).toBeUndefined();
  });

  it('is an entity whose unusable relations are left out', () => {
    const relations = [
      7,
      { type: 7, targetRef: 'group:default/a' },
      { type: 'owned\nBy', targetRef: 'group:default/a' },
      { type: 'ownedBy', targetRef: 7 },
      { type: 'ownedBy', targetRef: 'group:default/a' },
      { type: 'ownedBy', target: { kind: 'Group', namespace: 'default', name: 'a' } },
      { type: 'ownedBy', target: { kind: 'Group', namespace: 'default', name: 'b' } },
    ];
    expect(readServedEntity({ ...entity, relations })?.relations).toEqual([
      { type: 'ownedBy', targetRef: 'group:default/a' },
      { type: 'ownedBy', targetRef: 'group:default/b' },
    ]);
  });

  it('has a version only if the etag is a hash', () => {
    const etag = 'a'.repeat(40);
    const versionOf = (metadata: object): unknown =>
      readVersion({ ...entity, metadata: { ...entity.metadata, ...metadata } })?.version;
    expect(versionOf({ etag, uid: 'u' })).toBe(`${etag} u`);
    expect(versionOf({ etag })).toBe(`${etag} `);
    expect(versionOf({ etag: 'mine', uid: 'u' })).toBeUndefined();
  });

  it('is a page whose unusable items are counted', () => {
    const value = {
      items: [entity, 7],
      totalItems: -1,
      pageInfo: { nextCursor: '' },
    };
    expect(readPage({ value, size: 9 }, readRef)).toEqual({
      items: [ref],
      unusable: 1,
      total: undefined,
      nextCursor: undefined,
      size: 9,
    });
  });

  it('is not a page if its cursor is too long for an address', () => {
    const value = { items: [], pageInfo: { nextCursor: 'x'.repeat(70_000) } };
    expect(readPage({ value, size: 1 }, readRef)).toBeUndefined();
  });

  it('is not a batch of another length', () => {
    expect(readBatch({ items: [entity] }, 2, readRef)).toBeUndefined();
    expect(readBatch({ items: [entity, null] }, 2, readRef)).toEqual([ref, undefined]);
  });

  it('has ancestors without items that name no entity', () => {
    const items = [7, { entity: 7 }, { entity, parentEntityRefs: [ref, 7] }, { entity }];
    expect(readAncestry({ rootEntityRef: ref, items })?.items).toEqual([
      { ref, parentRefs: [ref] },
      { ref, parentRefs: [] },
    ]);
  });

  it('has locations and registrations without unusable parts', () => {
    const location = { id: '1', type: 'url', target: 'https://acme.dev' };
    expect(readLocations([7, { data: location }, { data: { id: 7 } }])).toEqual([location]);
    expect(readRegistration({ location: 7, entities: [7, entity], exists: 'yes' })).toEqual({
      location: undefined,
      entityRefs: [ref],
      exists: undefined,
    });
  });

  it('has an analysis and errors without unusable parts', () => {
    const existingEntityFiles = [7, { entity }, { entity, isRegistered: true }];
    const generateEntities = [7, { entity: 7 }, { entity }];
    expect(readAnalysis({ existingEntityFiles, generateEntities })).toEqual({
      existing: [
        { ref, isRegistered: false },
        { ref, isRegistered: true },
      ],
      proposed: [entity],
    });
    expect(readValidationErrors({ errors: [7, {}, { message: 'No' }] })).toEqual(['No']);
  });

  it.each([
    [undefined, 3600],
    [-1, 3600],
    [60, 60],
    [1e9, 24 * 3600],
  ])('has a guest token that is valid for %s seconds', (expiresInSeconds, seconds) => {
    const backstageIdentity = { token: 'a.b.c', expiresInSeconds };
    expect(readGuestToken({ backstageIdentity })).toEqual({
      token: 'a.b.c',
      lifetime: seconds * 1000,
    });
  });

  it('has no token with characters that a header cannot have', () => {
    expect(readGuestToken({ backstageIdentity: { token: 'a\r\nb' } })).toBeUndefined();
  });
});
