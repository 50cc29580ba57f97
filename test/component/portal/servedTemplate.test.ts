import { expect } from 'vitest';
import { violationsOf } from '../support/axe';
import { test } from '../support/portalPage';

const template = `
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: service, title: New service }
spec:
  type: service
  parameters:
    properties:
      name: { title: Name, type: string }
  steps:
    - { id: do, action: 'acme:do' }
    - { id: fetch, action: 'fetch:template', input: { url: ./skeleton } }`;

const page = { page: 'template', template: 'template:default/service' } as const;

test('runs a template on its Backstage', async ({ open }) => {
  const files = { 'served/service.yaml': template };
  const { page: tab, calls } = await open({ page, files });
  await tab.getByText('This template runs on Acme').waitFor();
  // Only Backstage reports its capabilities.
  expect(await tab.getByRole('alert').count()).toBe(0);
  await tab.getByLabel('Name').fill('shop');
  await tab.getByRole('button', { name: 'Review' }).last().click();

  const tryOut = tab.getByRole('button', { name: 'Dry Run on Acme' });
  await tryOut.waitFor();
  const requests = await tab.evaluate(() => window.fakeHost.requests);
  expect(requests).not.toContain('portal/previewTemplate');
  expect(await violationsOf(tab)).toEqual([]);
  await tryOut.click();
  await tab.getByText('of the server').waitFor();

  await tab.getByRole('button', { name: 'Run on Acme…' }).click();
  await tab.getByText('on Acme', { exact: true }).waitFor();
  await tab.getByRole('status').getByText('Interrupted').waitFor();
  await tab.getByText('The connection to acme.example.com broke.').waitFor();
  await tab.getByRole('button', { name: 'Done there' }).waitFor();
  expect(await violationsOf(tab)).toEqual([]);
  await tab.getByRole('button', { name: 'Reconnect' }).click();
  await tab.getByRole('status').getByText('Completed').waitFor();
  await tab.getByRole('link', { name: 'Its page' }).waitFor();
  expect(await tab.getByRole('button', { name: 'Open Folder' }).count()).toBe(0);
  expect((await calls()).filter(({ method }) => method === 'create')).toMatchObject([
    { params: ['template:default/service', { values: { name: 'shop' } }, { isDryRun: false }] },
  ]);

  await tab.getByRole('button', { name: 'All Runs' }).click();
  await tab.getByRole('cell', { name: 'on Acme' }).waitFor();
});
