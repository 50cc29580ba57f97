import { expect } from 'vitest';
import { test } from '../support/callboardTest';

test('the activity bar leads to the Catalog view', async ({ open }) => {
  const { workbench } = await open({ folder: 'test/host/basics/workspace' });

  await workbench.openContainer('Callboard');

  await workbench.sideBar.getByText('Catalog').first().waitFor();
  expect(await workbench.notifications.count()).toBe(0);
});
