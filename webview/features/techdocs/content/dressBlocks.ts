import { copyText } from '../../../shared/copyText';
import { translate } from '../../../shared/translate';

/** Gives new blocks of a page what the text does not say: buttons, names, room to scroll. */
export function dressBlocks(block: Element): void {
  for (const pre of within(block, 'pre')) {
    // What scrolls has to be reached by keyboard.
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
}

function within(block: Element, selector: string): readonly Element[] {
  const below = [...block.querySelectorAll(selector)];
  return block.matches(selector) ? [block, ...below] : below;
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
