import { manyEntities } from '../support/manyEntities';
import { report } from '../support/measured';
import { test } from '../support/portalPage';

/*
 * Measures scrolling of the catalog's table in a browser without a display. Prints the figures and asserts none. The
 * host is in the page, on the same thread.
 */

/** Half of it as by a wheel, then as by the bar. */
const STEPS = 90;

test('frames of 50,000 rows', async ({ open }) => {
  const { page } = await open({ page: { page: 'catalog' }, files: manyEntities(50_000) });
  await page
    .getByRole('heading', { name: 'All Components (49,500)' })
    .waitFor({ timeout: 150_000 });
  const frames = await page.evaluate(scrollThrough, STEPS);
  report('a frame of 50,000 rows, by the wheel', frames.slice(0, STEPS));
  report('a frame of 50,000 rows, by the bar, a new screen each', frames.slice(STEPS));
  const typed = await page.evaluate(() => performance.now());
  await page.getByRole('combobox', { name: 'Filter by text' }).fill('number 4999');
  await page.getByRole('heading', { name: 'All Components (15)' }).waitFor();
  report('from a text to its rows among 50,000', [
    (await page.evaluate(() => performance.now())) - typed,
  ]);
});

/** Runs in the page: returns the duration of each frame. */
async function scrollThrough(steps: number): Promise<readonly number[]> {
  const grid = document.querySelector('.catalog-grid');
  const frames: number[] = [];
  let last = await new Promise<number>(requestAnimationFrame);
  for (let step = 0; step < 2 * steps; step++) {
    grid?.scrollBy(0, step < steps ? 120 : 6_000);
    const now = await new Promise<number>(requestAnimationFrame);
    frames.push(now - last);
    last = now;
  }
  return frames;
}
