import * as backstage from '@backstage/catalog-model';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Entity,
  type EntityRefContext,
  getCompoundEntityRef,
  parseEntityRef,
  readEntityRef,
  shortenEntityRef,
  stringifyEntityRef,
} from '../../../../src/model';

/** Texts that are, or nearly are, refs. */
const refLike = fc.oneof(
  fc
    .array(fc.constantFrom(':', '/', 'a', 'B', 'Σ', '-', ' ', 'default'), { maxLength: 8 })
    .map(parts => parts.join('')),
  fc.string({ unit: 'binary' }),
);

const context = fc.option(
  fc.record(
    { defaultKind: fc.constantFrom('Group', ''), defaultNamespace: fc.constantFrom('ns', '') },
    { requiredKeys: [] },
  ),
  { nil: undefined },
);

/** Result or error of a call. */
function outcome<T>(call: () => T): unknown {
  try {
    return { value: call() };
  } catch (error) {
    return error instanceof Error
      ? { error: error.message, isTypeError: error instanceof TypeError }
      : error;
  }
}

describe('parseEntityRef', () => {
  it("equals Backstage's for any text", () => {
    fc.assert(
      fc.property(refLike, context, (ref, defaults) => {
        expect(outcome(() => parseEntityRef(ref, defaults))).toEqual(
          outcome(() => backstage.parseEntityRef(ref, defaults)),
        );
      }),
      { numRuns: 5000 },
    );
  });

  it("equals Backstage's for any parts", () => {
    const part = fc.constantFrom('', 'a', 'B');
    const parts = fc.record(
      { kind: part, namespace: part, name: part },
      { requiredKeys: ['name'] },
    );
    fc.assert(
      fc.property(parts, context, (ref, defaults) => {
        expect(outcome(() => parseEntityRef(ref, defaults))).toEqual(
          outcome(() => backstage.parseEntityRef(ref, defaults)),
        );
      }),
    );
  });
});

describe('readEntityRef', () => {
  it.each<[string, unknown, EntityRefContext | undefined, unknown]>([
    [
      'a full ref',
      'Component:ns/name',
      undefined,
      { kind: 'Component', namespace: 'ns', name: 'name' },
    ],
    [
      'the defaults',
      'name',
      { defaultKind: 'Group', defaultNamespace: 'ns' },
      { kind: 'Group', namespace: 'ns', name: 'name' },
    ],
    ['separators in the name', 'a:b/c/d', undefined, { kind: 'a', namespace: 'b', name: 'c/d' }],
    ['parts', { kind: 'a', name: 'b' }, undefined, { kind: 'a', namespace: 'default', name: 'b' }],
  ])('reads %s', (_, ref, defaults, expected) => {
    expect(readEntityRef(ref, defaults)).toEqual({ ok: true, value: expected });
  });

  it.each([undefined, null, 0, 7, true, [], [1], {}, { name: 5 }, { kind: {}, name: 'a' }, 10n])(
    'returns an error for %o',
    ref => {
      expect(readEntityRef(ref, { defaultKind: 'Group' })).toEqual({
        ok: false,
        error: expect.stringMatching(/^Entity reference .+/),
      });
    },
  );
});

describe('stringifyEntityRef', () => {
  it('lower-cases as Backstage does', () => {
    const part = fc.string({ unit: 'binary', minLength: 1 });
    fc.assert(
      fc.property(fc.record({ kind: part, namespace: part, name: part }), ref => {
        expect(stringifyEntityRef(ref)).toBe(backstage.stringifyEntityRef(ref));
      }),
    );
    expect(stringifyEntityRef({ kind: 'AΣ', name: 'ΑΣ' })).toBe('aς:default/ας');
  });

  it('returns the ref of an entity', () => {
    const entity: Entity = {
      apiVersion: 'v1',
      kind: 'API',
      metadata: { name: 'Pay', namespace: 'NS' },
    };
    expect(stringifyEntityRef(entity)).toBe('api:ns/pay');
    expect(getCompoundEntityRef(entity)).toEqual({ kind: 'API', namespace: 'NS', name: 'Pay' });
  });

  it('returns the ref of an entity without a namespace', () => {
    const entity: Entity = { apiVersion: 'v1', kind: 'API', metadata: { name: 'Pay' } };
    expect(stringifyEntityRef(entity)).toBe('api:default/pay');
    expect(getCompoundEntityRef(entity).namespace).toBe('default');
  });
});

describe('shortenEntityRef', () => {
  it.each<[string, EntityRefContext, string]>([
    ['group:default/team-a', { defaultKind: 'Group' }, 'team-a'],
    ['group:default/team-a', {}, 'group:team-a'],
    ['group:ns/team-a', { defaultKind: 'group' }, 'ns/team-a'],
    ['group:ns/team-a', { defaultKind: 'Group', defaultNamespace: 'NS' }, 'team-a'],
    ['user:ns/team-a', { defaultKind: 'Group', defaultNamespace: 'ns' }, 'user:team-a'],
    ['user:ns/team-a', { defaultKind: 'Group' }, 'user:ns/team-a'],
    ['group:default/a:b', { defaultKind: 'Group' }, 'default/a:b'],
    ['group:default/a/b', { defaultKind: 'Group' }, 'default/a/b'],
    ['::', {}, '::'],
  ])('writes %s in the context %o as %s', (ref, defaults, expected) => {
    expect(shortenEntityRef(ref, defaults)).toBe(expected);
  });

  it('never changes the target', () => {
    fc.assert(
      fc.property(refLike, context, (ref, defaults) => {
        const read = readEntityRef(ref, defaults);
        fc.pre(read.ok);
        const second = readEntityRef(shortenEntityRef(ref, defaults), defaults);
        expect(second.ok && stringifyEntityRef(second.value)).toBe(
          read.ok && stringifyEntityRef(read.value),
        );
      }),
    );
  });
});
