import { withoutTrailing } from '../../../../../base';
import type { PageContext } from '../pageContext';
import { CodeRenderer, noLineNumbers } from '../render/codeBlock';
import type { Element } from '../text/element';
import { SourceText } from '../text/sourceText';
import { unescapeMarkers } from '../text/stash';
import { isBlockLevel } from '../text/tags';

const isBlank = (text: SourceText | undefined): boolean => !text || text.text.trim() === '';

const newline = SourceText.made('\n', 0);

/** Adds newlines between blocks like Python-Markdown, since later rules depend on them. */
export function prettify(root: Element): void {
  prettifyBlock(root, 0);
  for (const element of root.walk()) {
    if (element.tag === 'br') {
      element.tail = isBlank(element.tail)
        ? newline
        : SourceText.join([newline, element.tail ?? newline], '');
    } else if (element.tag === 'pre') {
      const [code] = element.children;
      if (code?.tag === 'code' && code.children.length === 0 && code.text) {
        code.text = SourceText.join([code.text.trimEnd(), newline], '').asAtomic();
      }
    }
  }
}

function prettifyBlock(element: Element, depth: number): void {
  if (isBlockLevel(element.tag) && element.tag !== 'code' && element.tag !== 'pre' && depth < 500) {
    const [first] = element.children;
    if (first && isBlank(element.text) && isBlockLevel(first.tag)) element.text = newline;
    for (const child of element.children) {
      if (isBlockLevel(child.tag)) prettifyBlock(child, depth + 1);
    }
  }
  if (isBlank(element.tail)) element.tail = newline;
}

/** Restores escaped characters. */
export function restoreEscapes(root: Element): void {
  for (const element of root.walk()) {
    if (element.tag !== 'code') element.text = unescaped(element.text);
    element.tail = unescaped(element.tail);
    for (const [name, value] of element.attributes) {
      const restored = unescapeMarkers(value);
      if (restored !== value) element.set(name, restored);
    }
  }
}

function unescaped(text: SourceText | undefined): SourceText | undefined {
  if (!text?.text.includes('\u0002')) return text;
  const restored = unescapeMarkers(text.text);
  return restored === text.text ? text : SourceText.made(restored, text.offsetAt(0));
}

const unescapeCode = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Highlights indented code like fenced code. */
export function highlightCodeBlocks(root: Element, page: PageContext): void {
  if (!page.extensions.has('pymdownx.highlight')) return;
  const renderer = new CodeRenderer(page.extensions, page.highlight);
  for (const element of root.walk()) {
    const [code, ...others] = element.children;
    if (element.tag !== 'pre' || code?.tag !== 'code' || others.length > 0) continue;
    const html = renderer.block({
      code: withoutTrailing(unescapeCode(code.text?.text ?? ''), '\n'),
      language: '',
      classes: [],
      id: '',
      attributes: [],
      title: undefined,
      highlightedLines: [],
      lineNumbers: noLineNumbers,
      marker: '',
      isFence: false,
    });
    element.tag = 'p';
    element.replaceChildren([]);
    element.attributes.clear();
    // Its tail is lost, like in pymdownx.
    element.tail = undefined;
    element.text = SourceText.made(page.stash.store(html), element.from ?? 0);
  }
}

const checkbox = /^ *\[(x|X| )\] +/;

/** `- [ ] open` and `- [x] done` */
export function markTaskLists(root: Element, page: PageContext): void {
  const { extensions } = page;
  if (!extensions.has('pymdownx.tasklist')) return;
  const custom = extensions.flag('pymdownx.tasklist', 'custom_checkbox', false);
  const clickable = extensions.flag('pymdownx.tasklist', 'clickable_checkbox', false);
  for (const item of root.walk()) {
    if (item.tag !== 'li') continue;
    const holder = item.text?.length ? item : item.children[0];
    if (!holder?.text || (holder !== item && holder.tag !== 'p')) continue;
    const found = checkbox.exec(holder.text.text);
    if (!found) continue;
    const attributes =
      (clickable ? '' : ' disabled') + (found[1]?.toLowerCase() === 'x' ? ' checked' : '');
    const input = `<input type="checkbox"${attributes}/>`;
    const html = custom
      ? `<label class="task-list-control">${input}<span class="task-list-indicator"></span></label> `
      : `${input} `;
    const placeholder = SourceText.made(page.stash.store(html), holder.text.offsetAt(0));
    holder.text = SourceText.join([placeholder, holder.text.slice(found[0].length)], '');
    appendClass(item, 'task-list-item');
    if (item.parent) item.parent.addClass('task-list');
  }
}

function appendClass(element: Element, name: string): void {
  element.set('class', [...element.get('class').split(/\s+/).filter(Boolean), name].join(' '));
}
