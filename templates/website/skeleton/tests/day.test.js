import assert from 'node:assert/strict';
import { it } from 'node:test';
import { formatDay } from '../site/day.js';

it('formats days', () => {
  const day = new Date(2030, 4, 17);
  assert.equal(formatDay(day, 'en'), 'May 17, 2030');
  assert.equal(formatDay(day, 'de'), '17. Mai 2030');
});
