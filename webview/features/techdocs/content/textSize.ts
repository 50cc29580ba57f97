import { html, type TemplateResult } from 'lit';
import { translate } from '../../../shared/translate';

/** Text sizes, in percent of the editor's. */
const SIZES: readonly number[] = [70, 80, 90, 100, 110, 125, 150, 175, 200];

export const DEFAULT_SIZE = 100;

/** Returns the next size in a direction, or the same at the limit. */
export function nextSize(size: number, direction: 'larger' | 'smaller'): number {
  const next =
    direction === 'larger'
      ? SIZES.find(other => other > size)
      : SIZES.findLast(other => other < size);
  return next ?? size;
}

/** Renders the buttons for larger and smaller text. */
export function textSizeButtons(size: number, onChange: (size: number) => void): TemplateResult {
  const button = (
    direction: 'larger' | 'smaller',
    { title, key }: { readonly title: string; readonly key: string },
  ): TemplateResult => {
    const next = nextSize(size, direction);
    return html`<button
      class="icon-button docs-text-size is-${direction}"
      title=${translate('{0} ({1})', title, key)}
      aria-label=${title}
      aria-keyshortcuts=${key}
      ?disabled=${next === size}
      @click=${() => onChange(next)}
    >
      A
    </button>`;
  };
  return html`<span role="group" aria-label=${translate('Text size')}>
    ${button('smaller', { title: translate('Smaller Text'), key: '-' })}
    ${button('larger', { title: translate('Larger Text'), key: '+' })}
  </span>`;
}
