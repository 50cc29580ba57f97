import { expect } from 'vitest';
import type { Locator, Page } from 'playwright-core';

/** A user of a page with one device. */
export interface Person {
  /** Presses a button, follows a link, ticks a box. */
  use(target: Locator): Promise<void>;
  /** Types the missing part of a text into a field. */
  write(field: Locator, text: string): Promise<void>;
  /** Selects an option from the list below a field. */
  take(option: Locator): Promise<void>;
  /** Selects a value of a dropdown. */
  choose(list: Locator, label: string): Promise<void>;
  /** Opens the first row of the table of the catalog. */
  openFirstRow(page: Page): Promise<void>;
}

export function byMouse(): Person {
  return {
    use: target => target.click(),
    write: (field, text) => field.fill(text),
    take: option => option.click(),
    choose: async (list, label) => {
      const value = await list.locator('option', { hasText: label }).first().getAttribute('value');
      await list.selectOption(value);
    },
    openFirstRow: page => page.locator('[data-row="0"] a').first().click(),
  };
}

/** The maximum number of key presses to reach an element. */
const MAX_PRESSES = 80;

/** A keyboard user, who moves by Tab and arrow keys and sees the focus. */
export function byKeyboard(window: Page): Person {
  const { keyboard } = window;
  const reach = async (target: Locator): Promise<void> => {
    await target.waitFor();
    for (let presses = 0; presses < MAX_PRESSES; presses++) {
      const where = await target.evaluate(placeOfFocus);
      if (where === 'here') {
        expect(
          await target.evaluate(isFocusSeen),
          `the focus is seen: ${await drawn(target)}`,
        ).toBe(true);
        return;
      }
      await keyboard.press(where === 'behind' ? 'Shift+Tab' : 'Tab');
    }
    throw new Error(`Not reached by ${MAX_PRESSES} presses of Tab: ${await drawn(target)}`);
  };
  return {
    use: async target => {
      await reach(target);
      const isBox = await target.evaluate(element => element instanceof HTMLInputElement);
      await keyboard.press(isBox ? 'Space' : 'Enter');
    },
    write: async (field, text) => {
      await reach(field);
      // VS Code handles the key, and selects a moment later, including text that is typed in between.
      if ((await field.inputValue()) !== '') {
        await keyboard.press('Control+A');
        await expect.poll(() => field.evaluate(isAllSelected)).toBe(true);
      }
      await keyboard.type(text);
    },
    take: async option => {
      await option.waitFor();
      for (let presses = 0; presses < MAX_PRESSES; presses++) {
        if ((await option.getAttribute('aria-selected')) === 'true') break;
        await keyboard.press('ArrowDown');
      }
      await keyboard.press('Enter');
    },
    choose: async (list, label) => {
      await reach(list);
      await keyboard.type(label);
    },
    openFirstRow: async page => {
      await reach(page.locator('[data-row="0"] a').first());
      await keyboard.press('Enter');
    },
  };
}

/** Describes an element for failure messages. */
function drawn(target: Locator): Promise<string> {
  return target.evaluate(element => element.outerHTML.slice(0, 200));
}

/** Runs in the page. Returns the position of the focus relative to an element. */
function placeOfFocus(element: Element): 'here' | 'before' | 'behind' {
  const { activeElement } = document;
  if (activeElement === element) return 'here';
  if (!activeElement || activeElement === document.body || !document.hasFocus()) return 'before';
  const place = element.compareDocumentPosition(activeElement);
  return place & Node.DOCUMENT_POSITION_FOLLOWING ? 'behind' : 'before';
}

/** Runs in the page. Whether the element with the focus, or an element around it, has a visible focus indicator. */
function isFocusSeen(element: Element): boolean {
  const framed = [element, element.parentElement].flatMap(each => (each ? [each] : []));
  return framed.some(each => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
  });
}

function isAllSelected(field: Element): boolean {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return false;
  return field.selectionStart === 0 && field.selectionEnd === field.value.length;
}
