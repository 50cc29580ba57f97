import { expect } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import { test } from '../../support/callboardTest';
import { themes, type Theme } from '../../support/openCallboard';

test.for(Object.keys(themes) as Theme[])(
  'the catalog as Backstage, %s',
  async (theme, { open }) => {
    const { workbench } = await open({
      folder: 'test/host/backstage/workspace',
      theme,
      viewport: { width: 1280, height: 860 },
    });
    await workbench.openContainer('Callboard');
    const offer = workbench.page.getByRole('dialog').getByText('configures a Backstage');
    await offer.waitFor();
    await workbench.settled();
    await workbench.screenshot(inProject('out', 'shots', `backstage-offer-${theme}.png`));
    await workbench.page.getByRole('button', { name: 'Show as Backstage' }).click();
    await workbench.sideBar.getByText('as Backstage').first().waitFor();
    await workbench.openFile('app-config.yaml');
    await workbench.openProblems();
    await expect
      .poll(() => workbench.page.getByText('not-there.yaml does not exist').count())
      .toBeGreaterThan(0);
    await workbench.settled();
    await workbench.screenshot(inProject('out', 'shots', `backstage-${theme}.png`));
  },
);
