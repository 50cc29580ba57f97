import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { GraphQuery } from '../../../src/api';
import { violationsInThemes } from '../support/axe';
import { inventedFiles } from '../support/invented';
import { test } from '../support/portalPage';

const files = {
  'catalog-info.yaml': [
    entity('Component', 'shop', 'owner: front', 'consumesApis: [orders]'),
    entity(
      'Component',
      'orders',
      'owner: sales',
      'providesApis: [orders], dependsOn: [resource:store]',
    ),
    entity('API', 'orders', 'owner: sales', 'definition: x'),
    entity('Resource', 'store', 'owner: sales', 'system: trade'),
    entity('System', 'trade', 'owner: sales', 'domain: all'),
  ].join('---\n'),
};
const orders = 'component:default/orders';
const store = 'resource:default/store';

test("draws an entity's neighbors and announces the node selected by keyboard", async ({
  open,
}) => {
  const { page } = await open({ files, page: graph({ rootRefs: [orders], depth: 1 }) });
  await drawn(page);
  expect(await titles(page)).toEqual(['orders', 'orders', 'sales', 'store']);
  await page.locator('.graph-canvas').focus();
  await page.keyboard.press('Home');
  await page.getByRole('complementary', { name: 'Details' }).getByText('Component').waitFor();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => spoken(page)).not.toContain('Component');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('complementary', { name: 'Details' }).count()).toBe(0);
});

test("opens a node's page by keyboard and returns to the node", async ({ open }) => {
  const { page } = await open({ files, page: graph({ rootRefs: [orders], depth: 1 }) });
  await drawn(page);
  await page.locator('.graph-canvas').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.locator('.entity-page h1').waitFor();
  await page.getByRole('button', { name: 'Back' }).click();
  await drawn(page);
  await page.getByRole('complementary', { name: 'Details' }).waitFor();
});

test('selects a node with a click and opens it with a double click', async ({ open }) => {
  const { page } = await open({ files, page: graph({ rootRefs: [store], depth: 0 }) });
  await drawn(page);
  // A single node is drawn in the middle.
  await page.locator('.graph-canvas').click();
  await page.getByRole('complementary', { name: 'Details' }).waitFor();
  await expect
    .poll(() =>
      page
        .locator('.graph-canvas')
        .boundingBox()
        .then(box => box?.width),
    )
    .toBeLessThan(1000);
  await page.locator('.graph-canvas').press('0');
  await page.locator('.graph-canvas').dblclick();
  await page.locator('.entity-page h1').waitFor();
});

test('lists dependents by owner', async ({ open }) => {
  const { page } = await open({ files, page: graph({ rootRefs: [store], dependents: true }) });
  await drawn(page);
  const dependents = page.getByRole('complementary', { name: 'Dependents' });
  await dependents.getByText('3 entities of 2 owners').waitFor();
  await dependents.getByRole('link', { name: 'shop' }).waitFor();
  await dependents.getByRole('link', { name: 'front' }).waitFor();
});

test('fits the whole graph into view until the user moves it', async ({ open }) => {
  const { page } = await open({
    files,
    page: graph({ rootRefs: ['component:default/shop'], depth: 0 }),
    viewport: { width: 900, height: 600 },
  });
  await drawn(page);
  const reach = page.getByRole('combobox', { name: 'Depth' });
  await reach.selectOption('Any depth');
  await expect.poll(() => titles(page)).toContain('all');
  await expect.poll(() => titlesInSight(page)).toEqual(await titles(page));

  await page.setViewportSize({ width: 600, height: 600 });
  await expect.poll(() => titlesInSight(page)).toEqual(await titles(page));
  for (let step = 0; step < 5; step++) await page.getByRole('button', { name: 'Zoom In' }).click();
  await reach.selectOption('Depth 2');
  await expect.poll(() => titles(page)).not.toContain('all');
  expect(await titlesInSight(page)).not.toEqual(await titles(page));
  await page.getByRole('button', { name: 'Zoom to Fit' }).click();
  // Also while nodes still move.
  await expect.poll(() => titlesInSight(page)).toEqual(await titles(page));
});

test('filters nodes and stores the query in its state', async ({ open }) => {
  const { page } = await open({ files, page: graph({}) });
  await drawn(page);
  await page.locator('.dropdown-button', { hasText: 'Kinds' }).click();
  await page.getByRole('checkbox', { name: 'component' }).check();
  await expect.poll(() => titles(page)).toEqual(['orders', 'shop']);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Show API consumers/ }).click();
  await expect.poll(() => edgeLabels(page)).toEqual(['depends on (implied)']);
  expect(await page.evaluate(() => window.fakeHost.state)).toMatchObject({
    page: { page: 'graph', query: { kinds: ['component'], implied: true } },
  });
});

test('rolls up entities without a system into an expandable node', async ({ open }) => {
  const { page } = await open({
    files,
    page: graph({ kinds: ['component', 'api', 'resource', 'system'], rollUp: 'system' }),
  });
  await drawn(page);
  expect(await titles(page)).toEqual(['No system', 'trade']);
  expect(await edgeLabels(page)).toEqual(['depends on']);

  await page.getByRole('searchbox', { name: 'Find in the graph' }).fill('no system');
  await page.keyboard.press('Enter');
  const details = page.getByRole('complementary', { name: 'Details' });
  await details.getByText('3 entities').waitFor();
  await details.getByRole('link', { name: 'shop' }).waitFor();
  expect(await details.getByRole('link', { name: 'Open Page' }).count()).toBe(0);
  // The node is no entity, so it has no page.
  await page.locator('.graph-canvas').press('Enter');

  await details.getByRole('button', { name: 'Expand' }).click();
  await expect.poll(() => titles(page)).toEqual(['No system', 'orders', 'orders', 'shop', 'trade']);
  await details.getByRole('button', { name: 'Collapse' }).click();
  await expect.poll(() => titles(page)).toEqual(['No system', 'trade']);

  await page.getByRole('button', { name: 'Show as List' }).click();
  await page.getByRole('rowheader', { name: 'No system' }).waitFor();
  expect(await page.getByRole('link', { name: 'No system' }).count()).toBe(0);
});

test('shows systems when zoomed out, and the entities of a system when zoomed in on it', async ({
  open,
}) => {
  const { page } = await open({ page: { page: 'graph' } });
  // Nodes would glide away from the pointer.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await drawn(page);
  const entities = await titles(page);
  expect(entities).toContain('Booking Service');
  const canvas = page.locator('.graph-canvas');
  const rollUp = page.getByRole('combobox', { name: 'Roll up by' });
  await canvas.focus();
  await zoomUntil(page, '-', () => rollUp.inputValue(), 'system');
  await expect.poll(() => titles(page)).not.toContain('Booking Service');
  await expect.poll(() => titlesInSight(page)).toEqual(await titles(page));

  await canvas.hover({ position: await placeOf(page, 'Booking') });
  await page.mouse.wheel(0, -600);
  await expect.poll(() => titles(page)).toContain('Booking Service');
  await expect.poll(() => titlesInSight(page)).toContain('Booking Service');
  expect(await titles(page)).not.toEqual(entities);
  await canvas.focus();
  await zoomUntil(
    page,
    '-',
    async () => String((await titles(page)).includes('Booking Service')),
    'false',
  );

  await rollUp.selectOption('No roll-up');
  await expect.poll(() => titles(page)).toEqual(entities);
  await canvas.focus();
  for (let step = 0; step < 12; step++) await page.keyboard.press('-');
  await page.getByText('Zoom in to read names.').waitFor();
  expect(await rollUp.inputValue()).toBe('');
});

test('draws the related entities of a node on request', async ({ open }) => {
  const { page } = await open({
    files,
    page: graph({ rootRefs: [orders], depth: 1, selected: store }),
  });
  await drawn(page);
  const details = page.getByRole('complementary', { name: 'Details' });
  await details.getByRole('button', { name: 'Show 1 More' }).click();
  await expect.poll(() => titles(page)).toEqual(['orders', 'orders', 'sales', 'store', 'trade']);
  await details.getByRole('button', { name: 'Show Fewer' }).click();
  await expect.poll(() => titles(page)).toEqual(['orders', 'orders', 'sales', 'store']);
});

test('selects the node that contains the selected entity', async ({ open }) => {
  const kinds = ['component', 'api', 'resource', 'system'];
  const { page } = await open({ files, page: graph({ kinds, rollUp: 'system', selected: store }) });
  await drawn(page);
  const details = page.getByRole('complementary', { name: 'Details' });
  await details.getByRole('heading', { name: 'trade' }).waitFor();
  expect(await page.evaluate(() => window.fakeHost.state)).toMatchObject({
    page: { query: { selected: 'system:default/trade' } },
  });
});

test('finds the path to an entity selected by name', async ({ open }) => {
  const { page } = await open({
    files,
    page: graph({ rootRefs: ['component:default/shop'], depth: 0 }),
  });
  await drawn(page);
  await page.getByRole('combobox', { name: 'Path to…' }).fill('store');
  await page.getByRole('option', { name: 'store' }).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => titles(page)).toEqual(['orders', 'orders', 'shop', 'store']);
});

test('steps through search results with Enter', async ({ open }) => {
  const { page } = await open({ files, page: graph({}) });
  await drawn(page);
  await page.keyboard.press('Tab');
  await page.locator('.graph-canvas').press('/');
  await page.keyboard.type('orders');
  await page.getByText('1 of 2').waitFor();
  const heading = page
    .getByRole('complementary', { name: 'Details' })
    .locator('.graph-details-kind');
  await page.keyboard.press('Enter');
  await expect.poll(() => heading.textContent()).toContain('API');
  await page.keyboard.press('Enter');
  await expect.poll(() => heading.textContent()).toContain('Component');
  await page.keyboard.press('Enter');
  await expect.poll(() => heading.textContent()).toContain('API');
});

test('shows the graph as a table', async ({ open }) => {
  const { page } = await open({ files, page: graph({ rootRefs: [orders], depth: 1 }) });
  await drawn(page);
  await page.getByRole('button', { name: 'Show as List' }).click();
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'store' }) });
  await expect.poll(() => row.textContent()).toContain('dependency of');
  expect(await row.getByRole('link', { name: 'orders' }).count()).toBe(1);
});

test('saves the graph as SVG, PNG and Mermaid', async ({ open }) => {
  const { page, calls } = await open({ files, page: graph({ rootRefs: [orders], depth: 1 }) });
  await drawn(page);
  const saved = async (item: string): Promise<Record<string, unknown>> => {
    const before = (await calls()).length;
    await page.getByText('Export', { exact: true }).click();
    await page.getByRole('button', { name: item }).click();
    await expect
      .poll(async () =>
        (await calls()).slice(before).some(({ method }) => method === 'portal/save'),
      )
      .toBe(true);
    const call = (await calls()).findLast(({ method }) => method === 'portal/save');
    return call?.params as Record<string, unknown>;
  };
  const svg = await saved('Save as SVG…');
  expect(svg['name']).toBe('graph.svg');
  const drawing = await page.evaluate(text => {
    const { documentElement } = new DOMParser().parseFromString(text, 'image/svg+xml');
    return {
      root: documentElement.localName,
      titles: documentElement.querySelectorAll('title').length,
    };
  }, String(svg['content']));
  expect(drawing).toEqual({ root: 'svg', titles: 4 });
  const png = await saved('Save as PNG…');
  expect(atob(String(png['content'])).slice(1, 4)).toBe('PNG');
  const mermaid = await saved('Save as Mermaid…');
  expect(mermaid['content']).toContain('-->|"dependsOn"|');
});

test('updates with the catalog and keeps unaffected nodes in place', async ({ open }) => {
  const { page, write } = await open({ files, page: graph({ rootRefs: [orders], depth: 1 }) });
  await drawn(page);
  const before = await places(page);
  const text = files['catalog-info.yaml'].replace('name: store', 'name: store, title: The Store');
  await write('catalog-info.yaml', text);
  await expect.poll(() => titles(page)).toContain('The Store');
  const after = await places(page);
  // Its own node is wider now; all others stay about where they were.
  for (const [ref, [x, y]] of Object.entries(before)) {
    const [newX = 0, newY = 0] = after[ref] ?? [];
    expect(Math.hypot(newX - x, newY - y), ref).toBeLessThan(60);
  }
});

test('draws 200 and 2,000 nodes and suggests how to see more', async ({ open }) => {
  const small = await open({ files: inventedFiles(200), page: { page: 'graph' } });
  await drawn(small.page);
  expect((await titles(small.page)).length).toBe(200);
  const large = await open({ files: inventedFiles(2_400), page: { page: 'graph' } });
  await large.page.getByText('Laying out 2,000 nodes…').waitFor();
  await drawn(large.page);
  await large.page.getByText(/more nodes aren't shown/).waitFor();
  expect((await titles(large.page)).length).toBe(2_000);
  await large.page.getByRole('button', { name: 'Roll up by system' }).click();
  await expect.poll(async () => (await titles(large.page)).length).toBe(300);
  await large.page.getByRole('button', { name: 'Roll up by owner' }).click();
  await expect.poll(async () => (await titles(large.page)).length).toBeLessThan(20);
});

test("draws the graph on an entity's page", async ({ open }) => {
  const { page } = await open({ files, page: { page: 'entity', entityRef: orders } });
  await drawn(page);
  expect(await titles(page)).toEqual(['orders', 'orders', 'sales', 'store']);
  await page.getByRole('tab', { name: 'Relations' }).click();
  await expect.poll(() => titles(page)).toContain('shop');
  await page.getByRole('link', { name: 'Open Graph' }).click();
  await page.locator('.graph-page .graph-canvas').waitFor();
});

test('is accessible in all themes', async ({ open }) => {
  const query = { rootRefs: ['component:default/booking-service'], depth: 1 };
  const { page } = await open({
    page: graph({ ...query, selected: 'component:default/booking-service' }),
  });
  await drawn(page);
  expect(await violationsInThemes(page)).toEqual([]);
  await page.locator('.dropdown-button', { hasText: 'Owners' }).click();
  expect(await violationsInThemes(page)).toEqual([]);
  const list = await open({ page: graph({ ...query, asList: true }) });
  await list.page.getByRole('table').waitFor();
  expect(await violationsInThemes(list.page)).toEqual([]);
  const dependents = await open({ page: graph({ ...query, dependents: true }) });
  await drawn(dependents.page);
  expect(await violationsInThemes(dependents.page)).toEqual([]);
});

function graph(query: GraphQuery): { readonly page: 'graph'; readonly query: GraphQuery } {
  return { page: 'graph', query };
}

async function drawn(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const canvas = document.querySelector('callboard-graph-canvas');
    return canvas && canvas.scene.nodes.length > 0;
  });
}

/** Presses a key until a value is as expected, at most 12 times. */
async function zoomUntil(
  page: Page,
  key: string,
  read: () => Promise<string>,
  expected: string,
): Promise<void> {
  for (let step = 0; step < 12 && (await read()) !== expected; step++) {
    await page.keyboard.press(key);
  }
  await expect.poll(read).toBe(expected);
}

/** Pixel of a node's center on the canvas. */
async function placeOf(page: Page, title: string): Promise<{ x: number; y: number }> {
  const [x, y] = await page.evaluate(wanted => {
    const graph = document.querySelector('callboard-graph-canvas');
    const canvas = graph?.querySelector('canvas');
    const node = graph?.scene.nodes.find(({ view }) => view.title === wanted);
    // Zoom state that d3 stores on an element.
    const { __zoom: zoom } = canvas as unknown as {
      __zoom: { apply(point: readonly [number, number]): readonly [number, number] };
    };
    return zoom.apply([node?.x ?? 0, node?.y ?? 0]);
  }, title);
  return { x, y };
}

async function titles(page: Page): Promise<readonly string[]> {
  const all = await page.evaluate(() => {
    const nodes = document.querySelector('callboard-graph-canvas')?.scene.nodes ?? [];
    return nodes.map(({ view }) => view.title);
  });
  return all.sort();
}

/** Titles of the nodes that are fully in view. */
async function titlesInSight(page: Page): Promise<readonly string[]> {
  const all = await page.evaluate(() => {
    const graph = document.querySelector('callboard-graph-canvas');
    const canvas = graph?.querySelector('canvas');
    if (!graph || !canvas) return [];
    // Zoom state that d3 stores on an element.
    const { __zoom: zoom } = canvas as unknown as {
      __zoom: { apply(point: readonly [number, number]): readonly [number, number] };
    };
    const isInSight = (x: number, y: number): boolean => {
      const [left, top] = zoom.apply([x, y]);
      return left >= 0 && top >= 0 && left <= canvas.clientWidth && top <= canvas.clientHeight;
    };
    return graph.scene.nodes
      .filter(({ x, y, width }) => isInSight(x - width / 2, y) && isInSight(x + width / 2, y))
      .map(({ view }) => view.title);
  });
  return all.sort();
}

async function edgeLabels(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const edges = document.querySelector('callboard-graph-canvas')?.scene.edges ?? [];
    return edges.map(({ label }) => label);
  });
}

async function places(page: Page): Promise<Readonly<Record<string, readonly [number, number]>>> {
  return page.evaluate(() => {
    const nodes = document.querySelector('callboard-graph-canvas')?.scene.nodes ?? [];
    return Object.fromEntries(nodes.map(({ view, x, y }) => [view.ref, [x, y] as const]));
  });
}

async function spoken(page: Page): Promise<string> {
  return (await page.locator('callboard-graph-canvas [role=status]').textContent()) ?? '';
}

function entity(kind: string, name: string, owner: string, spec: string): string {
  return `apiVersion: backstage.io/v1alpha1
kind: ${kind}
metadata: { name: ${name} }
spec: { type: service, lifecycle: production, ${owner}, ${spec} }
`;
}

test("lists the entity's dependencies beside the graph, with one row of controls", async ({
  open,
}) => {
  const rootRefs = ['component:default/booking-service'];
  const { page, calls } = await open({
    page: { page: 'graph', query: { rootRefs, depth: 1 } },
    viewport: { width: 1280, height: 800 },
  });
  const list = page.getByRole('complementary', { name: 'Dependencies' });
  await list.getByRole('link', { name: 'booking-db' }).waitFor();
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('button', { name: 'Copy Link' }).click();
  await expect
    .poll(async () => (await calls()).find(({ method }) => method === 'portal/copyLink')?.params)
    .toEqual({ page: { page: 'graph', query: { rootRefs, depth: 1 } } });
  // Controls of the graph and of the view share the second line.
  expect((await page.locator('.graph-toolbars').boundingBox())?.height).toBeLessThan(80);
  await page.getByRole('button', { name: 'Remove Booking Service' }).click();
  await list.waitFor({ state: 'detached' });
  const tops = await page
    .locator('.graph-toolbars button.dropdown-button, .graph-toolbars .icon-button')
    .evaluateAll(all => all.map(each => Math.round(each.getBoundingClientRect().top / 20)));
  expect(new Set(tops).size).toBe(1);
});
