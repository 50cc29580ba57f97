import { describe, expect, it } from 'vitest';
import { chooseOwner, ownerRefOf } from '../../../../../../src/features/scm/core/codeowners';
import { readOwnerMapping } from '../../../../../../src/model';

describe('An owner of CODEOWNERS', () => {
  it.each([
    ['@acme/team-a', 'team-a'],
    ['@acme/parents/team-a', 'team-a'],
    ['@jane', 'user:jane'],
    ['jane.doe@example.com', 'jane.doe'],
  ])('%s is %s in the catalog', (owner, ref) => {
    expect(ownerRefOf(owner)).toBe(ref);
  });

  it('is what the mapping says, whatever the letter case', () => {
    const { mapping } = readOwnerMapping({ '@Acme/Team-A': 'group:ops/a', __proto__: null });
    expect(ownerRefOf('@acme/team-a', mapping)).toBe('group:ops/a');
    expect(ownerRefOf('@constructor', mapping)).toBe('user:constructor');
  });

  it('is nobody where no ref can be made of it', () => {
    expect(ownerRefOf("o'neil+x@example.com")).toBeUndefined();
  });
});

describe('Of several owners', () => {
  const exists = (ref: string): boolean => ref === 'group:default/b';

  it('the first that is in the catalog counts', () => {
    expect(chooseOwner(['@acme/a', '@acme/b'], { exists })).toBe('b');
  });

  it('else the first', () => {
    expect(chooseOwner(['@acme/x', '@jane'], { exists })).toBe('x');
    expect(chooseOwner([], { exists })).toBeUndefined();
  });
});
