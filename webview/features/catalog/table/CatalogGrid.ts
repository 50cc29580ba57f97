import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CatalogQuery, EntityCell } from '../../../../src/api';
import type { CatalogRow } from '../../../../src/features/portal/protocol';
import { cell } from '../../../shared/contents/entities';
import { badge, icon, iconButton, starButton } from '../../../shared/controls';
import { LightElement } from '../../../shared/elements/LightElement';
import { RowWindow } from '../../../shared/elements/rowWindow';
import { entityLink, link, type LinkContext } from '../../../shared/links';
import { translate } from '../../../shared/translate';
import {
  type CatalogColumn,
  gridTemplate,
  isBuiltin,
  type PluginColumns,
  type ResizedColumns,
  titleOfColumn,
} from './catalogColumns';
import { ColumnResize } from './columnResize';
import { GridFocus } from './gridFocus';
import type { RowWindows } from './rowWindows';

/** Height of a row and of the header, as in the style sheet, in pixels. */
const ROW = 28;
const HEAD = 30;

/** Virtualized grid of catalog rows. */
@customElement('callboard-catalog-grid')
export class CatalogGrid extends LightElement {
  @property({ attribute: false }) accessor rows!: RowWindows;
  @property({ attribute: false }) accessor columns: readonly CatalogColumn[] = [];
  @property({ attribute: false }) accessor plugins: PluginColumns = [];
  /** Saved widths of resized columns. */
  @property({ attribute: false }) accessor widths: ResizedColumns = {};
  @property({ attribute: false }) accessor resized!: (widths: ResizedColumns) => void;
  @property({ attribute: false }) accessor sort: CatalogQuery['sort'];
  @property({ attribute: false }) accessor context!: LinkContext;
  @property() accessor label = '';
  @property({ attribute: false }) accessor sortBy!: (column: CatalogColumn) => void;
  @property({ attribute: false }) accessor star!: (ref: string, isStarred: boolean) => void;
  /** Called with the range of visible rows. */
  @property({ attribute: false }) accessor seen!: (first: number, end: number) => void;

  #reported = '';
  #focus = new GridFocus({
    grid: this,
    rowCount: () => this.rows.total,
    pageSize: () => Math.max(1, Math.floor((this.#scroller?.clientHeight ?? 0) / ROW) - 2),
    reveal: row => this.#window.virtualizer.scrollToIndex(row),
    open: (row, toSide) => this.#open(row, toSide),
  });
  #resize = new ColumnResize({ grid: this, save: widths => this.resized(widths) });
  #window = new RowWindow(this, () => ({
    count: this.rows.total,
    scroller: () => this.#scroller,
    rowHeight: ROW,
    // The header is sticky.
    margin: HEAD,
    covered: HEAD,
    overscan: 8,
    kept: this.#focus.row === undefined ? [] : [this.#focus.row],
  }));

  /** Row with the keyboard focus. */
  get activeRow(): number | undefined {
    return this.#focus.row;
  }

  get firstRow(): number {
    return Math.ceil(Math.max(0, this.#scroller?.scrollTop ?? 0) / ROW);
  }

  /** Scrolls a row to the top. */
  showRow(row: number): void {
    this.#window.refresh();
    this.#window.virtualizer.scrollToIndex(row, { align: 'start' });
  }

  /** Keeps the visible rows in place after their indices moved by a number of rows. */
  moved(rows: number): void {
    if (this.#focus.row !== undefined) this.#focus.row += rows;
    if (this.#scroller) {
      this.#window.virtualizer.scrollToOffset(this.#scroller.scrollTop + rows * ROW);
    }
  }

  /** Scrolls to the first row. */
  restart(): void {
    this.#focus.reset();
    if (this.#scroller) this.#scroller.scrollTop = 0;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.flush();
  }

  protected override willUpdate(): void {
    this.#focus.beforeUpdate();
  }

  protected override updated(): void {
    this.#focus.afterUpdate();
    const { range } = this.#window.virtualizer;
    const shown = JSON.stringify([range, this.rows.total]);
    if (!range || shown === this.#reported) return;
    this.#reported = shown;
    this.seen(range.startIndex, range.endIndex + 1);
  }

  protected override render(): TemplateResult {
    const { columns, rows } = this;
    const { template, width } = gridTemplate(columns, this.#resize.widths(this.widths));
    return html`<div
      class="catalog-grid"
      role="grid"
      aria-label=${this.label}
      aria-rowcount=${rows.total + 1}
      aria-colcount=${columns.length + 1}
      .style=${`--grid-columns: ${template}; --grid-width: ${width}px`}
      @keydown=${this.#focus.keyPressed}
      @focusin=${this.#focus.focused}
    >
      <div class="grid-head" role="rowgroup">
        <div class="grid-row" role="row" aria-rowindex="1" data-row="-1">
          ${columns.map((column, index) => this.#title(column, index))}
          <div class="grid-cell" role="columnheader" aria-colindex=${columns.length + 1}>
            <span class="visually-hidden">${translate('Actions')}</span>
          </div>
        </div>
      </div>
      <div
        class="grid-body"
        role="rowgroup"
        .style=${`height: ${this.#window.virtualizer.getTotalSize()}px`}
      >
        ${repeat(
          this.#window.virtualizer.getVirtualItems(),
          ({ index }) => rows.get(index)?.ref ?? index,
          ({ index, start }) => this.#row(index, start - HEAD),
        )}
      </div>
    </div>`;
  }

  #title(column: CatalogColumn, index: number): TemplateResult {
    const { sort = { column: 'name' } } = this;
    const isSorted = sort.column === column;
    const direction = sort.descending ? 'descending' : 'ascending';
    return html`<div
      class="grid-cell ${classOf(column)}"
      role="columnheader"
      aria-colindex=${index + 1}
      aria-sort=${isSorted ? direction : 'none'}
      @keydown=${(event: KeyboardEvent) => this.#resize.keyPressed(event, column)}
    >
      <button
        class="row grid-sort"
        title=${translate('Sort. Resize with Shift+Left Arrow and Shift+Right Arrow.')}
        aria-keyshortcuts="Shift+ArrowLeft Shift+ArrowRight"
        @click=${() => this.sortBy(column)}
      >
        <span>${titleOfColumn(column, this.plugins)}</span>
        ${isSorted ? icon(sort.descending ? 'arrow-down' : 'arrow-up') : nothing}
      </button>
      <span
        class="grid-resize"
        aria-hidden="true"
        title=${translate('Drag to resize. Double-click to fit the content.')}
        @pointerdown=${(event: PointerEvent) => this.#resize.dragStarted(event, column)}
        @dblclick=${() => this.#resize.fit(column)}
      ></span>
    </div>`;
  }

  #row(index: number, top: number): TemplateResult {
    const row = this.rows.get(index);
    return html`<div
      class="grid-row ${row ? '' : 'is-pending'}"
      role="row"
      aria-rowindex=${index + 2}
      data-row=${index}
      .style=${`transform: translateY(${top}px)`}
    >
      ${this.columns.map(
        (column, position) =>
          html`<div
            class="grid-cell ${classOf(column)}"
            role=${column === 'name' ? 'rowheader' : 'gridcell'}
            aria-colindex=${position + 1}
          >
            ${row ? this.#cell(row, column) : html`<span class="skeleton-line grid-pending"></span>`}
          </div>`,
      )}
      <div
        class="grid-cell column-actions"
        role="gridcell"
        aria-colindex=${this.columns.length + 1}
      >
        ${row ? this.#actions(row) : nothing}
      </div>
    </div>`;
  }

  #cell({ ref, cells }: CatalogRow, column: CatalogColumn): unknown {
    const glance = this.rows.glance(ref);
    if (column === 'name') {
      return html`${entityLink(ref, this.context)}${
        glance?.isStarred
          ? html`<span class="grid-star" title=${translate('Starred')}>${icon('star-full')}</span>`
          : nothing
      }`;
    }
    if (column === 'description') {
      const description = glance?.description ?? '';
      return html`<span class="grid-text" title=${description}>${description}</span>`;
    }
    if (column === 'tags') return tags(glance?.tags ?? []);
    if (column === 'type') return html`<span class="grid-text">${glance?.type ?? ''}</span>`;
    if (isBuiltin(column)) return cell(glance, column, this.context);
    const own = cells && Object.hasOwn(cells, column) ? cells[column] : undefined;
    return own ? pluginCell(own, this.context) : nothing;
  }

  #actions({ ref, source, viewUrl }: CatalogRow): TemplateResult {
    const glance = this.rows.glance(ref);
    const name = glance?.title ?? ref;
    const isStarred = glance?.isStarred ?? false;
    const starTitle = isStarred ? translate('Unstar {0}', name) : translate('Star {0}', name);
    const action = (
      codicon: string,
      title: string,
      target: Parameters<typeof link>[1],
    ): TemplateResult =>
      link(icon(codicon), target, this.context, { className: 'icon-button', label: title, title });
    return html`${starButton(starTitle, isStarred, () => this.star(ref, !isStarred))}
    ${iconButton('split-horizontal', translate('Open {0} to the Side', name), () =>
      this.context.follow({ type: 'entity', entityRef: ref }, { toSide: true }),
    )}
    ${
      source
        ? action('edit', translate('Edit {0}', name), {
            type: 'source',
            file: source.file,
            range: source.nameRange,
          })
        : nothing
    }
    ${
      viewUrl === undefined
        ? nothing
        : action('link-external', translate('View {0} on the Web', name), {
            type: 'url',
            url: viewUrl,
          })
    }`;
  }

  #open(row: number, toSide: boolean): void {
    const ref = this.rows.get(row)?.ref;
    if (ref !== undefined) this.context.follow({ type: 'entity', entityRef: ref }, { toSide });
  }

  get #scroller(): HTMLElement | null {
    return this.querySelector<HTMLElement>('.catalog-grid');
  }
}

/** Ids of plugins' columns aren't class names. */
function classOf(column: CatalogColumn): string {
  return column === 'name' || isBuiltin(column) ? `column-${column}` : 'column-plugin';
}

function pluginCell(
  { text, tone = 'none', icon: name, tooltip = text, target }: EntityCell,
  context: LinkContext,
): TemplateResult {
  const content = html`${icon(name)}${text}`;
  return html`<span class="grid-text toned tone-${tone}" title=${tooltip}
    >${target ? link(content, target, context) : content}</span
  >`;
}

/** First tags, with all of them in the title. */
function tags(all: readonly string[]): unknown {
  if (!all.length) return nothing;
  return html`<span class="row grid-tags" title=${all.join(', ')}
    >${all.slice(0, 2).map(tag => badge(tag))}${all.length > 2 ? `+${all.length - 2}` : nothing}</span
  >`;
}
