import { expect } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import { aDescriptor, documents } from '../../support/descriptors';
import { violationsInThemes, violationsOf } from '../support/axe';
import { hostileMarkup } from '../support/hostileMarkup';
import { test } from '../support/portalPage';

const templateOf = (steps: string, output = ''): string => `
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: service, title: New service }
spec:
  type: service
  owner: team-a
  parameters:
    properties:
      name: { title: Name, type: string }
      token: { title: Token, type: string, ui:field: Secret }
  steps:
${steps}
${output}`;

const failing = templateOf(
  `
    - id: note
      name: Take a note
      action: debug:log
      input: { message: 'making \${{ parameters.name }} with \${{ secrets.token }}' }
    - id: fetch
      name: Fetch the skeleton
      action: fetch:template
      input: { url: ./skeleton, values: { name: '\${{ parameters.name }}' } }`,
  `
  output:
    links:
      - { title: Repository, url: 'https://example.com/\${{ parameters.name }}' }
      - { title: Entity, entityRef: 'component:default/shop' }
      - { title: Evil, url: 'javascript:pwned()' }
    text:
      - { title: What next, content: "Read **\${{ parameters.name }}** on [the page](https://example.com/next)." }`,
);

const ref = 'template:default/service';
const page = { page: 'template', template: ref } as const;

const filesWith = (template: string): Readonly<Record<string, string>> => ({
  'catalog-info.yaml': documents(aDescriptor('component:shop', { owner: 'team-a' })),
  'service/template.yaml': template,
});

test('shows the failed step of a run and retries after a fix', async ({ open }) => {
  const { page: tab, write, calls } = await open({ page, files: filesWith(failing) });
  await tab.getByLabel('Name').fill('shop');
  await tab.getByLabel('Token').fill('s3cret');
  await tab.getByRole('button', { name: 'Review' }).last().click();
  await tab.getByRole('main').getByRole('button', { name: 'Create', exact: true }).click();

  const log = tab.getByRole('log');
  await tab.getByRole('status').getByText('Failed').waitFor();
  await tab.getByRole('log', { name: 'Log of Fetch the skeleton' }).waitFor();
  await tab.getByRole('button', { name: /^Take a note/ }).click();
  await log.getByText('"message": "***"').waitFor();
  expect(await tab.content()).not.toContain('s3cret');
  expect(await violationsOf(tab)).toEqual([]);

  await write('service/skeleton/src/${{ values.name }}.txt', 'x');
  await tab.getByRole('button', { name: 'Retry from Fetch the skeleton' }).press('Enter');
  await tab.getByRole('status').getByText('Completed').waitFor();
  await tab.getByRole('button', { name: /^Take a note/ }).click();
  await log.getByText('was already completed in a previous run').waitFor();
  expect(await tab.locator('.task-links').innerText()).toBe('Repository\nEntity');
  expect(await tab.locator('.task-text strong').innerText()).toBe('shop');
  await tab.getByRole('link', { name: 'the page' }).click();
  await tab.getByRole('button', { name: 'shop.txt new' }).press('Enter');
  await tab.getByRole('button', { name: 'Open Folder' }).press('Enter');
  await expect
    .poll(async () => (await calls()).slice(-3))
    .toEqual([
      {
        method: 'portal/follow',
        params: {
          target: { type: 'url', url: 'https://example.com/next' },
          toSide: false,
        },
      },
      { method: 'showFile', params: 'src/shop.txt' },
      { method: 'openFolder' },
    ]);
});

const waiting = templateOf(`
    - { id: say, name: Talk, each: '\${{ range(0, 300) | list }}', action: debug:log, input: { message: 'line \${{ each.value }}' } }
    - { id: wait, name: Wait for long, action: 'debug:wait', input: { minutes: 9 } }`);

test("follows a run's log to its end and cancels the run", async ({ open }) => {
  const { page: tab } = await open({ page, files: filesWith(waiting) });
  await tab.getByRole('button', { name: 'Review' }).last().click();
  await tab.getByRole('main').getByRole('button', { name: 'Create', exact: true }).click();
  await tab.getByRole('status').getByText('Running').waitFor();
  await tab.getByRole('log', { name: 'Log of Wait for long' }).waitFor();
  await tab.getByRole('button', { name: /^Talk/ }).click();
  const isAtEnd = (): Promise<boolean> =>
    tab
      .locator('.task-log')
      .evaluate(log => log.scrollHeight - log.scrollTop - log.clientHeight < 2);
  await expect.poll(isAtEnd).toBe(true);
  await tab.locator('.task-log').evaluate(log => log.scrollTo(0, 0));
  await expect.poll(isAtEnd).toBe(false);
  await tab.getByRole('button', { name: 'Cancel' }).press('Enter');
  await tab.getByRole('status').getByText('Cancelled').waitFor();
  expect(await isAtEnd()).toBe(false);
  await tab.getByText('No files were written.').waitFor();
});

test('labels a dry run and lists it in the history until cleared', async ({ open }) => {
  const { page: tab } = await open({
    page: { ...page, isDryRun: true },
    files: filesWith(
      templateOf(`
    - { id: say, name: Say, action: debug:log }
    - id: publish
      name: Publish
      action: publish:github
      input: { repoUrl: 'github.com?owner=a&repo=b' }`),
    ),
  });
  await tab.getByText('without writing files').waitFor();
  await tab.getByLabel('Name').fill('shop');
  await tab.getByRole('button', { name: 'Review' }).last().click();
  await tab.getByRole('button', { name: 'Dry Run', exact: true }).click();
  await tab
    .getByRole('button', { name: /^Publish/ })
    .getByText('simulated')
    .waitFor();
  await tab.getByText('Dry run: no files were written').waitFor();
  await tab.getByRole('status').getByText('Completed').waitFor();

  await tab.getByRole('button', { name: 'Run Again…' }).click();
  await tab.getByLabel('Name').waitFor();
  expect(await tab.getByLabel('Name').inputValue()).toBe('shop');
  await tab.getByRole('button', { name: 'Back' }).first().click();
  await tab.getByRole('button', { name: 'All Runs' }).click();
  await tab.getByRole('link', { name: 'New service' }).waitFor();
  expect(await violationsOf(tab)).toEqual([]);
  await tab.screenshot({ path: inProject('out', 'component', 'tasks.png') });
  await tab.getByRole('button', { name: 'Clear History' }).press('Enter');
  await tab.getByText('No template runs yet.').waitFor();
});

test('shows a run accessibly in all themes', async ({ open }) => {
  const files = {
    ...filesWith(failing),
    'service/skeleton/README.md': '# x',
    'service/skeleton/src/index.ts': 'x',
  };
  const { page: tab } = await open({ page, files });
  await tab.getByLabel('Name').fill('shop');
  await tab.getByRole('button', { name: 'Review' }).last().click();
  await tab.getByRole('main').getByRole('button', { name: 'Create', exact: true }).click();
  await tab.getByRole('status').getByText('Completed').waitFor();
  await tab.getByRole('button', { name: 'index.ts new' }).waitFor();
  expect(await violationsInThemes(tab)).toEqual([]);
  await tab.screenshot({ path: inProject('out', 'component', 'task.png') });
});

test("doesn't run scripts from a template's texts", async ({ open }) => {
  const text = JSON.stringify(hostileMarkup.map(content => ({ title: content, content })));
  const hostile = templateOf(
    `
    - { id: a, name: '<img src=x onerror=pwned()>', action: debug:log, input: { message: '<img src=x onerror=pwned()>' } }`,
    `  output: { text: ${text} }`,
  );
  const { page: tab } = await open({ page, files: filesWith(hostile) });
  await tab.evaluate(() => Object.assign(window, { pwned: () => (document.title = 'pwned') }));
  await tab.getByRole('button', { name: 'Review' }).last().click();
  await tab.getByRole('main').getByRole('button', { name: 'Create', exact: true }).click();
  await tab.getByRole('status').getByText('Completed').waitFor();
  await tab.locator('.task-text').nth(20).waitFor();
  expect(await tab.title()).not.toBe('pwned');
  const foreign = '.task-text :is(script, iframe, object, embed, form, style, img[src])';
  expect(await tab.locator(foreign).count()).toBe(0);
});
