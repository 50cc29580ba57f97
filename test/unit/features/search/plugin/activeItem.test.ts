import { beforeEach, describe, expect, it } from 'vitest';
import { ActiveItem } from '../../../../../src/features/search/plugin';

describe('active item of a list', () => {
  let active: ActiveItem<string>;
  let pending: (() => void)[];

  beforeEach(() => {
    pending = [];
    active = new ActiveItem(() => new Promise(resolve => pending.push(resolve)));
  });

  const show = async (item: string | undefined): Promise<void> => {
    const shown = active.show(item);
    pending.shift()?.();
    await shown;
  };

  it('is the item that was set', async () => {
    await show('first');
    expect(active.seen).toBe('first');
  });

  it('follows the user', async () => {
    await show('first');
    active.setActive('second');
    active.setActive('third');
    expect(active.seen).toBe('third');
  });

  it('is of the earlier items until the new ones are shown', async () => {
    await show('old');
    const shown = active.show('first');
    expect(active.seen).toBe('old');
    // About the earlier items, though it names a new one of the same index.
    active.setActive('second');
    expect(active.seen).toBe('old');
    // The new ones are shown, which the extension may learn after a key was pressed.
    active.setActive('first');
    expect(active.seen).toBe('first');
    pending.shift()?.();
    expect(await shown).toBe(true);
    expect(active.seen).toBe('first');
  });

  it('is the one that the user moved to meanwhile', async () => {
    const shown = active.show('first');
    active.setActive('first');
    active.setActive('second');
    pending.shift()?.();
    await shown;
    expect(active.seen).toBe('second');
  });

  it('is of the latest of several lists', async () => {
    await show('old');
    const shown = [active.show('middle'), active.show('new')];
    // About the middle list, though it names an item of the new one.
    active.setActive('new');
    expect(active.seen).toBe('old');
    pending.shift()?.();
    expect(await shown[0]).toBe(false);
    active.setActive('middle');
    expect(active.seen).toBe('old');
    active.setActive('new');
    expect(active.seen).toBe('new');
    pending.shift()?.();
    expect(await shown[1]).toBe(true);
    expect(active.seen).toBe('new');
  });

  it('is undefined in an empty list', async () => {
    await show('first');
    await show(undefined);
    expect(active.seen).toBeUndefined();
  });
});
