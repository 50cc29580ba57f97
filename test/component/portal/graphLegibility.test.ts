import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { GraphQuery, PortalPage } from '../../../src/api';
import { inventedFiles } from '../support/invented';
import { test } from '../support/portalPage';

/* Legibility of graphs at common window sizes: measures texts as painted and boxes as placed. */

/** Smallest text that counts as legible, in pixels. */
const LEGIBLE = 11;
const widths = [900, 1280, 1920];
const HEIGHT = 800;

for (const width of widths) {
  for (const nodes of [60, 300, 2_000]) {
    test(`shows legible names in a graph of ${nodes} nodes, ${width} pixels wide`, async ({
      open,
    }) => {
      const { page } = await open({
        files: inventedFiles(nodes),
        page: { page: 'graph' },
        viewport: { width, height: HEIGHT },
      });
      await isDrawn(page, nodes);
      await checkFirstView(page);
      await checkShape(page);
      await checkFit(page);
    });
  }

  test(`shows legible names in the graph of the demo, ${width} pixels wide`, async ({ open }) => {
    const { page } = await open({ page: { page: 'graph' }, viewport: { width, height: HEIGHT } });
    await isDrawn(page);
    await checkFirstView(page);
    // All nodes are in view.
    expect(await page.locator('.graph-hint').count()).toBe(0);
    await checkFit(page);
  });

  test(`stays usable with 300 systems rolled up, ${width} pixels wide`, async ({ open }) => {
    const query: GraphQuery = { rollUp: 'system' };
    const { page } = await open({
      files: inventedFiles(2_400),
      page: { page: 'graph', query },
      viewport: { width, height: HEIGHT },
    });
    await isDrawn(page, 300);
    await checkFirstView(page);
    await checkShape(page);
    const { texts } = await painted(page);
    expect(texts.map(({ text }) => text)).toContain('System · 7 entities');
    await checkFit(page);
    await page.getByRole('searchbox', { name: 'Find in the graph' }).fill('s299');
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => (await painted(page)).titles.find(({ text }) => text === 's299')?.size ?? 0)
      .toBeGreaterThanOrEqual(LEGIBLE);
  });

  test(`shows legible names on the Relations card, ${width} pixels wide`, async ({ open }) => {
    const { page } = await open({
      page: entityPage('component:default/booking-service'),
      viewport: { width, height: HEIGHT },
    });
    await isDrawn(page);
    await checkFirstView(page);
    const { titles } = await painted(page);
    expect(titles.map(({ text }) => text)).toContain('Booking Service');
    expect(titles.length).toBeGreaterThan(5);
  });
}

test('keeps the message about the visible part beside the minimap in a narrow view', async ({
  open,
}) => {
  const { page } = await open({
    files: inventedFiles(2_400),
    page: { page: 'graph', query: { rollUp: 'system' } },
    viewport: { width: 540, height: HEIGHT },
  });
  await isDrawn(page, 300);
  await checkHint(page);
});

test('shows the selected node of a roll-up first', async ({ open }) => {
  const { page } = await open({
    files: inventedFiles(2_400),
    page: {
      page: 'graph',
      query: { rollUp: 'system', selected: 'component:default/c299-1' },
    },
    viewport: { width: 900, height: HEIGHT },
  });
  await isDrawn(page, 300);
  const selected = 'system:default/s299';
  await expect
    .poll(async () => (await boxesInSight(page)).map(({ ref }) => ref))
    .toContain(selected);
  const details = await page.getByRole('complementary', { name: 'Details' }).boundingBox();
  const canvas = await page.locator('.graph-canvas').boundingBox();
  const right =
    (canvas?.x ?? 0) + ((await boxesInSight(page)).find(({ ref }) => ref === selected)?.right ?? 0);
  expect(right).toBeLessThanOrEqual(details?.x ?? 0);
});

test('shows a root and its neighbors first, and pans by keys and minimap', async ({ open }) => {
  const { page } = await open({
    files: hub(120),
    page: { page: 'graph', query: { rootRefs: ['component:default/hub'], depth: 1 } },
    viewport: { width: 900, height: 700 },
  });
  await isDrawn(page, 122);
  const before = await painted(page);
  expect(before.titles.map(({ text }) => text)).toContain('hub');
  expect(before.titles.length).toBeGreaterThan(10);
  const hint = page.locator('.graph-hint');
  expect(await hint.textContent()).toMatch(/Showing \d+ of 122\. Pan or search to see more\./);

  const place = await placeOf(page, 'component:default/hub');
  await page.locator('.graph-canvas').focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect
    .poll(async () => (await placeOf(page, 'component:default/hub'))[0])
    .toBe(place[0] - 80);

  await page.locator('.graph-map').click({ position: { x: 4, y: 4 } });
  const [first] = [...(await boxes(page))].sort((a, b) => a.left + a.top - b.left - b.top);
  await expect
    .poll(async () => (await boxesInSight(page)).map(({ ref }) => ref))
    .toContain(first?.ref);

  await page.getByRole('button', { name: 'Zoom to Fit' }).click();
  await expect.poll(async () => (await boxesInSight(page)).length).toBe(122);
});

test('lays out again after a resize unless the view was moved', async ({ open }) => {
  const { page } = await open({
    files: inventedFiles(60),
    page: { page: 'graph' },
    viewport: { width: 1_600, height: 600 },
  });
  await isDrawn(page, 60);
  const wide = shapeOf(await boxes(page));
  await page.setViewportSize({ width: 600, height: 900 });
  await expect.poll(async () => shapeOf(await boxes(page))).toBeLessThan(wide / 2);
  await page.locator('.graph-canvas').focus();
  await page.keyboard.press('Shift+ArrowRight');
  await isAtRest(page);
  const moved = await boxes(page);
  // A new layout first waits for the view to have its final size.
  await page.evaluate(() => {
    const waits: unknown[] = [];
    Object.assign(window, { waits });
    window.setTimeout = new Proxy(window.setTimeout, {
      apply: (target, self, args) => waits.push(args) && Reflect.apply(target, self, args),
    });
  });
  await page.setViewportSize({ width: 1_600, height: 600 });
  await page.waitForFunction(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.graph-canvas');
    return canvas && canvas.width > 1_000;
  });
  expect(await page.evaluate(() => Reflect.get(window, 'waits'))).toEqual([]);
  expect(await boxes(page)).toEqual(moved);
});

test('shortens long names in the middle and shows them on hover', async ({ open }) => {
  const names = ['reader', 'writer'].map(
    end => `customer-authorization-and-consent-service-${end}`,
  );
  const files = {
    'catalog-info.yaml': names
      .map(name => component(name, `dependsOn: [component:${names[0]}]`))
      .join('---\n'),
  };
  for (const opened of [{ page: 'graph' } as const, entityPage(`component:default/${names[1]}`)]) {
    const { page } = await open({ files, page: opened, viewport: { width: 900, height: 700 } });
    await isDrawn(page);
    const { titles } = await painted(page);
    const long = titles.map(({ text }) => text).filter(text => text.includes('…'));
    expect(new Set(long).size).toBe(2);
    for (const text of long) expect(text).toMatch(/^custom.*….*(ader|iter)$/);
    const box = (await boxesInSight(page)).find(({ ref }) => ref.endsWith('reader'));
    await page.locator('.graph-canvas').hover({ position: middleOf(box) });
    await expect
      .poll(() => page.locator('.graph-canvas').getAttribute('title'))
      .toContain(names[0]);
  }
});

interface PlacedBox {
  readonly ref: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface PaintedText {
  readonly text: string;
  /** Effective size, in pixels. */
  readonly size: number;
}

/**
 * Checks that names in the first view are legible, as many as fit, and that the rest is counted.
 */
async function checkFirstView(page: Page): Promise<void> {
  const { titles } = await painted(page);
  const inSight = await boxesInSight(page);
  expect(titles.length).toBeGreaterThanOrEqual(inSight.length);
  expect(Math.min(...titles.map(({ size }) => size))).toBeGreaterThanOrEqual(LEGIBLE - 0.05);
  // No name is shortened to nothing.
  expect(titles.filter(({ text }) => text.startsWith('…') || text.length === 0)).toEqual([]);
  const all = await boxes(page);
  const { width, height } = await canvasSize(page);
  // A node of usual size with the gaps around it takes about 220 by 60 pixels.
  const room = Math.floor((width * height) / (220 * 60));
  expect(inSight.length).toBeGreaterThanOrEqual(Math.min(all.length, Math.floor(room / 2)));
  const hint = page.locator('.graph-hint');
  if (inSight.length === all.length) expect(await hint.count()).toBe(0);
  else {
    const count = all.length.toLocaleString('en-US');
    expect(await hint.textContent()).toContain(`Showing ${inSight.length} of ${count}.`);
  }
}

/**
 * Checks that nodes don't overlap, and fill the shape of the view unless all are visible anyway.
 */
async function checkShape(page: Page): Promise<void> {
  const all = await boxes(page);
  expect(overlaps(all)).toBe(0);
  if ((await boxesInSight(page)).length === all.length) return;
  const { width, height } = await canvasSize(page);
  const ratio = shapeOf(all) / (width / height);
  expect(ratio).toBeGreaterThan(0.55);
  expect(ratio).toBeLessThan(1.8);
  const area = all.reduce((sum, box) => sum + (box.right - box.left) * (box.bottom - box.top), 0);
  const { left, top, right, bottom } = boundsOf(all);
  expect(area / ((right - left) * (bottom - top))).toBeGreaterThan(0.15);
}

/** Checks that the minimap covers nothing of the message about the visible part. */
async function checkHint(page: Page): Promise<void> {
  const map = await page.locator('.graph-map').boundingBox();
  const hint = await page.locator('.graph-hint').boundingBox();
  expect((hint?.x ?? Infinity) + (hint?.width ?? 0)).toBeLessThan(map?.x ?? 0);
}

/** Checks that Zoom to Fit shows everything and uses the view. */
async function checkFit(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Zoom to Fit' }).click();
  const all = await boxes(page);
  await expect.poll(async () => (await boxesInSight(page)).length).toBe(all.length);
  const { left, top, right, bottom } = boundsOf(await boxesInSight(page));
  const { width, height } = await canvasSize(page);
  const filled = Math.max((right - left) / width, (bottom - top) / height);
  expect(filled).toBeGreaterThan(0.75);
}

function entityPage(entityRef: string): PortalPage {
  return { page: 'entity', entityRef };
}

async function isDrawn(page: Page, nodes = 2): Promise<void> {
  await page.waitForFunction(
    count => (document.querySelector('callboard-graph-canvas')?.scene.nodes.length ?? 0) >= count,
    nodes,
  );
  await page.locator('callboard-graph-canvas').scrollIntoViewIfNeeded();
  await isAtRest(page);
}

/** Waits until no node moves: nodes with a new position glide to it. */
async function isAtRest(page: Page): Promise<void> {
  const isStill = (): Promise<boolean> =>
    page.evaluate(async () => {
      const places = (): string =>
        JSON.stringify(
          document.querySelector('callboard-graph-canvas')?.scene.nodes.map(({ x, y }) => [x, y]),
        );
      const before = places();
      await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return places() === before;
    });
  await expect.poll(isStill).toBe(true);
}

/** Visible texts of the graph, and the node titles among them. */
async function painted(
  page: Page,
): Promise<{ readonly texts: readonly PaintedText[]; readonly titles: readonly PaintedText[] }> {
  const texts = await page.evaluate(async () => {
    const canvas = document.querySelector<HTMLCanvasElement>('.graph-canvas');
    const found: { text: string; size: number; isTitle: boolean }[] = [];
    if (!canvas) return found;
    const { prototype } = CanvasRenderingContext2D;
    const original = prototype.fillText;
    const graph = document.querySelector('callboard-graph-canvas');
    const titles = new Set(graph?.scene.nodes.map(({ view }) => view.title));
    const isTitle = (text: string): boolean => {
      const [start = '', end] = text.split('…');
      if (end === undefined) return titles.has(text);
      return [...titles].some(title => title.startsWith(start) && title.endsWith(end));
    };
    prototype.fillText = function (text, x, y, maxWidth) {
      if (this.canvas === canvas && !this.font.includes('codicon')) {
        const { a, e, d, f } = this.getTransform();
        const [left, top] = [x * a + e, y * d + f];
        const isInSight = left >= 0 && top >= 0 && left < canvas.width && top < canvas.height;
        const pixels = Number(/([\d.]+)px/.exec(this.font)?.[1]);
        const size = (pixels * a) / window.devicePixelRatio;
        if (isInSight) found.push({ text, size, isTitle: isTitle(text) });
      }
      if (maxWidth === undefined) original.call(this, text, x, y);
      else original.call(this, text, x, y, maxWidth);
    };
    // A change of focus redraws the graph.
    canvas.dispatchEvent(new FocusEvent('blur'));
    await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    prototype.fillText = original;
    return found;
  });
  return { texts, titles: texts.filter(({ isTitle }) => isTitle) };
}

/** Boxes of all nodes, in units of the graph. */
function boxes(page: Page): Promise<readonly PlacedBox[]> {
  return page.evaluate(() => {
    const nodes = document.querySelector('callboard-graph-canvas')?.scene.nodes ?? [];
    return nodes.map(({ view, x, y, width, height }) => ({
      ref: view.ref,
      left: x - width / 2,
      top: y - height / 2,
      right: x + width / 2,
      bottom: y + height / 2,
    }));
  });
}

/** Boxes of the fully visible nodes, in pixels of the view. */
async function boxesInSight(page: Page): Promise<readonly PlacedBox[]> {
  const { width, height } = await canvasSize(page);
  const { k, x, y } = await zoomOf(page);
  return (await boxes(page))
    .map(({ ref, left, top, right, bottom }) => ({
      ref,
      left: left * k + x,
      top: top * k + y,
      right: right * k + x,
      bottom: bottom * k + y,
    }))
    .filter(
      ({ left, top, right, bottom }) => left >= 0 && top >= 0 && right <= width && bottom <= height,
    );
}

async function placeOf(page: Page, ref: string): Promise<readonly [number, number]> {
  const { k, x, y } = await zoomOf(page);
  const box = (await boxes(page)).find(other => other.ref === ref);
  return [Math.round((box?.left ?? 0) * k + x), Math.round((box?.top ?? 0) * k + y)];
}

/** Zoom state that `d3` stores on an element. */
function zoomOf(page: Page): Promise<{ k: number; x: number; y: number }> {
  return page.evaluate(() => {
    const canvas = document.querySelector('.graph-canvas');
    const { __zoom: zoom } = canvas as unknown as {
      readonly __zoom: { readonly k: number; readonly x: number; readonly y: number };
    };
    return { k: zoom.k, x: zoom.x, y: zoom.y };
  });
}

function canvasSize(page: Page): Promise<{ width: number; height: number }> {
  return page.evaluate(() => {
    const canvas = document.querySelector('.graph-canvas');
    return { width: canvas?.clientWidth ?? 0, height: canvas?.clientHeight ?? 0 };
  });
}

function boundsOf(all: readonly PlacedBox[]): PlacedBox {
  return {
    ref: '',
    left: Math.min(...all.map(({ left }) => left)),
    top: Math.min(...all.map(({ top }) => top)),
    right: Math.max(...all.map(({ right }) => right)),
    bottom: Math.max(...all.map(({ bottom }) => bottom)),
  };
}

/** Width to height. */
function shapeOf(all: readonly PlacedBox[]): number {
  const { left, top, right, bottom } = boundsOf(all);
  return (right - left) / (bottom - top);
}

function overlaps(all: readonly PlacedBox[]): number {
  let count = 0;
  const sorted = [...all].sort((a, b) => a.left - b.left);
  sorted.forEach((box, index) => {
    for (const other of sorted.slice(index + 1)) {
      if (other.left >= box.right - 0.01) break;
      if (box.top < other.bottom - 0.01 && other.top < box.bottom - 0.01) count++;
    }
  });
  return count;
}

function middleOf(box: PlacedBox | undefined): { x: number; y: number } {
  if (!box) throw new Error('The node is not in sight');
  return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
}

/** Descriptors of a component with many relations, in both directions. */
function hub(others: number): Readonly<Record<string, string>> {
  const names = Array.from({ length: others }, (_, index) => `part-${index}`);
  const used = names.filter((_, index) => index % 2);
  return {
    'catalog-info.yaml': [
      component('hub', `dependsOn: [${used.map(name => `component:${name}`).join(', ')}]`),
      ...names.map((name, index) =>
        component(name, index % 2 ? 'dependsOn: []' : 'dependsOn: [component:hub]'),
      ),
    ].join('---\n'),
  };
}

function component(name: string, spec: string): string {
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: ${name} }
spec: { type: service, lifecycle: production, owner: x, ${spec} }
`;
}
