import type { PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { decodeEscapes } from '../../../src/base';
import type { DocsLink, DocsPageContent } from '../../../src/features/portal/protocol';
import { LightElement } from '../../shared/elements/LightElement';
import type { LinkContext } from '../../shared/links';
import { DIAGRAM, DocsDiagrams, type DrawDiagram } from './content/diagrams';
import {
  decorateBlocks,
  EnlargeablePictures,
  markWords,
  openTabOf,
  tabChosen,
} from './content/decorateBlocks';
import { contentBlocks, ContentUpdater } from './content/contentUpdater';
import { BrokenMarks, DocsPictures } from './content/docsPictures';
import { prefixedId, sanitizeDocs } from './content/sanitizeDocs';

/** Services of the page for its article. */
export interface DocsArticleContext extends Pick<LinkContext, 'follow'> {
  /** @returns a `data:` URL, or undefined if the image can't be shown */
  loadPicture(source: string): Promise<string | undefined>;
  /** Shows an image in the lightbox. */
  enlarge(image: HTMLImageElement): void;
  readonly drawDiagram: DrawDiagram;
  /** Called when the user follows a link to an anchor. */
  goTo(anchor: string): void;
}

/** Text of a docs page, updated in place. */
@customElement('callboard-docs-article')
export class DocsArticle extends LightElement {
  @property({ attribute: false }) accessor content!: DocsPageContent;
  @property({ attribute: false }) accessor context!: DocsArticleContext;
  /** Highlighted search words, in lower case. */
  @property({ attribute: false }) accessor words: readonly string[] = [];

  #blocks = new ContentUpdater(this);
  #diagrams = new DocsDiagrams(this, (...args) => this.context.drawDiagram(...args));
  #titles = new BrokenMarks();
  #enlargeable = new EnlargeablePictures(this, image => this.context.enlarge(image));
  #following: AbortController | undefined;
  #pictures = new DocsPictures(source => this.context.loadPicture(source));

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('click', this.#clicked);
    this.addEventListener('auxclick', this.#clicked);
    this.addEventListener('change', tabChosen);
    this.#diagrams.connect();
    this.#enlargeable.connect();
  }

  override disconnectedCallback(): void {
    this.release();
    this.#diagrams.disconnect();
    markWords(this, []);
    super.disconnectedCallback();
  }

  /**
   * Scrolls an anchor into view and opens the tabs and details around it. @returns whether it
   * exists
   */
  reveal(anchor: string): boolean {
    const target = this.#elementOf(anchor);
    if (!target) return false;
    for (let outer = target.parentElement; outer && outer !== this; outer = outer.parentElement) {
      if (outer instanceof HTMLDetailsElement) outer.open = true;
      openTabOf(outer);
    }
    this.#scrollTo(target);
    const heading = target.closest(':is(h1, h2, h3, h4, h5, h6)') ?? target;
    this.#markRevealed(heading);
    this.#markFound(this.words.length > 0 ? heading : undefined);
    return true;
  }

  /** Stops keeping a revealed anchor in place. */
  release(): void {
    this.#following?.abort();
    this.#following = undefined;
  }

  /** Keeps the target in place while images and diagrams above it arrive, until the user does something. */
  #scrollTo(target: Element): void {
    this.release();
    const following = new AbortController();
    this.#following = following;
    const { signal } = following;
    const observer = new ResizeObserver(() => target.scrollIntoView());
    const timer = setTimeout(() => following.abort(), FOLLOWED);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      observer.disconnect();
    });
    for (const type of ['wheel', 'touchstart', 'pointerdown', 'keydown']) {
      window.addEventListener(type, () => following.abort(), { signal, passive: true });
    }
    target.scrollIntoView();
    observer.observe(this);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('content')) this.#updateContent();
    markWords(this, this.words);
    if (!this.words.length) this.#markFound(undefined);
  }

  #updateContent(): void {
    const added = this.#blocks.update(contentBlocks(this.content.html, nodesOf));
    for (const element of added) decorateBlocks(element);
    // Unchanged blocks may have other link targets and images now.
    this.#markLinks();
    this.#pictures.show(this, this.content.pictures);
    this.#diagrams.update(added);
  }

  /** Highlights the target for a moment. */
  #markRevealed(target: Element): void {
    for (const before of this.querySelectorAll(`.${REVEALED}`)) before.classList.remove(REVEALED);
    target.classList.add(REVEALED);
    target.addEventListener('animationend', () => target.classList.remove(REVEALED), {
      once: true,
    });
  }

  /** Marks the heading of a search result as long as its words are highlighted. */
  #markFound(heading: Element | undefined): void {
    for (const before of this.querySelectorAll(`.${FOUND}`)) before.classList.remove(FOUND);
    heading?.classList.add(FOUND);
  }

  #elementOf(anchor: string): Element | undefined {
    const wanted = prefixedId(anchor);
    const isIt = (element: Element): boolean =>
      element.id === wanted || element.getAttribute('name') === wanted;
    return [...this.querySelectorAll('[id], a[name]')].find(isIt);
  }

  #markLinks(): void {
    for (const link of this.querySelectorAll(LINK)) {
      const known = this.#linkOf(link);
      const reason = known?.type === 'broken' ? known.reason : undefined;
      this.#titles.mark(link, reason);
    }
  }

  #linkOf(link: Element): DocsLink | undefined {
    const href = link.getAttribute('href') ?? '';
    return Object.hasOwn(this.content.links, href) ? this.content.links[href] : undefined;
  }

  #clicked = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest(LINK) : undefined;
    if (!link || event.button > 1) return;
    // Only follows links that the host has resolved. VS Code would follow others itself.
    event.preventDefault();
    event.stopPropagation();
    const href = link.getAttribute('href') ?? '';
    const known: DocsLink | undefined = href.startsWith('#')
      ? { type: 'anchor', id: decodeEscapes(href.slice(1)) }
      : this.#linkOf(link);
    if (known?.type === 'anchor') {
      if (this.reveal(known.id)) this.context.goTo(known.id);
    } else if (known?.type === 'target') {
      const toSide = event.ctrlKey || event.metaKey || event.button === 1;
      this.context.follow(known.target, { toSide });
    }
  };
}

/** Maximum time to keep a revealed anchor in place, in milliseconds. */
const FOLLOWED = 10_000;

/** Class of the target of a link, while it is highlighted. */
const REVEALED = 'is-revealed';

/** Class of the heading of a search result. */
const FOUND = 'is-found';

/** Elements that navigate on click. */
const LINK = ':is(a, area)[href]';

const FRAMED = `pre, img, ${DIAGRAM}`;

/** Returns the sanitized nodes of a block. */
function nodesOf(html: string): readonly Node[] {
  return [...wrapBlocks(sanitizeDocs(html)).childNodes];
}

/**
 * Wraps blocks that get siblings, such as buttons, so that each block is one child of the article.
 */
function wrapBlocks(fragment: DocumentFragment): DocumentFragment {
  for (const block of [...fragment.children].filter(child => child.matches(FRAMED))) {
    const frame = document.createElement('div');
    block.replaceWith(frame);
    frame.append(block);
  }
  return fragment;
}
