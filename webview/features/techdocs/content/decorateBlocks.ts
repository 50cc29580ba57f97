import { copyText } from '../../../shared/controls';
import { translate } from '../../../shared/translate';
import { within } from './contentUpdater';

/* Content tabs of pymdownx: radio buttons, a row of labels, and a block for each. Like
   mkdocs-material's style sheets, shows the block of the checked button, but with a class. */

const OPEN = 'is-open';

/** Shows the block of a chosen tab. */
export function tabChosen({ target }: Event): void {
  if (target instanceof HTMLInputElement && target.type === 'radio') showChecked(target);
}

function decorateTabs(set: Element): void {
  const labels = set.querySelector(':scope > .tabbed-labels')?.children;
  const buttons = buttonsOf(set);
  for (const [index, button] of buttons.entries()) {
    button.setAttribute('aria-label', labels?.[index]?.textContent ?? '');
  }
  const checked = buttons.find(button => button.checked) ?? buttons[0];
  if (checked) showChecked(checked);
}

/** Opens the tab that contains a block. */
export function openTabOf(block: Element): void {
  const set = block.parentElement?.closest('.tabbed-set');
  if (!block.matches('.tabbed-block') || !set) return;
  const button = buttonsOf(set)[[...(block.parentElement?.children ?? [])].indexOf(block)];
  if (button) showChecked(button);
}

function showChecked(button: HTMLInputElement): void {
  const set = button.closest('.tabbed-set');
  if (!set) return;
  button.checked = true;
  const index = buttonsOf(set).indexOf(button);
  for (const part of [':scope > .tabbed-labels', ':scope > .tabbed-content']) {
    for (const [at, child] of [...(set.querySelector(part)?.children ?? [])].entries()) {
      child.classList.toggle(OPEN, at === index);
    }
  }
}

function buttonsOf(set: Element): readonly HTMLInputElement[] {
  return [...set.querySelectorAll<HTMLInputElement>(':scope > input[type=radio]')];
}

/** Adds buttons, labels, and scroll containers to new blocks. */
export function decorateBlocks(block: Element): void {
  for (const pre of within(block, 'pre')) {
    // Scrollable elements must be reachable by keyboard.
    pre.setAttribute('tabindex', '0');
    if (!pre.closest('.linenos')) addCopyButton(pre);
  }
  for (const table of within(block, 'table')) {
    if (!table.closest('.highlighttable, .docs-scroll')) wrap(table);
  }
  for (const link of within(block, 'a.headerlink')) {
    link.setAttribute('aria-label', translate('Link to this heading'));
    link.setAttribute('title', translate('Link to this heading'));
  }
  for (const checkbox of within(block, 'input[type=checkbox]')) {
    checkbox.setAttribute('aria-label', translate('Task'));
  }
  for (const set of within(block, '.tabbed-set')) decorateTabs(set);
}

function addCopyButton(pre: Element): void {
  const button = document.createElement('button');
  button.className = 'icon-button docs-copy';
  button.title = translate('Copy');
  button.setAttribute('aria-label', button.title);
  const icon = document.createElement('span');
  icon.className = 'codicon codicon-copy';
  button.append(icon);
  button.addEventListener('click', () => {
    copyText(button, pre.querySelector('code')?.textContent ?? pre.textContent ?? '');
    icon.className = 'codicon codicon-check';
    setTimeout(() => (icon.className = 'codicon codicon-copy'), 2_000);
  });
  pre.parentElement?.classList.add('docs-code');
  pre.before(button);
}

function wrap(table: Element): void {
  const scroll = document.createElement('div');
  scroll.className = 'docs-scroll';
  scroll.tabIndex = 0;
  scroll.setAttribute('role', 'region');
  scroll.setAttribute('aria-label', translate('Table'));
  table.replaceWith(scroll);
  scroll.append(table);
}

const ENLARGEABLE = 'is-enlargeable';

/** In pixels. Smaller images, such as icons and badges, aren't enlargeable. */
const MIN_SIZE = { width: 64, height: 48 };

/** Turns large images into buttons that open the lightbox. */
export class EnlargeablePictures {
  #root: HTMLElement;
  #enlarge: (image: HTMLImageElement) => void;

  constructor(root: HTMLElement, enlarge: (image: HTMLImageElement) => void) {
    this.#root = root;
    this.#enlarge = enlarge;
  }

  connect(): void {
    // These events don't bubble.
    this.#root.addEventListener('load', this.#loaded, { capture: true });
    this.#root.addEventListener('error', this.#loaded, { capture: true });
    this.#root.addEventListener('click', this.#clicked);
    this.#root.addEventListener('keydown', this.#keyPressed);
  }

  #loaded = ({ target }: Event): void => {
    if (!(target instanceof HTMLImageElement)) return;
    const { naturalWidth: width, naturalHeight: height } = target;
    // Linked images follow their link.
    const isLink = target.closest('a[href]') !== null || target.useMap !== '';
    const isLarge = width >= MIN_SIZE.width && height >= MIN_SIZE.height;
    if (isLarge && !isLink) {
      target.classList.add(ENLARGEABLE);
      target.tabIndex = 0;
      target.setAttribute('role', 'button');
      target.setAttribute('aria-haspopup', 'dialog');
    } else if (target.classList.contains(ENLARGEABLE)) {
      target.classList.remove(ENLARGEABLE);
      for (const name of ['tabindex', 'role', 'aria-haspopup']) target.removeAttribute(name);
    }
  };

  #clicked = ({ target }: MouseEvent): void => {
    if (isEnlargeable(target)) this.#enlarge(target);
  };

  #keyPressed = (event: KeyboardEvent): void => {
    const { key, target } = event;
    if ((key !== 'Enter' && key !== ' ') || !isEnlargeable(target)) return;
    event.preventDefault();
    this.#enlarge(target);
  };
}

function isEnlargeable(target: EventTarget | null): target is HTMLImageElement {
  return target instanceof HTMLImageElement && target.classList.contains(ENLARGEABLE);
}

/** Name of the highlight in `article.css`. */
const NAME = 'docs-search';

/** Later matches aren't highlighted. */
const MAX_MARKS = 2_000;

/** Highlights words in a text without changing its elements, which are updated in place. */
export function markWords(root: Element, words: readonly string[]): void {
  const ranges = words.length ? rangesOf(root, words) : [];
  if (ranges.length) CSS.highlights.set(NAME, new Highlight(...ranges));
  else CSS.highlights.delete(NAME);
}

function rangesOf(root: Element, words: readonly string[]): readonly Range[] {
  const ranges: Range[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent ?? '';
    const lower = text.toLowerCase();
    // Skips texts whose offsets differ in lower case.
    if (lower.length !== text.length) continue;
    for (const word of words) {
      for (let at = lower.indexOf(word); at !== -1; at = lower.indexOf(word, at + word.length)) {
        if (ranges.length === MAX_MARKS) return ranges;
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        ranges.push(range);
      }
    }
  }
  return ranges;
}
