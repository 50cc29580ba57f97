import { describe, expect, it } from 'vitest';
import {
  guardedEffects,
  mayCause,
  maySet,
  settingsGuardedBy,
} from '../../../../../src/platform/core/trust';

describe('workspace', () => {
  it.each(settingsGuardedBy('trusted'))('sets %s only once it is trusted', key => {
    expect([maySet(key, false), maySet(key, true)]).toEqual([false, true]);
  });

  it.each(settingsGuardedBy('user'))('never sets %s', key => {
    expect([maySet(key, false), maySet(key, true)]).toEqual([false, false]);
  });

  it.each(['callboard.catalog', 'callboard', 'callboard.catalog.sources.0.url'])(
    "can't set a guarded setting by way of %s",
    key => {
      expect(maySet(key, false)).toBe(false);
    },
  );

  it.each(['callboard.catalog.include', 'callboard.userName', 'callboard.use', 'constructor', ''])(
    'sets %j without trust',
    key => {
      expect(maySet(key, false)).toBe(true);
    },
  );

  it.each(guardedEffects)('causes %s only once it is trusted', effect => {
    expect([mayCause(effect, false), mayCause(effect, true)]).toEqual([false, true]);
  });
});
