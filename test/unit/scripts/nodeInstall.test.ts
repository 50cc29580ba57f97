import { describe, expect, test } from 'vitest';
import { isNewEnough } from '../../../scripts/lib/nodeInstall.mjs';

describe('isNewEnough', () => {
  test.for(['22.19.0', '22.20.2', '24.0.0', '100.1.2'])('accepts %s', version => {
    expect(isNewEnough(version)).toBe(true);
  });
  test.for(['18.20.0', '20.20.2', '22.18.3', '0.22.0'])('rejects %s', version => {
    expect(isNewEnough(version)).toBe(false);
  });
});
