import type { Page } from 'playwright-core';
import { inventedFiles } from '../support/invented';
import { report } from '../support/measured';
import { test } from '../support/portalPage';

/*
 * Measures the graph in a headless browser: prints times, never asserts them.
 * `bench/graph.bench.ts` measures its part in the host.
 */

const ROUNDS = 5;

for (const nodes of [50, 200, 500, 2_000]) {
  test(`first picture of ${nodes} nodes`, async ({ open }) => {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const { page } = await open({
        files: inventedFiles(nodes),
        page: { page: 'entity', entityRef: 'system:default/s0' },
      });
      await page.locator('.entity-page').waitFor();
      times.push(await firstPicture(page));
    }
    report(`first picture of ${nodes} nodes, after their data`, times);
  });
}

test('frame times while panning and zooming 2,000 nodes', async ({ open }) => {
  const { page } = await open({ files: inventedFiles(2_000), page: { page: 'graph' } });
  await page.waitForFunction(() => {
    return (document.querySelector('callboard-graph-canvas')?.scene.nodes.length ?? 0) > 0;
  });
  const at = async (what: string, zooms: number): Promise<void> => {
    await page.mouse.move(500, 450);
    for (let step = 0; step < zooms; step++) await page.mouse.wheel(0, -200);
    report(`panning, ${what}`, await frames(page, () => pan(page)));
    report(`zooming, ${what}`, await frames(page, () => zoom(page)));
  };
  await at('all of it', 0);
  await at('nearer', 5);
  await at('near enough to read', 4);
});

async function firstPicture(page: Page): Promise<number> {
  const measured = page.evaluate(
    () =>
      new Promise<number>(resolve => {
        let arrived = 0;
        addEventListener('message', ({ data }: MessageEvent<{ result?: { edges?: unknown } }>) => {
          if (data.result?.edges) arrived = performance.now();
        });
        document.addEventListener('graph-drawn', () => {
          // After the frame that draws it has been shown.
          requestAnimationFrame(() =>
            requestAnimationFrame(() => resolve(performance.now() - arrived)),
          );
        });
      }),
  );
  await page.getByRole('button', { name: 'Graph', exact: true }).click();
  return measured;
}

async function frames(page: Page, move: () => Promise<void>): Promise<readonly number[]> {
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { frameTimes: times });
    let last = performance.now();
    const tick = (now: number): void => {
      times.push(now - last);
      last = now;
      if (times === (window as unknown as { frameTimes: number[] }).frameTimes) {
        requestAnimationFrame(tick);
      }
    };
    requestAnimationFrame(tick);
  });
  await move();
  return page.evaluate(() => {
    const { frameTimes } = window as unknown as { frameTimes: number[] };
    Object.assign(window, { frameTimes: undefined });
    return frameTimes.slice(1);
  });
}

async function pan(page: Page): Promise<void> {
  await page.mouse.move(500, 450);
  await page.mouse.down();
  for (let step = 0; step < 120; step++) {
    await page.mouse.move(500 + 150 * Math.sin(step / 8), 450 + 100 * Math.cos(step / 8));
  }
  await page.mouse.up();
}

async function zoom(page: Page): Promise<void> {
  for (let step = 0; step < 120; step++) await page.mouse.wheel(0, step % 20 < 10 ? -40 : 40);
}
