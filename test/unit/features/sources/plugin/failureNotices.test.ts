import { expect, it } from 'vitest';
import { FailureNotices } from '../../../../../src/features/sources/plugin';
import { aSource, aSourceFailure } from '../../../../support/sourceInfo';

const failing = (id: string, since = 1) => aSource({ id, failure: aSourceFailure({ since }) });
const well = (id: string) => aSource({ id });

it('reports a failure once, however often it is retried', () => {
  const notices = new FailureNotices();
  expect(notices.take([failing('a'), well('b')]).map(({ id }) => id)).toEqual(['a']);
  expect(notices.take([failing('a'), well('b')])).toEqual([]);
  expect(notices.take([failing('a'), failing('b')]).map(({ id }) => id)).toEqual(['b']);
});

it('reports a new failure after a success', () => {
  const notices = new FailureNotices();
  notices.take([failing('a')]);
  notices.take([well('a')]);
  expect(notices.take([failing('a')])).toHaveLength(1);
  expect(notices.take([failing('a', 2)]), 'though nobody looked in between').toHaveLength(1);
});
