import { extname } from 'node:path';
import MarkdownIt from 'markdown-it';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { extendMarkdownIt } from '../../src/features/techdocs/core';
import { testBrowser, type Theme } from '../support/openCallboard';
import { violationsOf } from './support/axe';
import { builtWebviews } from './support/builtWebviews';
import { themeClasses, themeStyles } from './support/themes';

/** The preview and its resources have different origins, as in VS Code. */
const PREVIEW = 'https://preview.test/';
const RESOURCES = 'https://resources.test/';

const flow =
  '```mermaid\nflowchart LR\n  accTitle: From order to shipping\n  A[Order] --> B[Ship]\n```\n';

const contentTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
};

const opened: Page[] = [];

afterAll(() => Promise.all(opened.map(page => page.context().close())));

test.for(['dark', 'light', 'contrast'] as const)(
  "draws Mermaid diagrams in VS Code's preview, in %s",
  async theme => {
    const { page } = await openPreview(`# Docs\n\n${flow}`, { theme });
    const picture = page.getByRole('img', { name: 'Diagram: From order to shipping' });
    await picture.waitFor();
    expect(await svgOf(page)).toContain('Ship');
    expect(await page.getByText('flowchart').isVisible()).toBe(false);
    expect(await violationsOf(page)).toEqual([]);
  },
);

test('updates a diagram while typing and reports its parse errors', async () => {
  const { page, type } = await openPreview('# Docs\n');
  await type(`# Docs\n\n${flow}`);
  await expect.poll(() => svgOf(page)).toContain('Ship');

  const isShownAtOnce = await type(`# Docs\n\n${flow.replace('Ship', 'Send')}`);
  expect(isShownAtOnce).toBe(true);
  await expect.poll(() => svgOf(page)).toContain('Send');
  expect(await page.locator('img').count()).toBe(1);

  await type('# Docs\n\n```mermaid\nflowchart LR\n  A[ --> B\n```\n');
  await page.getByRole('note').filter({ hasText: 'Parse error' }).waitFor();
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.getByText('flowchart LR').isVisible()).toBe(true);
  expect(await violationsOf(page)).toEqual([]);

  await type(`# Docs\n\n${flow}`);
  await page.locator('img').waitFor();
  expect(await page.getByRole('note').count()).toBe(0);
});

test('redraws a diagram in the colors of another theme', async () => {
  const { page } = await openPreview(flow, { theme: 'dark' });
  await page.locator('img').waitFor();
  const dark = await svgOf(page);
  await page.evaluate(
    ([from, to]) => {
      document.documentElement.style.setProperty('--vscode-editorWidget-background', '#abcdef');
      document.body.classList.replace(from, to);
    },
    [themeClasses.dark, themeClasses.light] as const,
  );
  await expect.poll(() => svgOf(page)).toContain('#abcdef');
  expect(dark).not.toContain('#abcdef');
});

test('leaves Mermaid blocks alone where VS Code or another extension draws them', async () => {
  const { page, requests } = await openPreview(`# Docs\n\n${flow}\n\`\`\`yaml\na: b\n\`\`\`\n`, {
    // Like VS Code's own extension for Mermaid.
    highlight: (code, language) =>
      language === 'mermaid' ? `<pre class="mermaid">${code.replace('>', '&gt;')}</pre>` : '',
  });
  await page.locator('.mermaid').waitFor();
  await page.evaluate(() => new Promise(requestAnimationFrame));
  expect(await page.locator('img').count()).toBe(0);
  expect(requests).toEqual(['markdownPreview.css', 'markdownPreview.js']);
});

test("doesn't run scripts or load images of a diagram", async () => {
  const { page, requests } = await openPreview(
    `\`\`\`mermaid
%%{init: {"securityLevel": "loose", "htmlLabels": true}}%%
flowchart LR
  A["<img src=x onerror='window.ran = 1'><script>window.ran = 1</script>"] --> B
  click B "javascript:window.ran = 1"
  click A call alert()
\`\`\`
`,
  );
  await page.locator('img').waitFor();
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  expect(requests.filter(name => !/\.(?:js|css)$/.test(name))).toEqual([]);
});

test("shows a code block's title above it in VS Code's preview", async () => {
  const fence = '```ts title="router.ts" linenums="1"\nuse();\n```\n';
  const inBox = fence.replace(/^(?=.)/gm, '    ');
  const { page } = await openPreview(`# Docs\n\n${fence}\n!!! note\n${inBox}`);
  const display = (): Promise<string> =>
    page.evaluate(
      () => getComputedStyle(document.querySelector('.filename') ?? document.body).display,
    );
  await expect.poll(display).toBe('block');
  const edges = await page.evaluate(() =>
    [...document.querySelectorAll('.filename')].map(title => {
      const { bottom, left, right } = title.getBoundingClientRect();
      const code = title.nextElementSibling?.getBoundingClientRect();
      return [bottom - (code?.top ?? 0), left - (code?.left ?? 0), right - (code?.right ?? 0)];
    }),
  );
  expect(edges.map(offsets => offsets.map(Math.round))).toEqual([
    [0, 0, 0],
    [0, 0, 0],
  ]);
});

interface PreviewOptions {
  readonly theme?: Theme;
  readonly highlight?: (code: string, language: string) => string;
}

interface Preview {
  readonly page: Page;
  /** Requested files, by their names below the webview folder. */
  readonly requests: readonly string[];
  /** Shows another text, and says whether there is a picture at the end of the very same task. */
  type(text: string): Promise<boolean>;
}

/** Opens a preview as VS Code creates it: policy, scripts, then rendered Markdown. */
async function openPreview(
  text: string,
  { theme = 'dark', highlight }: PreviewOptions = {},
): Promise<Preview> {
  const md = extendMarkdownIt(new MarkdownIt({ html: true, highlight }));
  const page = await (await testBrowser()).newPage();
  opened.push(page);
  page.on('pageerror', error => console.log(`In the page: ${error.stack ?? error.message}`));
  const requests: string[] = [];
  const files = await builtWebviews();
  await page.route(/^https?:/, route => {
    const url = route.request().url();
    if (url === PREVIEW) {
      return route.fulfill({ contentType: 'text/html; charset=utf-8', body: htmlOf(theme) });
    }
    const name = url.startsWith(RESOURCES) ? url.slice(RESOURCES.length) : url;
    requests.push(name);
    const file = files.get(name);
    if (!file) return route.abort();
    const contentType = contentTypes[extname(name)];
    const headers = { 'access-control-allow-origin': '*' };
    return route.fulfill({ contentType, headers, body: Buffer.from(file) });
  });
  await page.goto(PREVIEW);
  const type = (next: string): Promise<boolean> => page.evaluate(update, md.render(next));
  await type(text);
  return { page, requests, type };
}

/** Runs in the page: inserts the first text, and patches the differences of a later one. */
function update(html: string): boolean {
  const next = document.createElement('main');
  next.innerHTML = html;
  const now = document.querySelector('main');
  if (!now) {
    document.body.append(next);
    return false;
  }
  const code = now.querySelector('pre > code');
  const nextCode = next.querySelector('pre > code');
  if (code && nextCode) {
    code.parentElement?.replaceChildren(code);
    code.textContent = nextCode.textContent;
  } else {
    now.replaceChildren(...next.childNodes);
  }
  window.dispatchEvent(new CustomEvent('vscode.markdown.updateContent'));
  return document.querySelector('img') !== null;
}

function htmlOf(theme: Theme): string {
  const policy = `default-src 'none'; img-src 'self' ${RESOURCES} https: data:; script-src 'nonce-test'; style-src 'self' ${RESOURCES} 'unsafe-inline' https: data:; font-src 'self' ${RESOURCES} https: data:;`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Preview</title>
<style>${themeStyles(theme)}</style>
<link rel="stylesheet" href="${RESOURCES}markdownPreview.css">
<base href="${PREVIEW}docs/">
</head>
<body class="vscode-body ${themeClasses[theme]}">
<script async src="${RESOURCES}markdownPreview.js" nonce="test"></script>
</body>
</html>`;
}

async function svgOf(page: Page): Promise<string> {
  const sources = await page
    .locator('img')
    .evaluateAll(images => images.map(image => (image as HTMLImageElement).src));
  return decodeURIComponent(sources.join(''));
}
