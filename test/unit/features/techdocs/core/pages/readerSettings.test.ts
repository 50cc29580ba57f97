import { expect, it } from 'vitest';
import { ReaderSettings } from '../../../../../../src/features/techdocs/core/pages';
import { inMemoryState } from '../../../../../support/inMemoryState';

it('the text size is stored and limited', async () => {
  const state = inMemoryState();
  expect(new ReaderSettings(state).textSize).toBe(100);
  await new ReaderSettings(state).setTextSize(125);
  expect(new ReaderSettings(state).textSize).toBe(125);
  await new ReaderSettings(state).setTextSize(5_000);
  expect(new ReaderSettings(state).textSize).toBe(125);
  await state.set('portal.docsTextSize', 'huge');
  expect(new ReaderSettings(state).textSize).toBe(100);
});
