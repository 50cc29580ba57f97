import { assert, config } from 'chai';

// Differences are worth nothing when they are cut off.
config.truncateThreshold = 0;

/** What the tests use of `node:assert/strict`, in a browser. */
// eslint-disable-next-line no-restricted-syntax -- It stands in for a module with a default export.
export default {
  ok: assert.isOk.bind(assert),
  equal: assert.strictEqual.bind(assert),
  notEqual: assert.notStrictEqual.bind(assert),
  deepEqual: assert.deepEqual.bind(assert),
  match: assert.match.bind(assert),
};
