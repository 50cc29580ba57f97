import { expect, it } from 'vitest';
import { ReaderSettings } from '../../../../../../src/features/techdocs/core/pages';
import { inMemoryState } from '../../../../../support/inMemoryState';

it('The size of texts is kept, and is one that can be read', async () => {
  const state = inMemoryState();
  expect(new ReaderSettings(state).textSize).toBe(100);
  await new ReaderSettings(state).setTextSize(125);
  expect(new ReaderSettings(state).textSize).toBe(125);
  await new ReaderSettings(state).setTextSize(5_000);
  expect(new ReaderSettings(state).textSize).toBe(125);
  await state.set('portal.docsTextSize', 'huge');
  expect(new ReaderSettings(state).textSize).toBe(100);
});
