import { beforeEach, describe, expect, it } from 'vitest';
import { ActiveItem } from '../../../../../src/features/search/plugin';

describe('the active item of a list', () => {
  let active: ActiveItem<string>;

  beforeEach(() => {
    active = new ActiveItem();
    active.show('first');
  });

  it('is the one that it was made', () => {
    expect(active.current).toBe('first');
  });

  it('is where the user goes', () => {
    active.tell('first');
    active.tell('second');
    active.tell('third');
    expect(active.current).toBe('third');
  });

  it('is not what the editor tells of the items before', () => {
    active.tell('second');
    expect(active.current).toBe('first');
    active.tell('first');
    active.tell('second');
    expect(active.current).toBe('second');
  });

  it('is none in a list without items', () => {
    active.tell('first');
    active.show(undefined);
    active.tell('first');
    expect(active.current).toBeUndefined();
    active.tell(undefined);
    expect(active.current).toBeUndefined();
  });
});
