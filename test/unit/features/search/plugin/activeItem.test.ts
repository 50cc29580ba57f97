import { beforeEach, describe, expect, it } from 'vitest';
import { ActiveItem } from '../../../../../src/features/search/plugin';

describe('active item of a list', () => {
  let active: ActiveItem<string>;

  beforeEach(() => {
    active = new ActiveItem();
    active.show('first');
  });

  it('is the item that was set', () => {
    expect(active.current).toBe('first');
  });

  it('follows the user', () => {
    active.setActive('first');
    active.setActive('second');
    active.setActive('third');
    expect(active.current).toBe('third');
  });

  it('ignores late events about previous items', () => {
    active.setActive('second');
    expect(active.current).toBe('first');
    active.setActive('first');
    active.setActive('second');
    expect(active.current).toBe('second');
  });

  it('is undefined in an empty list', () => {
    active.setActive('first');
    active.show(undefined);
    active.setActive('first');
    expect(active.current).toBeUndefined();
    active.setActive(undefined);
    expect(active.current).toBeUndefined();
  });
});
