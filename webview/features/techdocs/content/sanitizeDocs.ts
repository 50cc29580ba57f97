import DOMPurify, { type Config } from 'dompurify';

/**
 * Classes of Python-Markdown and its extensions that `article.css` styles. Types of notes can be
 * any of these.
 */
const known: ReadonlySet<string> = new Set(
  `
  admonition admonition-title inline end
  note info todo seealso abstract summary tldr tip hint important success check done question help faq
  warning caution attention danger error failure fail missing bug example quote cite
  tabbed-set tabbed-alternate tabbed-labels tabbed-content tabbed-block
  task-list task-list-item task-list-control task-list-indicator
  highlight highlighttable code linenos linenodiv filename hll mermaid
  footnote footnote-ref footnote-backref headerlink toclink toc toctitle
  critic ins del mark comment break block arithmatex MathJax_Preview emojione twemoji
  `.split(/\s+/),
);

/** Whether docs may use a class. Classes of the app are reserved. */
function isDocsClass(name: string): boolean {
  return known.has(name) || /^(?:hljs|language|align)-[\w+#.-]+$/.test(name);
}

/**
 * Allows the same as Backstage for docs, except what only its reader uses (`link`, `meta`, and
 * frames of allowed hosts). Source: `plugins/techdocs/src/reader/transformers/html` of Backstage.
 */
const config: Config & { RETURN_DOM_FRAGMENT: true } = {
  USE_PROFILES: { html: true, svg: true },
  FORBID_TAGS: [
    'style',
    'form',
    'button',
    'select',
    'textarea',
    'dialog',
    'template',
    'audio',
    'video',
    'source',
  ],
  FORBID_ATTR: ['style', 'srcset', 'background', 'autofocus', 'contenteditable', 'popover'],
  ADD_ATTR: ['dominant-baseline'],
  // Docs share the document with the app's own ids and radio button groups.
  SANITIZE_NAMED_PROPS: true,
  RETURN_DOM_FRAGMENT: true,
};

/** DOMPurify's prefix of ids and names. */
const ID_PREFIX = 'user-content-';

/** `src` of an image as written in the docs. The page requests images that aren't inline. */
export const SOURCE = 'data-docs-source';

/** Returns the id of an element in the page for an id in the docs. */
export function prefixedId(id: string): string {
  return id.startsWith(ID_PREFIX) ? id : `${ID_PREFIX}${id}`;
}

/** Attributes with one or more ids. */
const NAMES_IDS = /^(?:for|headers|list|aria-(?:labelledby|describedby|details|controls|owns))$/;

const purifier = DOMPurify(window);

purifier.addHook('uponSanitizeElement', node => {
  // Python-Markdown writes tabs and tasks as inputs. Others are removed.
  if (node instanceof HTMLInputElement && node.type !== 'radio' && node.type !== 'checkbox')
    node.remove();
});

purifier.addHook('beforeSanitizeAttributes', node => {
  // The hook is also called for text nodes.
  if (!(node instanceof Element)) return;
  // Classes of the app could imitate its UI.
  const classes = [...node.classList].filter(isDocsClass);
  // Table columns are aligned by style attributes, which are removed.
  const align = /^\s*text-align:\s*(left|right|center)\s*(?:;\s*)?$/.exec(
    node.getAttribute('style') ?? '',
  )?.[1];
  if (align !== undefined) classes.push(`align-${align}`);
  if (classes.length) node.setAttribute('class', classes.join(' '));
  else node.removeAttribute('class');
});

purifier.addHook('uponSanitizeAttribute', (node, attribute) => {
  const { attrName, attrValue } = attribute;
  if (attrName === 'usemap') attribute.attrValue = `#${prefixedId(attrValue.replace(/^#/, ''))}`;
  else if (NAMES_IDS.test(attrName)) {
    attribute.attrValue = attrValue.split(/\s+/).filter(Boolean).map(prefixedId).join(' ');
  } else if (node instanceof SVGElement) {
    const value = prefixReferences(attrName, attrValue, node);
    if (value === undefined) attribute.keepAttr = false;
    else attribute.attrValue = value;
  }
});

purifier.addHook('afterSanitizeAttributes', node => {
  if (!(node instanceof Element)) return;
  node.removeAttribute('target');
  const linked = node.localName === 'a' ? node.getAttribute('xlink:href') : null;
  if (linked !== null) {
    // The editor uses both attributes, the page only one.
    node.removeAttribute('xlink:href');
    node.setAttribute('href', linked);
  }
  const source = node.getAttribute('src');
  if (node.localName !== 'img' || source === null) return;
  if (isInlineImage(source)) return;
  node.removeAttribute('src');
  node.setAttribute(SOURCE, source);
});

/**
 * Returns the HTML of docs without anything that could run, load, or send data. The elements aren't
 * in a document yet.
 */
export function sanitizeDocs(html: string): DocumentFragment {
  return purifier.sanitize(html, config);
}

/** Returns an attribute value with prefixed ids; undefined if it refers to another resource. */
function prefixReferences(name: string, value: string, { localName }: Element): string | undefined {
  const isAddress = name === 'href' || name === 'xlink:href';
  if (isAddress && localName !== 'a') {
    if (value.startsWith('#')) return `#${prefixedId(value.slice(1))}`;
    return localName === 'image' && isInlineImage(value) ? value : undefined;
  }
  // Conservative: CSS can escape function names.
  if (!/[(\\]/.test(value) || isAddress) return value;
  const reference = /^url\(\s*(['"]?)#([^'")\s\\]+)\1\s*\)$/i.exec(value.trim())?.[2];
  if (reference !== undefined) return `url(#${prefixedId(reference)})`;
  return /url|image|src|\\/i.test(value) ? undefined : value;
}

/** Whether an image is inline. */
function isInlineImage(source: string): boolean {
  return /^data:image\/(?:png|jpeg|gif|webp);base64,/i.test(source);
}
