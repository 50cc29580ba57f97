import { expect } from 'vitest';
import { violationsOf } from '../support/axe';
import { test } from '../support/portalPage';

test('shows an entity, follows its owner and returns', async ({ open }) => {
  const { page } = await open({
    page: { page: 'entity', entityRef: 'component:default/booking-service' },
  });
  await expect.poll(() => page.locator('h1').textContent()).toContain('Booking Service');
  await page.locator('.entity-facts').getByRole('link', { name: 'Booking' }).first().click();
  await expect.poll(() => page.locator('h1').textContent()).toContain('Booking');
  await expect.poll(() => page.locator('.entity-overline').textContent()).toContain('Group');
  await page.getByRole('button', { name: 'Back' }).click();
  await expect.poll(() => page.locator('h1').textContent()).toContain('Booking Service');
});

test('shows saved changes and keeps focus', async ({ open }) => {
  const { page, write } = await open({
    files: { 'catalog-info.yaml': component('orders', 'Takes orders') },
    page: { page: 'entity', entityRef: 'component:default/orders' },
  });
  await page.getByText('Takes orders').first().waitFor();
  await page.getByRole('tab', { name: 'Overview' }).focus();
  await write('catalog-info.yaml', component('orders', 'Takes them, and sends them out'));
  await page.getByText('Takes them, and sends them out').first().waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Overview');
});

test("lists the referrers of an entity that doesn't exist", async ({ open }) => {
  const { page } = await open({
    files: { 'catalog-info.yaml': component('orders', 'Takes orders') },
    page: { page: 'entity', entityRef: 'group:default/nobody' },
  });
  const text = 'group:default/nobody is not in the catalog.';
  await page.getByRole('heading', { level: 1, name: text }).waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('link', { name: 'orders' }).click();
  await page.getByText('Takes orders').first().waitFor();
});

test('fetches a missing entity from a Backstage', async ({ open }) => {
  const { page } = await open({
    files: { 'catalog-info.yaml': component('orders', 'Takes orders') },
    page: { page: 'home' },
  });
  const show = (entityRef: string): Promise<void> =>
    page.evaluate(
      ref => window.fakeHost.notify('portal/show', { page: 'entity', entityRef: ref }),
      entityRef,
    );
  await page.evaluate(
    text => {
      const answers = [
        () => Promise.reject(new Error('Acme cannot be reached.')),
        () => Promise.resolve(false),
        () => new Promise<boolean>(() => {}),
        async () => {
          await window.fakeHost.write('/work/far.yaml', text);
          return true;
        },
      ];
      window.fakeHost.fetchEntity = async () =>
        (answers.shift() ?? (() => Promise.resolve(false)))();
    },
    component('far', 'Is far away'),
  );
  await show('component:default/far');
  await page.getByRole('alert').getByText('Acme cannot be reached.').waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Look Up Again' }).click();
  await page.getByRole('alert').waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'is not in the catalog' }).waitFor();
  await page.getByRole('button', { name: 'Look Up Again' }).click();
  await page.getByText('Looking up component:default/far in Acme…').waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('heading', { name: 'is not in the catalog' }).waitFor();
  await page.getByRole('button', { name: 'Look Up Again' }).click();
  await page.getByText('Is far away').first().waitFor();
});

test('asks the editor to open the source of an entity', async ({ open }) => {
  const { page, calls } = await open({
    files: { 'catalog-info.yaml': component('orders', 'Takes orders') },
    page: { page: 'entity', entityRef: 'component:default/orders' },
  });
  await page.getByRole('link', { name: 'Edit', exact: true }).first().click();
  await expect
    .poll(async () => (await calls()).find(({ method }) => method === 'portal/follow')?.params)
    .toMatchObject({ target: { type: 'source', file: 'file:///work/catalog-info.yaml' } });
});

function component(name: string, description: string): string {
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  description: ${description}
spec:
  type: service
  lifecycle: production
  owner: nobody
`;
}

test('renders text from descriptors as plain text', async ({ open }) => {
  const evil = '<img src=x onerror=alert(1)> [a](command:a) ${alert(1)} {{x}} <script>1</script>';
  const { page } = await open({
    files: { 'catalog-info.yaml': component('orders', JSON.stringify(evil)) },
    page: { page: 'entity', entityRef: 'component:default/orders' },
  });
  await page.getByText(evil).first().waitFor();
  expect(await page.locator('img, script:not([src])').count()).toBe(0);
});

test('restores the scroll position on return', async ({ open }) => {
  const parts = Array.from({ length: 80 }, (_, index) => component(`part-${index}`, 'A part'));
  const system = `apiVersion: backstage.io/v1alpha1
kind: System
metadata:
  name: parts
spec:
  owner: nobody
`;
  const files = {
    'catalog-info.yaml': [system, ...parts.map(part => `${part}  system: parts\n`)].join('---\n'),
  };
  const { page } = await open({
    files,
    page: { page: 'entity', entityRef: 'system:default/parts', tab: 'relations' },
    viewport: { width: 900, height: 300 },
  });
  const scrolled = (): Promise<number> => page.evaluate(() => window.scrollY);
  const part = page.getByRole('link', { name: 'part-7', exact: true }).first();
  await part.waitFor();
  // Content that is drawn later above moves the page: until then, there is no position to restore.
  await page.waitForFunction(() => {
    const canvas = document.querySelector('callboard-graph-canvas');
    return canvas && canvas.scene.nodes.length > 0;
  });
  await page.evaluate(() => window.scrollTo(0, 250));
  await expect.poll(scrolled).toBe(250);
  // A click of the test would scroll to its target first, and pending content moves the page, too.
  const left = await page.getByRole('tab', { name: 'Overview' }).evaluate((tab: HTMLElement) => {
    const { scrollY } = window;
    tab.click();
    return scrollY;
  });
  expect(left).toBeGreaterThan(0);
  await page.getByRole('tab', { name: 'Overview', selected: true }).waitFor();
  await expect.poll(scrolled).toBe(0);
  await page.getByRole('button', { name: 'Back' }).click();
  await part.waitFor();
  await expect.poll(scrolled).toBe(left);
  await page.evaluate(() => window.fakeHost.notify('portal/changed', { pages: 'all' }));
  await expect.poll(scrolled).toBe(left);
});

test("lists the owners to notify and an API's consumers", async ({ open }) => {
  const { page } = await open({
    page: { page: 'entity', entityRef: 'component:default/booking-service' },
  });
  const impact = page.getByRole('region', { name: 'Impact' });
  await impact.getByText('8 entities of 5 owners').waitFor();
  await impact.getByText('Owners to Notify').waitFor();
  await impact.getByRole('link', { name: 'Pier Crew (2)' }).waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.evaluate(() =>
    window.fakeHost.notify('portal/show', {
      page: 'entity',
      entityRef: 'api:default/booking-api',
      tab: 'api',
    }),
  );
  const consumers = page.getByRole('region', { name: 'Consumers' });
  await consumers.getByRole('link', { name: 'skerry-line.example.com' }).waitFor();
  expect(await violationsOf(page)).toEqual([]);
});

test('offers a quick fix, a context menu and a link for a problem', async ({ open }) => {
  const { page, calls } = await open({
    files: {
      'catalog-info.yaml': [
        component('orders', 'Takes orders').replace('nobody', 'shpo'),
        'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: shop\nspec:\n  type: team\n  children: []\n',
      ].join('---\n'),
    },
    page: { page: 'entity', entityRef: 'component:default/orders', tab: 'problems' },
  });
  await page
    .getByRole('link', { name: /^Fix: / })
    .first()
    .click();
  await page.getByRole('button', { name: 'Copy Link' }).click();
  await page.evaluate(() => {
    document.addEventListener('contextmenu', ({ target, clientX, clientY }) => {
      const { vscodeContext = '' } = (target as HTMLElement).dataset;
      document.body.dataset['opened'] = JSON.stringify([vscodeContext, clientX > 0, clientY > 0]);
    });
  });
  await page.getByRole('button', { name: 'Actions…' }).focus();
  await page.keyboard.press('Enter');
  expect(await page.locator('body').getAttribute('data-opened')).toMatch(
    /entity hasRef editable kind_component.*component:default\/orders.*true,true\]$/,
  );
  const asked = async (method: string): Promise<unknown> =>
    (await calls()).find(call => call.method === method)?.params;
  await expect
    .poll(() => asked('portal/follow'))
    .toMatchObject({
      target: {
        command: 'callboard.problems.fix',
        arguments: [{ type: 'problem', problem: { suggestions: ['shop'] } }],
      },
    });
  expect(await asked('portal/copyLink')).toEqual({
    page: { page: 'entity', entityRef: 'component:default/orders', tab: 'problems' },
  });
  expect(await violationsOf(page)).toEqual([]);
});
