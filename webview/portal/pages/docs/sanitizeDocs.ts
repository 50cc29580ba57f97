import DOMPurify, { type Config } from 'dompurify';

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
  FORBID_ATTR: ['style', 'srcset', 'autofocus', 'contenteditable', 'popover'],
  ADD_ATTR: ['dominant-baseline'],
  RETURN_DOM_FRAGMENT: true,
};

/** Of a picture: how the docs name it. The page asks for it where it is not part of the text. */
export const SOURCE = 'data-docs-source';

const purifier = DOMPurify(window);

purifier.addHook('uponSanitizeElement', node => {
  // Tabs and tasks are inputs in what Python-Markdown writes; nothing else of the kind is of use.
  if (node instanceof HTMLInputElement && node.type !== 'radio' && node.type !== 'checkbox')
    node.remove();
});

purifier.addHook('beforeSanitizeAttributes', node => {
  // Texts come here, too.
  if (!(node instanceof Element)) return;
  // Columns of tables are aligned by style attributes, which neither this nor the policy of the page lets in.
  const align = /^\s*text-align:\s*(left|right|center)\s*;?\s*$/.exec(
    node.getAttribute('style') ?? '',
  )?.[1];
  if (align !== undefined) node.classList.add(`align-${align}`);
});

purifier.addHook('afterSanitizeAttributes', node => {
  if (!(node instanceof Element)) return;
  node.removeAttribute('target');
  const source = node.getAttribute('src');
  if (node.localName !== 'img' || source === null) return;
  if (/^data:image\/(?:png|jpeg|gif|webp);base64,/i.test(source)) return;
  node.removeAttribute('src');
  node.setAttribute(SOURCE, source);
});

/** The HTML of docs without what could run, load or be sent: elements that belong to no page yet. */
export function sanitizeDocs(html: string): DocumentFragment {
  return purifier.sanitize(html, config);
}
