import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readPort } from './config.js';

it('reads the port', () => {
  assert.equal(readPort('3000'), 3000);
  assert.equal(readPort('0'), 0);
});

it('has a default port', () => {
  assert.equal(readPort(undefined), ${{ values.port }});
  assert.equal(readPort(''), ${{ values.port }});
});

for (const written of ['http', '-1', '65536', '80.5']) {
  it(`refuses ${written}`, () => {
    assert.throws(() => readPort(written), RangeError);
  });
}
