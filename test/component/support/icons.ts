import type { Page } from 'playwright-core';

/**
 * Finds visible icons without a text beside them or a tooltip, icon buttons without an accessible name or tooltip, and
 * icons that are underlined, also while the pointer is on their link.
 */
export async function iconFaults(page: Page): Promise<readonly string[]> {
  const faults = await page.evaluate(() => {
    const found: string[] = [];
    for (const icon of document.querySelectorAll('.codicon')) {
      if (!icon.checkVisibility({ opacityProperty: false })) continue;
      const control = icon.closest('a, button, vscode-button, [role=button], summary');
      const row = control ?? icon.parentElement;
      // A text field has a label, and a picker shows its value.
      const isInField = icon.closest('.combobox')?.querySelector('input') && !control;
      const hasText = isInField || (row !== null && textOf(row) !== '');
      const hasTooltip = icon.closest('[title]:not([title=""])') !== null;
      const where = `${icon.className} in ${path(row)}`;
      if (!hasText && !hasTooltip) found.push(`No tooltip: ${where}`);
      if (control && !hasText && (control.getAttribute('aria-label') ?? '').trim() === '') {
        found.push(`No name: ${where}`);
      }
    }
    return found;

    /** The text that is seen, without texts for screen readers. */
    function textOf(element: Element): string {
      const clone = element.cloneNode(true) as Element;
      for (const hidden of clone.querySelectorAll('.visually-hidden')) hidden.remove();
      return (clone.textContent ?? '').trim();
    }

    function path(element: Element | null): string {
      const names: string[] = [];
      for (let at = element; at && names.length < 4; at = at.parentElement) {
        names.unshift(`${at.localName}.${at.className}`);
      }
      return names.join(' > ');
    }
  });
  return [...faults, ...(await underlined(page))];
}

/** Hovers links and buttons with icons, one of each place. */
async function underlined(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  const controls = page.locator(':is(a, button):has(.codicon)');
  const places = await controls.evaluateAll(elements =>
    elements.map(element =>
      element.checkVisibility({ visibilityProperty: true })
        ? `${element.parentElement?.className} > ${element.localName}.${element.className}`
        : undefined,
    ),
  );
  for (const [index, place] of places.entries()) {
    if (place === undefined || places.indexOf(place) < index) continue;
    const control = controls.nth(index);
    // Others may cover it, such as the link of a whole row.
    await control.hover({ force: true });
    const isUnderlined = await control.evaluate(element => {
      const icon = element.querySelector('.codicon');
      for (let at = icon; at; at = at.parentElement) {
        const { textDecorationLine, display, position } = getComputedStyle(at);
        if (textDecorationLine.includes('underline')) return true;
        // Neither inherits the lines of its ancestors.
        if (display.startsWith('inline-') || position === 'absolute') return false;
      }
      return false;
    });
    if (isUnderlined) found.push(`Underlined: ${place}`);
  }
  return found;
}
