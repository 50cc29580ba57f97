import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { CardContent, CardTreeItem } from '../../../src/api';
import { ownValue } from '../../../src/base';
import { badge, emptyState, filterBox, icon } from '../controls';
import { LightElement } from '../elements/LightElement';
import { RowWindow, scrollerOf } from '../elements/rowWindow';
import { link, type LinkContext } from '../links';
import { translate } from '../translate';

export type DrawContent = (content: CardContent, context: LinkContext) => TemplateResult;

interface Row {
  readonly item: CardTreeItem;
  readonly path: string;
  readonly level: number;
  readonly parent: string | undefined;
  readonly hasInside: boolean;
  /** 1-based position among siblings, and their number, because not all of them are rendered. */
  readonly position: number;
  readonly siblings: number;
}

/** Maximum number of rows of a tree that is rendered as a whole. */
const MAX_WHOLE = 300;
/** Height in pixels, as in the style sheet. */
const ROW_HEIGHT = 22;

/**
 * Tree per the ARIA authoring practices: one row has the tab stop, and arrow keys move between rows, expand and
 * collapse them.
 */
@customElement('callboard-tree')
export class CardTree extends LightElement {
  @property({ attribute: false }) accessor content:
    | Extract<CardContent, { type: 'tree' }>
    | undefined;
  @property({ attribute: false }) accessor context: LinkContext | undefined;
  /** Renders content below an item. */
  @property({ attribute: false }) accessor draw: DrawContent | undefined;
  /** Path of the item to reveal and mark, including the ids of its ancestors. */
  @property() accessor selected: string | undefined;
  @state() accessor #toggled: ReadonlySet<string> = new Set();
  @state() accessor #filter = '';
  @state() accessor #active: string | undefined;

  #rows: readonly Row[] = [];
  /** Path of a row to reveal once it is rendered. */
  #revealed: string | undefined;
  #window = new RowWindow(this, () => {
    const scroller = scrollerOf(this);
    const tree = this.querySelector('.tree') ?? this;
    // The root element starts above the viewport when scrolled.
    const top = scroller === document.documentElement ? 0 : scroller.getBoundingClientRect().top;
    return {
      scroller: () => scrollerOf(this),
      count: this.#rows.length,
      rowHeight: ROW_HEIGHT,
      margin: tree.getBoundingClientRect().top - top + scroller.scrollTop,
      overscan: 20,
      kept: [this.#activeAt(), this.#at(this.selected)],
      keyOf: index => this.#rows[index]?.path ?? '',
    };
  });

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('selected') && this.selected !== undefined) {
      this.#reveal(this.selected);
      this.#revealed = this.selected;
    }
    this.#rows = this.#shownRows();
  }

  protected override updated(): void {
    if (this.#revealed === undefined) return;
    const row = this.querySelector(`[data-path="${CSS.escape(this.#revealed)}"]`);
    row?.scrollIntoView({ block: 'nearest' });
    if (row) this.#revealed = undefined;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { content, context } = this;
    if (!content || !context) return nothing;
    const active = this.#activeAt();
    return html`${
        content.canFilter
          ? filterBox({
              label: translate('Filter'),
              value: this.#filter,
              typed: text => (this.#filter = text),
            })
          : nothing
      }
      <div class="tree" role="tree" aria-label=${content.label} @keydown=${this.#keyPressed}>
        ${this.#window.draw(index => this.#row(index, active, context), { drawnWhole: MAX_WHOLE })}
      </div>`;
  }

  #at(path: string | undefined): number {
    return this.#rows.findIndex(row => row.path === path);
  }

  /** Index of the row with the tab stop. */
  #activeAt(): number {
    return Math.max(0, this.#at(this.#active));
  }

  #row(index: number, active: number, context: LinkContext): TemplateResult | typeof nothing {
    const row = this.#rows[index];
    if (!row) return nothing;
    const isActive = index === active;
    const { item, path, level, hasInside } = row;
    const isOpen = this.#isOpen(item, path);
    const label = item.target
      ? link(item.label, item.target, context)
      : html`<span>${item.label}</span>`;
    return html`<div
      role="treeitem"
      class="tree-item"
      aria-level=${level}
      aria-posinset=${row.position}
      aria-setsize=${row.siblings}
      aria-expanded=${hasInside ? `${isOpen}` : nothing}
      aria-selected=${(this.selected === undefined ? isActive : path === this.selected) ? 'true' : 'false'}
      tabindex=${isActive ? 0 : -1}
      data-path=${path}
      data-index=${index}
    >
      <div class="row tree-row" data-level=${level} @click=${() => this.#clicked(row)}>
        ${Array.from({ length: level - 1 }, () => html`<span class="tree-indent"></span>`)}
        ${
          hasInside
            ? icon(isOpen ? 'chevron-down' : 'chevron-right')
            : html`<span class="tree-indent"></span>`
        }
        ${item.badge ? badge(item.badge.text, item.badge.tone) : nothing} ${icon(item.icon)}
        ${label}
        ${
          item.description === undefined
            ? nothing
            : html`<span class="tree-description" title=${item.description}
                >${item.description}</span
              >`
        }
      </div>
      ${
        isOpen && item.content
          ? html`<div class="tree-content">${this.draw?.(item.content, context)}</div>`
          : nothing
      }
    </div>`;
  }

  #shownRows(): readonly Row[] {
    const words = this.#filter.toLowerCase().split(/\s+/).filter(Boolean);
    const rows: Row[] = [];
    const add = (
      items: readonly CardTreeItem[],
      level: number,
      parent: string | undefined,
    ): void => {
      const shown = words.length ? items.filter(item => isFound(item, words)) : items;
      for (const [index, item] of shown.entries()) {
        const path = `${parent ?? ''}/${item.id}`;
        const hasInside = Boolean(item.children?.length ?? item.content);
        const among = { position: index + 1, siblings: shown.length };
        rows.push({ item, path, level, parent, hasInside, ...among });
        if (item.children && (words.length > 0 || this.#isOpen(item, path))) {
          add(item.children, level + 1, path);
        }
      }
    };
    add(this.content?.items ?? [], 1, undefined);
    return rows;
  }

  /** Expands the ancestors of an item. */
  #reveal(wanted: string): void {
    this.#active = wanted;
    const toggled = new Set(this.#toggled);
    const open = (items: readonly CardTreeItem[], parent: string): void => {
      for (const item of items) {
        const path = `${parent}/${item.id}`;
        // Toggling an item that is expanded by default would collapse it.
        if (path === wanted && item.isExpanded === true) toggled.delete(path);
        if (!wanted.startsWith(`${path}/`)) continue;
        if (!this.#isOpen(item, path)) toggled[toggled.has(path) ? 'delete' : 'add'](path);
        open(item.children ?? [], path);
      }
    };
    open(this.content?.items ?? [], '');
    this.#toggled = toggled;
  }

  #isOpen({ isExpanded = false }: CardTreeItem, path: string): boolean {
    return this.#toggled.has(path) !== isExpanded;
  }

  #clicked(row: Row): void {
    this.#active = row.path;
    if (row.hasInside) this.#toggle(row.path);
  }

  #toggle(path: string): void {
    const toggled = new Set(this.#toggled);
    if (!toggled.delete(path)) toggled.add(path);
    this.#toggled = toggled;
  }

  #keyPressed = (event: KeyboardEvent): void => {
    const rows = this.#rows;
    const focused = (event.target as HTMLElement).closest<HTMLElement>('[role=treeitem]');
    // Keys within the content of an item belong to the content.
    if (!focused || event.target !== focused) return;
    const index = rows.findIndex(({ path }) => path === focused.dataset['path']);
    const row = rows[index];
    if (!row) return;
    const isOpen = this.#isOpen(row.item, row.path);
    const { target } = row.item;
    const toggle = (): void => this.#toggle(row.path);
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => this.#focus(rows[index + 1]),
      ArrowUp: () => this.#focus(rows[index - 1]),
      Home: () => this.#focus(rows[0]),
      End: () => this.#focus(rows.at(-1)),
      ArrowRight: row.hasInside && !isOpen ? toggle : () => this.#focus(rows[index + 1]),
      ArrowLeft: row.hasInside && isOpen ? toggle : () => this.#focus(rows[this.#at(row.parent)]),
      Enter: () => {
        if (target) this.context?.follow(target, { toSide: event.ctrlKey });
        else if (row.hasInside) toggle();
      },
    };
    const move = ownValue(moves, event.key === ' ' ? 'Enter' : event.key);
    if (!move) return;
    move();
    event.preventDefault();
  };

  #focus(row: Row | undefined): void {
    if (!row) return;
    this.#active = row.path;
    void this.updateComplete.then(() => {
      this.querySelector<HTMLElement>(`[data-path="${CSS.escape(row.path)}"]`)?.focus();
    });
  }
}

function isFound(item: CardTreeItem, words: readonly string[]): boolean {
  const text = `${item.badge?.text ?? ''} ${item.label} ${item.description ?? ''}`.toLowerCase();
  return (
    words.every(word => text.includes(word)) ||
    (item.children ?? []).some(child => isFound(child, words))
  );
}

export function treeContent(
  content: Extract<CardContent, { type: 'tree' }>,
  context: LinkContext,
  draw: DrawContent,
  selected?: string,
): TemplateResult {
  if (!content.items.length) return emptyState({ text: content.empty ?? translate('None.') });
  return html`<callboard-tree
    .content=${content}
    .context=${context}
    .draw=${draw}
    .selected=${selected}
  ></callboard-tree>`;
}
