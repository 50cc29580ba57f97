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
    active.tell('first');
    active.tell('second');
    active.tell('third');
    expect(active.current).toBe('third');
  });

  it('ignores late events about previous items', () => {
    active.tell('second');
    expect(active.current).toBe('first');
    active.tell('first');
    active.tell('second');
    expect(active.current).toBe('second');
  });

  it('is undefined in an empty list', () => {
    active.tell('first');
    active.show(undefined);
    active.tell('first');
    expect(active.current).toBeUndefined();
    active.tell(undefined);
    expect(active.current).toBeUndefined();
  });
});
