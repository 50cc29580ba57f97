import { describe, expect, it } from 'vitest';
import { canAssign } from '../../../../../src/features/catalog/plugin';
import { assignmentTo } from '../../../../../src/features/catalog/plugin/assignmentTo';
import { anEntity } from '../../../../support/inMemoryCatalog';

/** The resulting field, such as `spec.owner: crew`, or the reason for none. */
function assigned(entity: string, target: string): string {
  const result = assignmentTo(anEntity(entity), anEntity(target));
  return result.ok ? `${result.value.field}: ${result.value.value}` : result.error;
}

describe('assignmentTo', () => {
  it.each([
    ['Component:web', 'Group:crew', 'spec.owner: crew'],
    ['Component:web', 'User:jane', 'spec.owner: user:jane'],
    ['Component:sea/web', 'Group:crew', 'spec.owner: default/crew'],
    ['Component:sea/web', 'Group:sea/Crew', 'spec.owner: Crew'],
    ['Component:web', 'User:sea/jane', 'spec.owner: user:sea/jane'],
    ['API:web', 'System:shop', 'spec.system: shop'],
    ['Resource:web', 'System:sea/shop', 'spec.system: sea/shop'],
    ['System:shop', 'Domain:sales', 'spec.domain: sales'],
    ['System:shop', 'Group:crew', 'spec.owner: crew'],
    ['Template:web', 'Group:crew', 'spec.owner: crew'],
  ])('assigns %s to %s as %s', (entity, target, expected) => {
    expect(assigned(entity, target)).toBe(expected);
  });

  it.each([
    ['Component:web', 'Component:other', 'target'],
    ['Component:web', 'Domain:sales', 'kind'],
    ['Group:crew', 'Group:fleet', 'kind'],
    ['User:jane', 'Group:crew', 'kind'],
    ['System:shop', 'System:other', 'kind'],
    ['Domain:sales', 'Domain:sales', 'itself'],
    ['Gadget:x', 'Group:crew', 'kind'],
  ])('rejects %s on %s: %s', (entity, target, expected) => {
    expect(assigned(entity, target)).toBe(expected);
  });
});

describe('canAssign', () => {
  it('returns whether an entity has the field', () => {
    expect(canAssign(anEntity('Component:web'), 'setOwner')).toBe(true);
    expect(canAssign(anEntity('Component:web'), 'setSystem')).toBe(true);
    expect(canAssign(anEntity('Component:web'), 'setDomain')).toBe(false);
    expect(canAssign(anEntity('System:shop'), 'setDomain')).toBe(true);
    expect(canAssign(anEntity('User:jane'), 'setOwner')).toBe(false);
  });
});
