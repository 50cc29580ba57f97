import { generateOrganization } from '../../../bench/organization';
import { inProject } from '../../../scripts/lib/project.mjs';
import { test } from '../../support/callboardTest';
import { themes, type Theme } from '../../support/openCallboard';

const widths = [900, 1280, 1920];

test.for(Object.keys(themes) as Theme[])('a graph of ten thousand, %s', async (theme, { open }) => {
  const { workbench } = await open({
    write: folder => generateOrganization(folder, { entities: 10_000, decoys: 0 }),
    theme,
  });
  const page = workbench.webview();
  const shot = async (name: string): Promise<void> => {
    for (const width of widths) {
      await workbench.page.setViewportSize({ width, height: 860 });
      await page.getByText('Laying out').waitFor({ state: 'detached', timeout: 120_000 });
      await workbench.settled();
      await workbench.screenshot(inProject('out', 'shots', `graph-${name}-${width}-${theme}.png`));
    }
  };
  await workbench.runCommand('View: Close Primary Side Bar');
  await workbench.runCommand('Callboard: Open Graph');
  await page.getByText(/more nodes aren't shown/).waitFor({ timeout: 180_000 });
  await page.getByText(/^Showing/).waitFor({ timeout: 120_000 });
  await shot('all');
  await page.getByRole('button', { name: 'Roll up by system' }).click();
  await page.getByText(/^The graph has \d+ nodes/).waitFor();
  await page.getByText(/^Showing/).waitFor({ timeout: 120_000 });
  await shot('systems');
  await page.getByRole('button', { name: 'Zoom to Fit' }).click();
  await shot('systems-fit');
});
