import DOMPurify, { type Config } from 'dompurify';

/** What Python-Markdown and its extensions write, as `article.css` styles it. Types of notes are any that it knows. */
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

/** Whether docs may have a class: those that only the app has are its own. */
function isDocsClass(name: string): boolean {
  return known.has(name) || /^(?:hljs|language|align)-[\w+#.-]+$/.test(name);
}

/**
 * What Backstage lets through of docs, less what its reader has uses for and this one does not (`link` and `meta`,
 * frames of hosts that an admin allows). Source: `plugins/techdocs/src/reader/transformers/html` of Backstage.
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
  // Docs share a document with the app, which has ids and groups of radio buttons of its own.
  SANITIZE_NAMED_PROPS: true,
  RETURN_DOM_FRAGMENT: true,
};

/** What the purifier puts before ids and names. */
const OWN = 'user-content-';

/** Of a picture: how the docs name it. The page asks for it where it is not part of the text. */
export const SOURCE = 'data-docs-source';

/** The id that an element has in the page, by the one that docs give it. */
export function ownId(id: string): string {
  return id.startsWith(OWN) ? id : `${OWN}${id}`;
}

/** Attributes that name ids, one or more. */
const NAMES_IDS = /^(?:for|headers|list|aria-(?:labelledby|describedby|details|controls|owns))$/;

const purifier = DOMPurify(window);

purifier.addHook('uponSanitizeElement', node => {
  // Tabs and tasks are inputs in what Python-Markdown writes; nothing else of the kind is of use.
  if (node instanceof HTMLInputElement && node.type !== 'radio' && node.type !== 'checkbox')
    node.remove();
});

purifier.addHook('beforeSanitizeAttributes', node => {
  // Texts come here, too.
  if (!(node instanceof Element)) return;
  // Classes of the app would make its own interface of what docs say.
  const classes = [...node.classList].filter(isDocsClass);
  // Columns of tables are aligned by style attributes, which are removed.
  const align = /^\s*text-align:\s*(left|right|center)\s*(?:;\s*)?$/.exec(
    node.getAttribute('style') ?? '',
  )?.[1];
  if (align !== undefined) classes.push(`align-${align}`);
  if (classes.length) node.setAttribute('class', classes.join(' '));
  else node.removeAttribute('class');
});

purifier.addHook('uponSanitizeAttribute', (node, attribute) => {
  const { attrName, attrValue } = attribute;
  if (attrName === 'usemap') attribute.attrValue = `#${ownId(attrValue.replace(/^#/, ''))}`;
  else if (NAMES_IDS.test(attrName)) {
    attribute.attrValue = attrValue.split(/\s+/).filter(Boolean).map(ownId).join(' ');
  } else if (node instanceof SVGElement) {
    const value = ownReferences(attrName, attrValue, node);
    if (value === undefined) attribute.keepAttr = false;
    else attribute.attrValue = value;
  }
});

purifier.addHook('afterSanitizeAttributes', node => {
  if (!(node instanceof Element)) return;
  node.removeAttribute('target');
  const linked = node.localName === 'a' ? node.getAttribute('xlink:href') : null;
  if (linked !== null) {
    // The editor follows both; the page looks at one.
    node.removeAttribute('xlink:href');
    node.setAttribute('href', linked);
  }
  const source = node.getAttribute('src');
  if (node.localName !== 'img' || source === null) return;
  if (isOwnPicture(source)) return;
  node.removeAttribute('src');
  node.setAttribute(SOURCE, source);
});

/** The HTML of docs without what could run, load or be sent: elements that belong to no page yet. */
export function sanitizeDocs(html: string): DocumentFragment {
  return purifier.sanitize(html, config);
}

/** What an attribute of a drawing says, with the ids that elements have here; undefined for what is elsewhere. */
function ownReferences(name: string, value: string, { localName }: Element): string | undefined {
  const isAddress = name === 'href' || name === 'xlink:href';
  if (isAddress && localName !== 'a') {
    if (value.startsWith('#')) return `#${ownId(value.slice(1))}`;
    return localName === 'image' && isOwnPicture(value) ? value : undefined;
  }
  // Whatever spelling CSS has for it, such as one with escapes.
  if (!/[(\\]/.test(value) || isAddress) return value;
  const reference = /^url\(\s*(['"]?)#([^'")\s\\]+)\1\s*\)$/i.exec(value.trim())?.[2];
  if (reference !== undefined) return `url(#${ownId(reference)})`;
  return /url|image|src|\\/i.test(value) ? undefined : value;
}

/** Whether a picture is part of the text. */
function isOwnPicture(source: string): boolean {
  return /^data:image\/(?:png|jpeg|gif|webp);base64,/i.test(source);
}
