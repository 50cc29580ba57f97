import type { PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { decodeEscapes } from '../../../src/base';
import type { DocsLink, DocsPageContent } from '../../../src/features/portal/protocol';
import { LightElement } from '../../shared/elements/LightElement';
import type { LinkContext } from '../../shared/links';
import { DIAGRAM, DiagramsOfDocs, type DrawDiagram } from './content/diagrams';
import {
  dressBlocks,
  EnlargeablePictures,
  markWords,
  openTabOf,
  tabChosen,
} from './content/dressedBlocks';
import { contentBlocks, MendedContent } from './content/mendContent';
import { BrokenMarks, PicturesOfDocs } from './content/picturesOfDocs';
import { ownId, sanitizeDocs } from './content/sanitizeDocs';

/** What an article needs of the page that it is in. */
export interface DocsArticleContext extends Pick<LinkContext, 'follow'> {
  /** @returns a `data:` URL, or undefined for what cannot be shown after all */
  loadPicture(source: string): Promise<string | undefined>;
  /** Shows a picture larger. */
  enlarge(image: HTMLImageElement): void;
  readonly drawDiagram: DrawDiagram;
  /** A place in the page was gone to. */
  goTo(anchor: string): void;
}

/** The text of a page of docs, which is mended in place when it changes. */
@customElement('callboard-docs-article')
export class DocsArticle extends LightElement {
  @property({ attribute: false }) accessor content!: DocsPageContent;
  @property({ attribute: false }) accessor context!: DocsArticleContext;
  /** What is marked: what was searched, in lower case. */
  @property({ attribute: false }) accessor words: readonly string[] = [];

  #mended = new MendedContent(this);
  #diagrams = new DiagramsOfDocs(this, (...asked) => this.context.drawDiagram(...asked));
  #titles = new BrokenMarks();
  #enlargeable = new EnlargeablePictures(this, image => this.context.enlarge(image));
  #pictures = new PicturesOfDocs(source => this.context.loadPicture(source));

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('click', this.#clicked);
    this.addEventListener('auxclick', this.#clicked);
    this.addEventListener('change', tabChosen);
    this.#diagrams.connect();
    this.#enlargeable.connect();
  }

  override disconnectedCallback(): void {
    this.#diagrams.disconnect();
    markWords(this, []);
    super.disconnectedCallback();
  }

  /** Brings a place of the page into view, out of whatever is closed around it. */
  reveal(anchor: string): boolean {
    const target = this.#elementOf(anchor);
    if (!target) return false;
    for (let outer = target.parentElement; outer && outer !== this; outer = outer.parentElement) {
      if (outer instanceof HTMLDetailsElement) outer.open = true;
      openTabOf(outer);
    }
    target.scrollIntoView();
    return true;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('content')) this.#becomeContent();
    markWords(this, this.words);
  }

  #becomeContent(): void {
    const added = this.#mended.become(contentBlocks(this.content.html, shownOf));
    for (const element of added) dressBlocks(element);
    // What is the same may lead to, and show, what was not there before.
    this.#markLinks();
    this.#pictures.show(this, this.content.pictures);
    this.#diagrams.dress(added);
  }

  #elementOf(anchor: string): Element | undefined {
    const wanted = ownId(anchor);
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
    // Nothing is followed but what the host has looked at; VS Code would follow what it takes for a link of its own.
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

/** What a click on leads away. */
const LINK = ':is(a, area)[href]';

const FRAMED = `pre, img, ${DIAGRAM}`;

/** What is shown of a part of the text. */
function shownOf(html: string): readonly Node[] {
  return [...framed(sanitizeDocs(html)).childNodes];
}

/** Blocks that something is put beside get an element around both: the children of an article are its blocks. */
function framed(fragment: DocumentFragment): DocumentFragment {
  for (const block of [...fragment.children].filter(child => child.matches(FRAMED))) {
    const frame = document.createElement('div');
    block.replaceWith(frame);
    frame.append(block);
  }
  return fragment;
}
