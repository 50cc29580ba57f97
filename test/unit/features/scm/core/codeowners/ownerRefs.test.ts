import { describe, expect, it } from 'vitest';
import { chooseOwner, ownerRefOf } from '../../../../../../src/features/scm/core/codeowners';
import { readOwnerMapping } from '../../../../../../src/model';

describe('owner in CODEOWNERS', () => {
  it.each([
    ['@acme/team-a', 'team-a'],
    ['@acme/parents/team-a', 'team-a'],
    ['@jane', 'user:jane'],
    ['jane.doe@example.com', 'jane.doe'],
  ])('%s refers to %s', (owner, ref) => {
    expect(ownerRefOf(owner)).toBe(ref);
  });

  it('is mapped by the setting, ignoring case', () => {
    const { mapping } = readOwnerMapping({ '@Acme/Team-A': 'group:ops/a', __proto__: null });
    expect(ownerRefOf('@acme/team-a', mapping)).toBe('group:ops/a');
    expect(ownerRefOf('@constructor', mapping)).toBe('user:constructor');
  });

  it('has no ref if its name is invalid', () => {
    expect(ownerRefOf("o'neil+x@example.com")).toBeUndefined();
  });
});

describe('chooseOwner', () => {
  const exists = (ref: string): boolean => ref === 'group:default/b';

  it('prefers the first owner in the catalog', () => {
    expect(chooseOwner(['@acme/a', '@acme/b'], { exists })).toBe('b');
  });

  it('otherwise returns the first owner', () => {
    expect(chooseOwner(['@acme/x', '@jane'], { exists })).toBe('x');
    expect(chooseOwner([], { exists })).toBeUndefined();
  });
});
