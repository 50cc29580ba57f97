/*
 * Content tabs as pymdownx writes them: radio buttons, a row of labels, and a block for each. The style sheets of
 * mkdocs-material show the block whose button is checked; so does this, with a class.
 */

const OPEN = 'is-open';

/** Keeps the blocks of tabs in step with their buttons. */
export class TabsOfDocs {
  constructor(root: HTMLElement) {
    root.addEventListener('change', ({ target }) => {
      if (target instanceof HTMLInputElement && target.type === 'radio') showChecked(target);
    });
  }

  dress(roots: readonly Element[]): void {
    for (const root of roots) {
      const sets = root.matches('.tabbed-set') ? [root] : [];
      for (const set of [...sets, ...root.querySelectorAll('.tabbed-set')]) {
        const buttons = buttonsOf(set);
        for (const [index, button] of buttons.entries()) {
          button.setAttribute('aria-label', labelOf(set, index)?.textContent ?? '');
        }
        const checked = buttons.find(button => button.checked) ?? buttons[0];
        if (checked) showChecked(checked);
      }
    }
  }
}

/** Opens the tab that a block belongs to. */
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

function labelOf(set: Element, index: number): Element | undefined {
  return set.querySelector(':scope > .tabbed-labels')?.children[index];
}
