import { excerpt, type IndexEntry, search } from './searchIndex';

const MAX_HITS = 30;
const EXCERPT = 160;

/** Search field of a page and its results. Loads the index on focus. */
export class SiteSearch {
  #root: URL;
  #container: HTMLElement;
  #input = document.createElement('input');
  #output = document.createElement('div');
  #status = document.createElement('p');
  #list = document.createElement('ol');
  #index: Promise<readonly IndexEntry[]> | undefined;

  constructor(container: HTMLElement, root: URL) {
    this.#root = root;
    this.#container = container;
    container.setAttribute('role', 'search');
    this.#input.type = 'search';
    this.#input.className = 'md-search__input';
    this.#input.placeholder = 'Search';
    this.#input.setAttribute('aria-label', 'Search');
    this.#input.setAttribute('aria-keyshortcuts', '/');
    this.#input.autocomplete = 'off';
    this.#output.className = 'md-search__output';
    this.#output.hidden = true;
    this.#status.className = 'md-search-result__meta';
    this.#status.setAttribute('role', 'status');
    this.#list.className = 'md-search-result__list';
    this.#output.append(this.#status, this.#list);
    container.replaceChildren(this.#input, this.#output);
    container.hidden = false;
    this.#listen();
  }

  #listen(): void {
    this.#input.addEventListener('focus', () => void this.#load());
    this.#input.addEventListener('input', () => void this.#show());
    this.#container.addEventListener('keydown', event => this.#onKey(event));
    this.#container.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && this.#container.contains(relatedTarget)) return;
      this.#output.hidden = true;
    });
    this.#input.addEventListener('focusin', () => {
      if (this.#input.value.trim() !== '') this.#output.hidden = false;
    });
    document.addEventListener('keydown', event => {
      const isTyping =
        event.target instanceof HTMLElement && event.target.matches('input, textarea');
      const isShortcut =
        event.key === '/' || (event.key === 'k' && (event.ctrlKey || event.metaKey));
      if (isTyping || !isShortcut || event.altKey) return;
      event.preventDefault();
      this.#input.focus();
    });
  }

  #onKey(event: KeyboardEvent): void {
    // Keys belong to the input method.
    if (event.isComposing) return;
    const links = [...this.#list.querySelectorAll('a')];
    const at = links.findIndex(link => link === document.activeElement);
    if (event.key === 'Escape') {
      this.#output.hidden = true;
      this.#input.focus();
    } else if (event.key === 'ArrowDown') links[Math.min(at + 1, links.length - 1)]?.focus();
    else if (event.key === 'ArrowUp') (at > 0 ? links[at - 1] : this.#input)?.focus();
    else if (event.key === 'Enter' && at < 0) links[0]?.click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #load(): Promise<readonly IndexEntry[]> {
    return (this.#index ??= this.#fetch());
  }

  async #fetch(): Promise<readonly IndexEntry[]> {
    const response = await fetch(new URL('search/search_index.json', this.#root));
    if (!response.ok) throw new Error(response.statusText);
    const { docs } = (await response.json()) as { readonly docs: readonly IndexEntry[] };
    return docs;
  }

  async #show(): Promise<void> {
    const query = this.#input.value;
    if (query.trim() === '') {
      this.#output.hidden = true;
      return;
    }
    this.#output.hidden = false;
    try {
      const entries = await this.#load();
      if (query !== this.#input.value) return;
      const hits = search(entries, query, MAX_HITS);
      this.#status.textContent = hits.length ? `${hits.length} found` : 'Nothing found';
      this.#list.replaceChildren(...hits.map(({ entry }) => this.#row(entry, query)));
    } catch {
      this.#index = undefined;
      this.#status.textContent = 'The search index could not be loaded';
      this.#list.replaceChildren();
    }
  }

  #row({ location, title, text }: IndexEntry, query: string): HTMLElement {
    const link = document.createElement('a');
    link.href = new URL(location || './', this.#root).href;
    link.className = 'md-search-result__link';
    const heading = document.createElement('span');
    heading.className = 'md-search-result__title';
    heading.append(...marked(excerpt(decoded(title), query, EXCERPT)));
    const part = document.createElement('span');
    part.className = 'md-search-result__teaser';
    // Permalinks of headings.
    part.append(...marked(excerpt(text.replaceAll(' ¶', ''), query, EXCERPT)));
    link.append(heading, part);
    const item = document.createElement('li');
    item.className = 'md-search-result__item';
    item.append(link);
    return item;
  }
}

function marked(pieces: readonly string[]): readonly Node[] {
  return pieces.map((piece, index) => {
    if (index % 2 === 0) return document.createTextNode(piece);
    const mark = document.createElement('mark');
    mark.textContent = piece;
    return mark;
  });
}

/** Decodes entities. A text area doesn't create elements. */
function decoded(html: string): string {
  const area = document.createElement('textarea');
  area.innerHTML = html;
  return area.value;
}
