import type { Element } from '../text/element';
import { SourceText } from '../text/sourceText';
import { unescapeMarkers } from '../text/stash';
import { isBlockLevel } from '../text/tags';

const isBlank = (text: SourceText | undefined): boolean => !text || text.text.trim() === '';

const newline = SourceText.made('\n', 0);

/** Puts the newlines between blocks that Python-Markdown puts there: other rules see them. */
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

/** Characters that a backslash protected are themselves again. */
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
