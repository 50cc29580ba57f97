import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { aDescriptor, documents } from '../../support/descriptors';
import { violationsInThemes, violationsOf } from '../support/axe';
import { test } from '../support/portalPage';

const template = `
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: service
  title: New service
  description: A service with docs and tests.
  tags: [recommended]
spec:
  type: service
  owner: team-a
  parameters:
    - title: What it is
      description: Names and owners.
      required: [name, owner, kind]
      properties:
        name:
          title: Name
          type: string
          ui:field: EntityNamePicker
          ui:autofocus: true
        owner:
          title: Owner
          type: string
          ui:field: OwnerPicker
        kind:
          title: Kind
          description: What runs, or what others run.
          type: string
          enum: [service, library]
          enumNames: [A service, A library]
      dependencies:
        kind:
          oneOf:
            - properties:
                kind: { enum: [service] }
                port:
                  title: Port
                  type: integer
                  default: 8080
                  maximum: 65535
            - properties:
                kind: { enum: [library] }
                registry: { title: Registry, type: string }
    - title: More
      properties:
        links:
          title: Links
          type: array
          items:
            type: object
            required: [url]
            properties:
              url: { title: URL, type: string, pattern: '^https://' }
        token:
          title: Token
          type: string
          minLength: 4
          ui:field: Secret
  steps:
    - id: fetch
      name: Fetch the skeleton
      action: fetch:template
      input:
        url: ./skeleton
        values:
          name: \${{ parameters.name }}
          owner: \${{ parameters.owner }}
          port: \${{ parameters.port }}
`;

const files = {
  'catalog-info.yaml': documents(
    aDescriptor('group:team-a'),
    aDescriptor('group:team-b'),
    aDescriptor('component:shop', { owner: 'team-a' }),
  ),
  'service/template.yaml': template,
  'service/skeleton/README.md': '# ${{ values.name }}\n\nOwned by ${{ values.owner }}.\n',
  'service/skeleton/src/port.txt': '${{ values.port }}\n',
};

const ref = 'template:default/service';
const opened = { page: { page: 'template', template: ref }, files } as const;

/** Fills in the first page and goes to the next. */
async function fillInFirst(page: Page): Promise<void> {
  await page.getByLabel('Name').fill('billing');
  await page.getByRole('combobox', { name: 'Owner' }).fill('team-b');
  await page
    .getByRole('option', { name: /team-b/ })
    .first()
    .click();
  await page.getByRole('combobox', { name: 'Kind' }).selectOption('A service');
  await page.getByLabel('Port').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('heading', { name: 'More' }).waitFor();
}

test('launches a template with the values of its form', async ({ open }) => {
  const { page, calls } = await open(opened);
  await page.getByRole('heading', { name: 'New service' }).waitFor();
  await fillInFirst(page);

  await page.getByRole('button', { name: 'Add to Links' }).click();
  await page.getByLabel('URL').fill('http://a.example');
  await page.getByLabel('Token').fill('s3cret');
  await page.getByRole('button', { name: 'Review' }).last().click();
  await page.getByText('Must start with "https://".').waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toContain('url');
  await page.getByLabel('URL').fill('https://a.example');
  await page.getByLabel('URL').press('Enter');

  await page.getByRole('heading', { name: 'Review', exact: true }).waitFor();
  await page.getByText('Owned by group:default/team-b.').waitFor();
  await page.getByRole('button', { name: 'port.txt' }).click();
  await page.getByText('8080', { exact: true }).last().waitFor();
  expect(await page.locator('.template-values').innerText()).toContain('Token\n***');
  expect(await page.content()).not.toContain('s3cret');

  await page.getByRole('main').getByRole('button', { name: 'Create', exact: true }).last().click();
  await expect
    .poll(async () => (await calls()).find(({ method }) => method === 'launch')?.params)
    .toEqual([
      ref,
      {
        values: {
          name: 'billing',
          owner: 'group:default/team-b',
          kind: 'service',
          port: 8080,
          links: [{ url: 'https://a.example' }],
          token: '******',
        },
        secrets: { token: 's3cret' },
      },
      {
        isDryRun: false,
        choice: {
          target: { parent: 'file:///work', name: 'billing' },
          place: { type: 'files', text: '' },
          location: 'all',
          existing: 'ask',
          existingPaths: [],
        },
      },
    ]);
});

test('creates the project by Ctrl+Enter on the Review page', async ({ open }) => {
  const { page, calls } = await open(opened);
  await fillInFirst(page);
  await page.getByRole('button', { name: 'Review' }).last().click();
  await page.getByRole('heading', { name: 'Review', exact: true }).waitFor();
  await page.getByRole('navigation', { name: 'Files' }).waitFor();
  await page.keyboard.press('Control+Enter');
  await expect
    .poll(async () => (await calls()).some(({ method }) => method === 'launch'))
    .toBe(true);
});

test('keeps no values of a created project, although the catalog changes meanwhile', async ({
  open,
}) => {
  const { page } = await open(opened);
  await fillInFirst(page);
  await page.getByRole('button', { name: 'Review' }).last().click();
  await page.getByRole('navigation', { name: 'Files' }).waitFor();
  const create = page.getByRole('main').getByRole('button', { name: 'Create', exact: true }).last();
  await create.evaluate((button: HTMLElement) => {
    window.fakeHost.requests.length = 0;
    button.click();
    window.fakeHost.notify('portal/changed', { pages: 'all' });
  });
  await page.getByRole('status').getByText('Completed').waitFor();
  const requests = await page.evaluate(() => window.fakeHost.requests);
  expect(requests).toContain('portal/createFromTemplate');
  expect(requests).not.toContain('portal/resolveTemplateForm');
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await page.getByLabel('Name').waitFor();
  expect(await page.getByLabel('Name').inputValue()).toBe('');
});

test('validates a page before the next and restores values on return', async ({ open }) => {
  const { page } = await open(opened);
  const name = page.getByLabel('Name');
  await name.fill('my shop');
  await name.press('Enter');
  await page.getByText('Must start and end with an alphanumeric character').waitFor();
  await expect(page.getByText('This is required.').count()).resolves.toBe(2);
  await expect.poll(() => name.evaluate(input => input === document.activeElement)).toBe(true);
  await fillInFirst(page);
  await page.getByRole('button', { name: 'Back', exact: true }).last().click();
  await expect.poll(() => name.inputValue()).toBe('billing');
  expect(await page.getByLabel('Port').inputValue()).toBe('8080');
  await page.getByLabel('Port').fill('70000');
  await page.getByLabel('Port').blur();
  await page.getByText('Enter 65,535 or less.').waitFor();
});

test('accepts entities outside the list only if the field allows them', async ({ open }) => {
  const strict = template
    .replace(
      'OwnerPicker\n',
      'OwnerPicker\n          ui:options: { allowArbitraryValues: false }\n',
    )
    .replace(
      'properties:\n        name:',
      'properties:\n        any: { title: Any, type: string, ui:field: EntityPicker }\n        name:',
    );
  const { page } = await open({ ...opened, files: { ...files, 'service/template.yaml': strict } });
  const owner = page.getByRole('combobox', { name: 'Owner' });
  await page.locator('.field', { has: owner }).locator('.choice-open').click();
  await page.getByRole('option', { name: /team-b/ }).click();
  await expect.poll(() => owner.inputValue()).toBe('team-b');
  await page.locator('.field', { has: owner }).locator('.codicon-organization').waitFor();

  await owner.fill('team-x');
  await owner.blur();
  await page.getByText('No option matches "team-x". Select one from the list.').waitFor();
  await expect.poll(() => owner.inputValue()).toBe('team-b');
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Clear Owner' }).click();
  await expect.poll(() => owner.inputValue()).toBe('');
  await expect.poll(() => owner.evaluate(input => input === document.activeElement)).toBe(true);

  const any = page.getByRole('combobox', { name: 'Any' });
  await any.fill('component:elsewhere');
  await any.blur();
  await page.getByText("component:default/elsewhere isn't among the options.").waitFor();
});

test('restores values except secrets until the form is reset', async ({ open }) => {
  const { page } = await open(opened);
  await fillInFirst(page);
  await page.getByLabel('Token').fill('s3cret');
  await expect
    .poll(() => page.evaluate(() => window.fakeHost.requests.at(-1)))
    .toBe('portal/resolveTemplateForm');
  await page.getByRole('button', { name: 'Home' }).click();
  await page.getByRole('heading', { name: 'New service' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await page.getByText('Your previous values are restored').waitFor();
  expect(await page.getByLabel('Name').inputValue()).toBe('billing');
  await page.getByRole('button', { name: 'More' }).click();
  expect(await page.getByLabel('Token').inputValue()).toBe('');
  await page.getByRole('button', { name: 'Start Over' }).first().click();
  await expect.poll(() => page.getByLabel('Name').inputValue()).toBe('');
});

test('moves and removes list items', async ({ open }) => {
  const { page } = await open(opened);
  await fillInFirst(page);
  const urls = (): Promise<string[]> =>
    page
      .getByLabel('URL')
      .evaluateAll(inputs => inputs.map(one => (one as HTMLInputElement).value));
  for (const [index, url] of ['https://a', 'https://b', 'https://c'].entries()) {
    await page.getByRole('button', { name: 'Add to Links' }).click();
    await page.getByLabel('URL').nth(index).fill(url);
  }
  await page.getByRole('button', { name: 'Move Links 3 Up' }).click();
  await expect.poll(urls).toEqual(['https://a', 'https://c', 'https://b']);
  await page.getByRole('button', { name: 'Remove Links 1' }).click();
  await expect.poll(urls).toEqual(['https://c', 'https://b']);
});

test('asks for an unknown field as JSON and validates it', async ({ open }) => {
  const { page } = await open({
    ...opened,
    files: {
      ...files,
      'service/template.yaml': template.replace(
        'ui:field: Secret',
        'ui:field: Secret\n        cost: { title: Cost, type: object, ui:field: CostPicker }',
      ),
    },
  });
  await fillInFirst(page);
  await page.getByText('the field “CostPicker”').waitFor();
  const cost = page.getByLabel('Cost');
  await cost.fill('{ "centre": ');
  await page.getByRole('button', { name: 'Review' }).last().click();
  await page.getByText('Invalid JSON').waitFor();
  await expect.poll(() => cost.evaluate(box => box === document.activeElement)).toBe(true);
  await cost.fill('{ "centre": 7 }');
  await page.getByRole('button', { name: 'Review' }).last().click();
  await page.getByText('{"centre":7}').waitFor();
});

test('reports unknown actions before a run', async ({ open }) => {
  const { page } = await open({
    ...opened,
    files: {
      ...files,
      'service/template.yaml': template.replace('action: fetch:template', 'action: acme:unknown'),
    },
  });
  await page.getByText('Unknown actions: acme:unknown.').waitFor();
  await fillInFirst(page);
  await page.getByRole('button', { name: 'Review' }).last().click();
  await page.getByText('The run would fail.').waitFor();
});

test("reports a template that doesn't exist", async ({ open }) => {
  const { page } = await open({
    ...opened,
    page: { page: 'template', template: 'template:default/no' },
  });
  await page.getByText('There is no template template:default/no').waitFor();
});

test('renders field descriptions as safe Markdown', async ({ open }) => {
  const about = [
    'See **the guide** at https://docs.acme.example, or [ask](mailto:a@acme.example).',
    '',
    '# Big',
    '- `port` is *free* <b onclick="alert(1)">not bold</b>',
    '- ![pixel](https://evil.example/p.png) [run](javascript:alert(1))',
  ].join('\n');
  const { page, calls } = await open({
    ...opened,
    files: {
      ...files,
      'service/template.yaml': template.replace(
        'What runs, or what others run.',
        JSON.stringify(about),
      ),
    },
  });
  const text = page.locator('callboard-markdown', { hasText: 'the guide' });
  await text.locator('strong', { hasText: 'the guide' }).waitFor();
  expect(await text.locator('code, em, li').allInnerTexts()).toEqual([
    expect.stringContaining('port is free <b'),
    'port',
    'free',
    expect.stringContaining('pixel'),
  ]);
  expect(await text.locator('b, img, h1, [onclick], a[href^="javascript"]').count()).toBe(0);
  await expect
    .poll(() =>
      page
        .getByRole('combobox', { name: 'Kind' })
        .evaluate(box => box.ariaDescription ?? box.getAttribute('aria-describedby')),
    )
    .toContain('kind-about');
  await text.getByRole('link', { name: 'https://docs.acme.example' }).click();
  await expect
    .poll(async () => (await calls()).filter(({ method }) => method === 'portal/follow'))
    .toMatchObject([{ params: { target: { type: 'url', url: 'https://docs.acme.example' } } }]);
  expect(await violationsOf(page)).toEqual([]);
});

test('is accessible in all themes', async ({ open }) => {
  const { page } = await open({ ...opened });
  await page.getByRole('heading', { name: 'What it is' }).waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('This is required.').first().waitFor();
  await page.getByRole('combobox', { name: 'Owner' }).fill('team');
  await page.getByRole('option', { name: /As typed/ }).waitFor();
  expect(await violationsInThemes(page)).toEqual([]);
  await fillInFirst(page);
  await page.getByRole('button', { name: 'Add to Links' }).click();
  await page.getByLabel('URL').fill('https://a.example');
  expect(await violationsInThemes(page)).toEqual([]);
  await page.getByRole('button', { name: 'Review' }).last().click();
  await page.getByText('Owned by group:default/team-b.').waitFor();
  expect(await violationsInThemes(page)).toEqual([]);
});

/** Fills in all pages and goes to the review. */
async function goToReview(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'New service' }).waitFor();
  await fillInFirst(page);
  await page.getByRole('button', { name: 'Review' }).last().click();
  await page.getByRole('heading', { name: 'Review', exact: true }).waitFor();
  await page.getByRole('navigation', { name: 'Files' }).waitFor();
}

test('asks for the destination of files before launch', async ({ open }) => {
  const { page, calls } = await open(opened);
  await goToReview(page);
  const destination = page.getByRole('region', { name: 'Destination' });
  const name = destination.getByLabel('Folder name');
  await expect.poll(() => name.inputValue()).toBe('billing');
  await destination.getByText('fetch:template').waitFor();
  await name.fill('../out');
  await name.press('Tab');
  await destination.getByText('Enter a valid folder name.').waitFor();
  await name.fill('there');
  await name.press('Tab');
  await destination.getByText('1 file already exists').waitFor();

  // Files of a commit can't be kept as they were.
  const existing = destination.getByLabel('1 file already exists');
  expect(await existing.locator('option').allInnerTexts()).toEqual([
    'Keep existing files',
    'Replace existing files',
    'Ask before replacing',
  ]);
  await destination.getByLabel('Publish').selectOption('Commit to a new branch');
  expect(await existing.locator('option').allInnerTexts()).toEqual([
    'Replace existing files',
    'Ask before replacing',
  ]);
  await existing.selectOption('Replace existing files');
  await destination.getByLabel('Name of the new branch').fill('add-there');
  await destination.getByLabel('Add to Location').selectOption('None');
  await destination.getByRole('button', { name: 'Browse…' }).click();
  await expect
    .poll(() => destination.getByLabel('Create in').inputValue())
    .toBe('file:///elsewhere');
  await page.getByRole('main').getByRole('button', { name: 'Create', exact: true }).last().click();
  await expect
    .poll(async () => (await calls()).find(({ method }) => method === 'launch')?.params)
    .toMatchObject([
      ref,
      {},
      {
        isDryRun: false,
        choice: {
          target: { parent: 'file:///elsewhere', name: 'there' },
          place: { type: 'branch', text: 'add-there' },
          existing: 'replace',
          existingPaths: ['port.txt'],
        },
      },
    ]);
});

test('compares a dry run with the selected folder', async ({ open }) => {
  const { page, calls } = await open({ ...opened, page: { ...opened.page, isDryRun: true } });
  await goToReview(page);
  await page.getByRole('region', { name: 'Destination' }).getByLabel('Folder').selectOption('work');
  await page.getByRole('button', { name: 'Dry Run', exact: true }).click();
  await expect
    .poll(async () => (await calls()).find(({ method }) => method === 'launch')?.params)
    .toMatchObject([
      ref,
      {},
      { isDryRun: true, choice: { target: { parent: 'file:///work', name: '' } } },
    ]);
});

test.for([
  { width: 1280, height: 720 },
  { width: 900, height: 600 },
  { width: 400, height: 500 },
])('keeps its buttons visible at $width × $height', async (size, { open }) => {
  const { page } = await open(opened);
  await page.setViewportSize(size);
  await goToReview(page);
  const create = page.getByRole('main').getByRole('button', { name: 'Create', exact: true }).last();
  const isOnTop = () =>
    create.evaluate(button => {
      const { left, top, bottom } = button.getBoundingClientRect();
      return bottom <= innerHeight && document.elementFromPoint(left + 4, top + 4) === button;
    });
  await expect.poll(isOnTop).toBe(true);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await expect.poll(isOnTop).toBe(true);
});
