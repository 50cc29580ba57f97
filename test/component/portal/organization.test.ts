import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { aDescriptor, documents } from '../../support/descriptors';
import { violationsInThemes, violationsOf } from '../support/axe';
import { test } from '../support/portalPage';

const group = 'group:default/shore-engineering';

test("shows the demo's groups and one of them accessibly", async ({ open }) => {
  const { page } = await open({ page: { page: 'organization', entityRef: group } });
  await page.getByRole('heading', { name: /Shore Engineering/ }).waitFor();
  await page.getByRole('heading', { name: /Owns \(\d+\)/ }).waitFor();
  expect(await violationsInThemes(page)).toEqual([]);
});

test('opens by its former page id', async ({ open }) => {
  const { page } = await open({ page: { page: 'organisation', entityRef: group } as never });
  await page.getByRole('heading', { name: /Shore Engineering/ }).waitFor();
  const state = await page.evaluate(() => JSON.stringify(window.fakeHost.state));
  expect(state).toContain('"page":"organization"');
});

test('navigates the tree by keyboard and includes subgroups in ownership', async ({ open }) => {
  const { page } = await open({ page: { page: 'organization' } });
  await page.getByRole('heading', { name: 'Entities by Owner' }).waitFor();
  await page.getByRole('treeitem', { name: 'Overview' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => focused(page)).toBe('Skerry Line');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Owns (' }).waitFor();
  const owns = async (): Promise<number> =>
    Number(/\((\d+)\)/.exec(await page.getByRole('heading', { name: 'Owns (' }).innerText())?.[1]);
  const directly = await owns();
  await page.getByRole('radio', { name: 'Include Subgroups' }).check();
  await expect.poll(owns).toBeGreaterThan(directly);
  await page.getByRole('link', { name: 'Components', exact: true }).click();
  await page.getByRole('heading', { name: /Components \(\d+\)/ }).waitFor();
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('heading', { name: 'Owns (' }).waitFor();
});

test('opens with numbers of all owners, each with the list that it counts', async ({ open }) => {
  const { page } = await open({ page: { page: 'organization' } });
  const row = page.getByRole('row', { name: /^Booking/ });
  await row.waitFor();
  expect(await violationsInThemes(page)).toEqual([]);
  const counted = row.getByRole('link', { name: /^Entities of Booking with problems/ });
  const count = await counted.innerText();
  await counted.click();
  await page.getByRole('heading', { name: `(${count})` }).waitFor();
  await page.getByRole('button', { name: 'Back' }).click();
  const owned = row.getByRole('link', { name: /^Entities of Booking:/ });
  const ownedCount = await owned.innerText();
  await owned.click();
  await page.getByRole('heading', { name: `(${ownedCount})` }).waitFor();
});

test("shows the user's teams first, and opens the tree at them", async ({ open }) => {
  const { page } = await open({
    page: { page: 'organization' },
    user: 'user:default/marit.fathom',
  });
  const teams = page.getByRole('region', { name: 'Your Teams' });
  await page.getByRole('treeitem', { name: 'Marit Fathom' }).waitFor();
  await teams.getByRole('link', { name: 'Shore Engineering', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: /Shore Engineering/ }).waitFor();
  await page.getByRole('region', { name: 'Health' }).waitFor();
  await page.getByRole('treeitem', { name: 'Overview' }).getByRole('link').click();
  await teams.waitFor();
});

test("leads from a team's health to the entities that it counts", async ({ open }) => {
  const { page } = await open({
    page: { page: 'organization', entityRef: 'group:default/team-booking' },
  });
  const health = page.getByRole('region', { name: 'Health' });
  const bar = health.getByRole('listitem').filter({ hasText: 'Components without docs' });
  const [, count] = /(\d+) of \d+/.exec(await bar.innerText()) ?? [];
  await bar.getByRole('link').click();
  await page.getByRole('heading', { name: `(${count})` }).waitFor();
});

test('shows groups that contain each other, and users without a group', async ({ open }) => {
  const { page, write } = await open({
    page: { page: 'organization' },
    files: {
      'catalog-info.yaml': documents(
        aDescriptor('group:a', { parent: 'b' }),
        aDescriptor('group:b', { parent: 'a' }),
        aDescriptor('user:loner'),
      ),
    },
  });
  await page.getByRole('treeitem', { name: 'People Without a Group' }).click();
  await page.getByRole('treeitem', { name: 'loner' }).waitFor();
  await page.getByRole('treeitem', { name: /^\s*a\b/ }).click();
  await page.getByRole('treeitem', { name: /^\s*b\b/ }).waitFor();
  await write('catalog-info.yaml', aDescriptor('user:newcomer'));
  await page.getByRole('treeitem', { name: 'newcomer' }).waitFor();
});

test.for([
  ['No groups or users in the catalog.', undefined, { 'a.txt': '' }],
  ['group:default/none is not in the catalog.', 'group:default/none', undefined],
] as const)('has a heading when empty: %s', async ([text, entityRef, files], { open }) => {
  const { page } = await open({
    page: { page: 'organization', ...(entityRef !== undefined && { entityRef }) },
    ...(files && { files }),
  });
  await page.getByRole('heading', { level: 1, name: text }).waitFor();
  expect(await violationsOf(page)).toEqual([]);
});

test('renders only nearby rows of ten thousand users and reaches all', async ({ open }) => {
  const files: Record<string, string> = { 'org.yaml': aDescriptor('group:crew') };
  for (let first = 0; first < 10_000; first += 500) {
    files[`${first}.yaml`] = documents(
      ...Array.from({ length: 500 }, (_, index) =>
        aDescriptor(`user:hand-${10_000 + first + index}`, { memberOf: ['crew'] }),
      ),
    );
  }
  const { page } = await open({ page: { page: 'organization' }, files });
  const rows = page.getByRole('treeitem');
  const crew = page.getByRole('treeitem', { name: 'crew' });
  await crew.focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('treeitem', { name: 'hand-10000' }).waitFor();
  expect(await rows.count()).toBeLessThan(200);
  expect(await violationsOf(page)).toEqual([]);

  await page.keyboard.press('End');
  await expect.poll(() => focused(page)).toBe('hand-19999');
  const last = page.getByRole('treeitem', { name: 'hand-19999' });
  expect(await last.getAttribute('aria-posinset')).toBe('10000');
  expect(await last.getAttribute('aria-setsize')).toBe('10000');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => focused(page)).toBe('hand-19997');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'hand-19997' }).waitFor();
  await page.keyboard.press('Home');
  await expect.poll(() => focused(page)).toBe('Overview');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => focused(page)).toMatch(/^crew/);
  expect(await rows.count()).toBeLessThan(300);

  // By mouse: every scroll position shows rows, each in its place.
  const tree = page.locator('.organization-tree');
  const middle = await tree.evaluate(element => {
    element.scrollTop = element.scrollHeight / 2;
    return element.scrollTop + element.clientHeight / 2;
  });
  const inMiddle = (): Promise<string> =>
    tree.evaluate(element => {
      const { left, top, height } = element.getBoundingClientRect();
      const found = document.elementFromPoint(left + 120, top + height / 2);
      return found?.closest('[role=treeitem]')?.textContent?.trim() ?? '';
    });
  const expected = 10_000 + middle / 22;
  await expect
    .poll(async () => Math.abs(Number((await inMiddle()).slice(5)) - expected))
    .toBeLessThan(10);
  await page.getByRole('searchbox', { name: 'Filter' }).fill('hand-1234');
  await expect.poll(() => rows.count()).toBe(11);
});

test('scrolls to a selected user far down the list', async ({ open }) => {
  const files = {
    'org.yaml': documents(
      aDescriptor('group:crew'),
      ...Array.from({ length: 2_000 }, (_, index) =>
        aDescriptor(`user:hand-${1000 + index}`, { memberOf: ['crew'] }),
      ),
    ),
  };
  const entityRef = 'user:default/hand-2500';
  const { page } = await open({ page: { page: 'organization', entityRef }, files });
  const row = page.getByRole('treeitem', { name: 'hand-2500', selected: true });
  await row.waitFor();
  await expect
    .poll(() =>
      row.evaluate(element => {
        const { top, bottom } = element.getBoundingClientRect();
        return top >= 0 && bottom <= window.innerHeight;
      }),
    )
    .toBe(true);
  await row.focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => focused(page)).toBe('hand-2501');
});

test('shows more members of a large team on demand', async ({ open }) => {
  const crew = Array.from({ length: 350 }, (_, index) => `hand-${1000 + index}`);
  const files = {
    'org.yaml': documents(
      aDescriptor('group:crew'),
      ...crew.map(name => aDescriptor(`user:${name}`, { memberOf: ['crew'] })),
    ),
  };
  const entityRef = 'group:default/crew';
  const { page, write } = await open({ page: { page: 'entity', entityRef }, files });
  const members = page.getByRole('region', { name: 'Members' });
  const names = members.getByRole('rowheader');
  await expect.poll(() => names.count()).toBe(100);
  await members.getByRole('button', { name: 'Show 100 More' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => names.count()).toBe(200);
  await expect.poll(() => focused(page)).toBe('hand-1100');

  // A change in between is shown and loses nothing.
  await write(
    'org.yaml',
    files['org.yaml'].replace('name: hand-1150', 'name: hand-1150\n  title: Ada'),
  );
  await members.getByRole('link', { name: 'Ada' }).waitFor();
  await expect.poll(() => names.count()).toBe(200);
  await members.getByRole('button', { name: 'Show All (350)' }).click();
  await expect.poll(() => names.count()).toBe(350);
  expect(await members.getByRole('button', { name: 'Show' }).count()).toBe(0);
  await expect.poll(() => focused(page)).toBe('hand-1200');

  const { page: team } = await open({ page: { page: 'organization', entityRef }, files });
  const people = team.getByRole('region', { name: 'People (350)' });
  await people.getByRole('button', { name: 'Show All (350)' }).click();
  await people.getByRole('link', { name: 'hand-1349' }).waitFor();
});

async function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
}
