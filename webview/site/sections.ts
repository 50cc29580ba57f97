import { decodeEscapes } from '../../src/base';
import { sectionRead } from '../shared/sectionRead';

/** Marks in the table of contents which section is read. */
export function followSections(): void {
  const links = new Map<Element, HTMLAnchorElement>();
  const toc = document.querySelector('.md-sidebar--secondary');
  for (const link of toc?.querySelectorAll<HTMLAnchorElement>('a.md-nav__link') ?? []) {
    const heading = document.getElementById(decodeEscapes(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  if (!links.size) return;
  const mark = (): void => {
    const read = sectionRead(links);
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
