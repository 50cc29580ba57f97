import { decodeEscapes } from '../../src/base';
import { currentSection } from '../shared/currentSection';
import { SiteSearch } from './search';

/* Progressive enhancement for pages of built sites: search, copy buttons, the current section in
   the table of contents, and diagrams. */

/** This script is two folders below the site's address. */
const root = new URL('../../', import.meta.url);

for (const container of document.querySelectorAll<HTMLElement>('.md-search')) {
  new SiteSearch(container, root);
}
addCopyButtons();
trackCurrentSection();
for (const scrolled of document.querySelectorAll<HTMLElement>(
  'pre > code, .linenodiv, .md-typeset table',
)) {
  const box = scrolled.matches('code') ? scrolled.parentElement : scrolled;
  // Scrollable elements must be reachable by keyboard.
  if (box && box.scrollWidth > box.clientWidth) box.tabIndex = 0;
}
for (const task of document.querySelectorAll('.task-list-item input[type=checkbox]')) {
  task.setAttribute('aria-label', 'Task');
}
syncDrawer();
if (document.querySelector('.mermaid, [data-diagram=mermaid]')) {
  void import('./diagrams').then(({ drawDiagrams }) => drawDiagrams());
}

/** Adds copy buttons to code blocks. The clipboard is available only on secure pages. */
function addCopyButtons(): void {
  // Always defined according to its type.
  const clipboard: Clipboard | undefined = navigator.clipboard;
  if (!clipboard) return;
  for (const code of document.querySelectorAll<HTMLElement>('.md-typeset pre > code')) {
    const pre = code.parentElement;
    if (!pre || pre.closest('.linenos') || pre.matches('.mermaid')) continue;
    const box = document.createElement('div');
    box.className = 'md-code';
    pre.replaceWith(box);
    const button = document.createElement('button');
    button.className = 'md-clipboard md-icon';
    button.type = 'button';
    name(button, 'Copy to clipboard');
    button.addEventListener('click', () => {
      void navigator.clipboard.writeText(code.textContent ?? '').then(() => {
        name(button, 'Copied');
        button.classList.add('is-copied');
        setTimeout(() => {
          name(button, 'Copy to clipboard');
          button.classList.remove('is-copied');
        }, 2_000);
      });
    });
    box.append(pre, button);
  }
}

function name(button: HTMLButtonElement, text: string): void {
  button.title = text;
  button.setAttribute('aria-label', text);
}

/** Makes the navigation of narrow windows work by keyboard. */
function syncDrawer(): void {
  const drawer = document.querySelector<HTMLInputElement>('#__drawer');
  const label = document.querySelector<HTMLElement>('.md-header label[for=__drawer]');
  const sidebar = document.querySelector<HTMLElement>('.md-sidebar--primary');
  if (!drawer || !label || !sidebar) return;
  // A label can't be a button, but its child can, and clicks on it activate the label.
  const button = document.createElement('span');
  button.tabIndex = 0;
  button.setAttribute('role', 'button');
  button.setAttribute('aria-label', label.title);
  button.append(...label.childNodes);
  label.append(button);
  const updateExpanded = (): void => button.setAttribute('aria-expanded', String(drawer.checked));
  const toggle = (isOpen: boolean): void => {
    drawer.checked = isOpen;
    updateExpanded();
    if (isOpen) sidebar.querySelector<HTMLElement>('a, input')?.focus();
    else button.focus();
  };
  updateExpanded();
  drawer.addEventListener('change', updateExpanded);
  button.addEventListener('keydown', event => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    toggle(!drawer.checked);
  });
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape' && drawer.checked) toggle(false);
  });
}

/** Marks the current section in the table of contents. */
function trackCurrentSection(): void {
  const links = new Map<Element, HTMLAnchorElement>();
  const toc = document.querySelector('.md-sidebar--secondary');
  for (const link of toc?.querySelectorAll<HTMLAnchorElement>('a.md-nav__link') ?? []) {
    const heading = document.getElementById(decodeEscapes(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  if (!links.size) return;
  const mark = (): void => {
    const read = currentSection(links);
    for (const link of links.values()) {
      link.classList.toggle('md-nav__link--active', link === read);
      if (link === read) link.setAttribute('aria-current', 'location');
      else link.removeAttribute('aria-current');
    }
  };
  let isDue = false;
  addEventListener(
    'scroll',
    () => {
      if (isDue) return;
      isDue = true;
      requestAnimationFrame(() => {
        isDue = false;
        mark();
      });
    },
    { passive: true },
  );
  mark();
}
