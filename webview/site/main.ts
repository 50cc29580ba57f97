import { addCopyButtons } from './copyButtons';
import { followDrawer } from './drawer';
import { SiteSearch } from './search';
import { followSections } from './sections';

/*
 * What the pages of a built site do besides being read. Without it they are whole: it adds the search, buttons that copy
 * code, where one is in the table of contents, and diagrams.
 */

/** This script lies two folders below the address of the site. */
const root = new URL('../../', import.meta.url);

for (const container of document.querySelectorAll<HTMLElement>('.md-search')) {
  new SiteSearch(container, root);
}
addCopyButtons();
followSections();
for (const scrolled of document.querySelectorAll<HTMLElement>(
  'pre > code, .linenodiv, .md-typeset table',
)) {
  const box = scrolled.matches('code') ? scrolled.parentElement : scrolled;
  // What scrolls has to be reached by keyboard.
  if (box && box.scrollWidth > box.clientWidth) box.tabIndex = 0;
}
for (const task of document.querySelectorAll('.task-list-item input[type=checkbox]')) {
  task.setAttribute('aria-label', 'Task');
}
followDrawer();
if (document.querySelector('.mermaid, [data-diagram=mermaid]')) {
  void import('./diagrams').then(({ drawDiagrams }) => drawDiagrams());
}
