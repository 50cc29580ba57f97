import { expect } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import { aDescriptor, documents } from '../../support/descriptors';
import { violationsInThemes } from '../support/axe';
import { test } from '../support/portalPage';

const template = `
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: change
  title: Change a repository
spec:
  type: service
  owner: team-a
  parameters:
    - title: Where
      required: [repoUrl]
      properties:
        repoUrl:
          title: Repository
          type: string
          ui:field: RepoUrlPicker
          ui:options:
            allowedHosts: [github.com, gitlab.com]
        branch:
          title: Branch
          type: string
          ui:field: RepoBranchPicker
        reviewer:
          title: Reviewer
          type: string
          ui:field: RepoOwnerPicker
          ui:options:
            host: github.com
  steps: []
`;

const opened = {
  page: { page: 'template', template: 'template:default/change' },
  files: { 'catalog-info.yaml': documents(aDescriptor('group:team-a')), 'template.yaml': template },
} as const;

test('asks a Git host for choices only on request', async ({ open }) => {
  const { page, calls } = await open(opened);
  const owner = page.locator('input[id$="repoUrl-owner"]');
  await owner.waitFor();
  const lookUp = (what: string) =>
    page.getByRole('button', { name: `Look Up ${what} at github.com` });
  expect(await lookUp('Repository').count()).toBe(0);
  expect(await lookUp('Branch').count()).toBe(0);
  expect((await calls()).filter(({ method }) => method === 'forgeChoices')).toEqual([]);

  await lookUp('Owner').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'acme' }).waitFor();
  await expect.poll(() => owner.evaluate(input => input === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await expect.poll(() => owner.inputValue()).toBe('acme');

  await lookUp('Repository').click();
  await page.getByRole('option', { name: 'shop' }).click();
  await lookUp('Branch').click();
  await page.getByRole('option', { name: 'main' }).click();
  expect(
    (await calls()).flatMap(({ method, params }) => (method === 'forgeChoices' ? [params] : [])),
  ).toEqual([
    [{ what: 'owners', host: 'github.com' }],
    [{ what: 'repositories', host: 'github.com', owner: 'acme' }],
    [{ what: 'branches', host: 'github.com', owner: 'acme', repo: 'shop' }],
  ]);
});

test("accepts typed text that a Git host doesn't list", async ({ open }) => {
  const { page } = await open(opened);
  const owner = page.locator('input[id$="repoUrl-owner"]');
  await owner.fill('someone');
  await page.getByRole('button', { name: 'Look Up Owner at github.com' }).click();
  await page.getByRole('option', { name: 'acme' }).waitFor();
  await expect.poll(() => owner.inputValue()).toBe('someone');
  await owner.fill('else');
  await owner.blur();
  await expect.poll(() => owner.inputValue()).toBe('else');
  await page.getByRole('button', { name: 'Look Up Repository at github.com' }).waitFor();
});

test('shows why a lookup failed until another host is selected', async ({ open }) => {
  const { page } = await open(opened);
  await page.getByLabel('Host').selectOption('gitlab.com');
  await page.getByRole('button', { name: 'Look Up Owner at gitlab.com' }).click();
  await page.getByText("Can't sign in to gitlab.com.").waitFor();
  await page.getByLabel('Host').selectOption('github.com');
  await page.getByText("Can't sign in to gitlab.com.").waitFor({ state: 'detached' });
});

test("shows a Git host's choices accessibly", async ({ open }) => {
  const { page } = await open({ ...opened });
  await page.locator('input[id$="repoUrl-owner"]').fill('acme');
  await page.getByRole('button', { name: 'Look Up Repository at github.com' }).click();
  await page.getByRole('option', { name: 'shop' }).waitFor();
  await page.screenshot({ path: inProject('out', 'component', 'lookups.png') });
  await expect.poll(() => violationsInThemes(page)).toEqual([]);
});
