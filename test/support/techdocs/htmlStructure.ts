import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';

/** Attributes that make no difference to what a page is. */
const ignored = /^(data-line|data-diagram|data-diagram-engine|data-linenos)$/;

/**
 * Returns the structure of an HTML text as lines: each element with its attributes, followed by its indented content.
 * Whitespace counts as in a browser. Highlighting of code doesn't count.
 */
export function htmlStructure(html: string): string[] {
  const lines: string[] = [];
  const fragment = parseFragment(html);
  describe(fragment.childNodes, { lines, depth: 0, isCode: false });
  return lines;
}

interface Context {
  readonly lines: string[];
  readonly depth: number;
  readonly isCode: boolean;
}

type Node = DefaultTreeAdapterTypes.ChildNode;
type ElementNode = DefaultTreeAdapterTypes.Element;

const isElement = (node: Node): node is ElementNode => 'tagName' in node;

/** Spans of a highlighter, other than those that mark lines. */
function isColor(element: ElementNode): boolean {
  if (element.tagName !== 'span') return false;
  const names = element.attrs.find(({ name }) => name === 'class')?.value ?? '';
  return !/\b(hll|linenos|critic|MathJax_Preview|arithmatex)\b/.test(names);
}

function describe(nodes: readonly Node[], context: Context): void {
  const { lines, depth, isCode } = context;
  const indent = '  '.repeat(depth);
  let text = '';
  const flush = (): void => {
    const shown = isCode ? JSON.stringify(text) : JSON.stringify(text.replace(/\s+/g, ' '));
    if (isCode ? text !== '' : text.trim() !== '') lines.push(`${indent}${shown}`);
    text = '';
  };
  const visit = (children: readonly Node[]): void => {
    for (const node of children) {
      if ('value' in node) text += node.value;
      else if (isElement(node)) {
        if (isCode && isColor(node)) {
          visit(node.childNodes);
          continue;
        }
        flush();
        lines.push(`${indent}${nameOf(node)}`);
        const inCode = isCode || node.tagName === 'code' || node.tagName === 'pre';
        describe(node.childNodes, { lines, depth: depth + 1, isCode: inCode });
      } else if ('data' in node) {
        flush();
        lines.push(`${indent}<!--${node.data.trim()}-->`);
      }
    }
  };
  visit(nodes);
  flush();
}

function nameOf({ tagName, attrs }: ElementNode): string {
  const shown = attrs
    .filter(({ name }) => !ignored.test(name))
    .map(({ name, value }) => ` ${name}=${JSON.stringify(value)}`)
    .sort();
  return tagName + shown.join('');
}
