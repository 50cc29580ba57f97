import { inProject } from '../../scripts/lib/project.mjs';
import { test } from '../support/callboardTest';

test('keeps the portal usable despite bad cards of another extension', async ({ open }) => {
  const { workbench } = await open({
    folder: 'test/host/extensions/workspace',
    extensions: ['troublemaker'],
  });
  await workbench.runCommand('Callboard: Show Entity Page');
  await workbench.choose('ferry');
  const page = workbench.webview();
  const card = (name: string) => page.getByRole('region', { name: `Card that ${name}` });
  await card('throws').getByText('I stumbled').waitFor();
  await card('lies').getByText('unknown content type "hologram"').waitFor();
  await card('hangs').getByText('Plugin "bad-cards" hasn\'t responded yet.').waitFor();
  await card('floods')
    .getByText(/^Asked ([3-9]|\d{2,}) times$/)
    .waitFor();
  await card('tones').getByText('It is bad').waitFor();
  await page.getByRole('region', { name: 'About' }).waitFor();
  await workbench.screenshot(inProject('out', 'e2e', 'bad-cards.png'));
  // Until the host has answered, the previous tab is shown.
  await page.getByRole('tab', { name: 'Raw' }).click();
  await page.getByRole('tab', { name: 'Raw', selected: true }).waitFor();
  await page.getByRole('radio', { name: 'Descriptor as Written' }).waitFor();
  await card('floods').waitFor({ state: 'detached' });
});
