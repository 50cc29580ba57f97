import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
// Imports the package by name, as its users do.
import { parseDuration } from '${{ values.packageName }}';

describe('parseDuration', () => {
  for (const [text, milliseconds] of [
    ['250ms', 250],
    ['2s', 2000],
    ['1h 30m', 5_400_000],
    [' 1m  1s ', 61_000],
  ] as const) {
    it(`reads "${text}"`, () => assert.deepEqual(parseDuration(text), { milliseconds }));
  }

  for (const text of ['', '5', 'h', '1.5h', '1h30m', '-1s', '9999999999s']) {
    it(`refuses "${text}"`, () => assert.throws(() => parseDuration(text), SyntaxError));
  }
});
