import { report } from '../support/measured';
import { test } from '../support/portalPage';

/*
 * Measures the docs reader in a headless browser: prints times, never asserts them. The host runs
 * in the page on the same thread; in the editor, a worker renders long pages.
 */

const ROUNDS = 40;
const SIZE = 20_000;

const chapter = (number: number): string => `## Chapter ${number}

A paragraph of the kind that docs have, with *emphasis*, \`code\`, [a link](other.md) and [another one](#chapter-1). It
goes on for a while, since people explain things, and breaks its lines somewhere.

!!! note "Mind this"
    What stands in a box, with **strong words** and a list:

    - one
    - two

| Name | Default | What it does |
| ---- | ------- | ------------ |
| \`a\`  | \`1\`     | the first    |
| \`b\`  | \`2\`     | the second   |

\`\`\`yaml
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: component-${number}
spec: { type: service, lifecycle: production, owner: team-a }
\`\`\`

1. First this is done.
2. Then that.

`;

/** Returns a page with this number of characters, and a text in the middle. */
function pageOf(text: string, size: number): string {
  const chapters: string[] = [];
  for (let length = 0; length < size; length += chapters.at(-1)?.length ?? 0) {
    chapters.push(chapter(chapters.length + 1));
  }
  const middle = Math.floor(chapters.length / 2);
  return [
    '# Long\n\n',
    ...chapters.slice(0, middle),
    `${text}\n\n`,
    ...chapters.slice(middle),
  ].join('');
}

for (const size of [2_000, SIZE, 100_000]) {
  test(`time from a key press to the rendered page: ${size / 1_000} kB`, async ({ open }) => {
    const { page } = await open({
      page: { page: 'docs', site: 'file:///work', path: 'index.md' },
      files: {
        'mkdocs.yml': 'site_name: Long\n',
        'docs/index.md': pageOf('Typed:', size),
        'docs/other.md': '# Other\n',
      },
    });
    await page.getByText('Typed:').waitFor();
    const texts = Array.from({ length: ROUNDS }, (_, round) =>
      pageOf(`Typed: ${'x'.repeat(round + 1)}.`, size),
    );
    const times = await page.evaluate(async pages => {
      const times: number[] = [];
      for (const [round, text] of pages.entries()) {
        const began = performance.now();
        void window.fakeHost.write('/work/docs/index.md', text);
        const expected = `Typed: ${'x'.repeat(round + 1)}.`;
        const isThere = (): boolean =>
          [...document.querySelectorAll('callboard-docs-article p')].some(
            paragraph => paragraph.textContent === expected,
          );
        do await new Promise(requestAnimationFrame);
        while (!isThere());
        // The frame that shows it is drawn before the next task.
        await new Promise(resolve => {
          const channel = new MessageChannel();
          channel.port1.onmessage = resolve;
          channel.port2.postMessage(undefined);
        });
        times.push(performance.now() - began);
        // Keys come one after another, as from a fast typist.
        await new Promise(resolve => setTimeout(resolve, 100));
      }
      return times;
    }, texts);
    report(`from a key to the picture: ${size / 1_000} kB`, times.slice(3));
  });
}

test('time from a key press to search results in a site of 200 pages', async ({ open }) => {
  const pages = Array.from({ length: 200 }, (_, index) => [
    `docs/page-${index}.md`,
    pageOf(`Typed ${index}`, 4_000),
  ]);
  const { page } = await open({
    page: { page: 'docs', site: 'file:///work' },
    files: { 'mkdocs.yml': 'site_name: Long\n', ...Object.fromEntries(pages) },
  });
  const box = page.getByRole('combobox', { name: 'Search these docs' });
  await box.waitFor();
  const search = (text: string): Promise<number> =>
    box.evaluate(async (input, typed) => {
      const began = performance.now();
      (input as HTMLInputElement).value = typed;
      input.dispatchEvent(new Event('input'));
      const last = `Typed ${typed.replace('typed ', '')}`;
      const isThere = (): boolean =>
        document.querySelector('.docs-search [role=option]')?.textContent.includes(last) === true;
      do await new Promise(requestAnimationFrame);
      while (!isThere());
      return performance.now() - began;
    }, text);
  report('the first search in 200 pages', [await search('typed 7')]);
  const times: number[] = [];
  for (let round = 100; round < 110; round++) times.push(await search(`typed ${round}`));
  report('a further search in 200 pages', times);
});
