import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { errorMessage, ownValue } from '../../../src/base';
import type { GraphView } from '../../../src/features/portal/protocol';
import { textButton } from '../controls';
import { LightElement } from '../elements/LightElement';
import { entityMenu } from '../links';
import { formatNumber, translate, translateCount } from '../translate';
import { drawMap, placeOnMap } from './drawing/drawMap';
import { drawScene, type Marks, MIN_TEXT_SCALE, scenePicture } from './drawing/drawScene';
import { onThemeChange, type Palette, readPalette } from './drawing/palette';
import {
  type Direction,
  emptyScene,
  LEGIBLE_SCALE,
  nodeAt,
  nodeTowards,
  type Scene,
} from './drawing/scene';
import { nodeInWords, sceneOf } from './drawing/sceneMaker';
import { GraphViewport } from './GraphViewport';
import type { Box, Place } from './layout/layoutTypes';

/** Fired for an action on a node, or on the background without a ref. */
export class GraphNodeEvent extends Event {
  constructor(
    readonly action: 'select' | 'open',
    readonly ref: string | undefined,
    readonly toSide = false,
  ) {
    super('graph-node', { bubbles: true });
  }
}

/**
 * Fired when the user zooms to another level of detail: out, so that titles are no longer legible, or in on a
 * rolled-up node.
 */
export class GraphLevelEvent extends Event {
  /** @param ref - the node to show in detail; undefined for an overview */
  constructor(readonly ref: string | undefined) {
    super('graph-level', { bubbles: true });
  }
}

/** Ratio of change in a side of the view that causes a new layout, and how many milliseconds it must last. */
const RESHAPED = 1.15;
const RESHAPE_DELAY = 150;
/** Maximum milliseconds between the clicks of a double click. */
const DOUBLE_CLICK = 500;
/** Milliseconds in which nodes glide to new places. */
const MOVE = 220;
/** Milliseconds before a pending layout is announced. */
const BUSY_DELAY = 300;

/** Minimum scale at which keys move between nodes, so that titles are legible. */
const MIN_READ_SCALE = 0.5;
/** Minimum scale at which a rolled-up node is shown in detail. */
const DETAILS_SCALE = 1.8;

const arrows: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** Interactive graph with pan, zoom and keyboard navigation. */
@customElement('callboard-graph-canvas')
export class GraphCanvas extends LightElement {
  @property({ attribute: false }) accessor view: GraphView | undefined;
  @property({ attribute: false }) accessor selected: string | undefined;
  @property({ attribute: false }) accessor found: ReadonlySet<string> = new Set();
  @property({ attribute: false }) accessor showsDependents = false;
  /** Whether the graph is part of a page: the wheel scrolls the page unless Ctrl is held, and nodes are compact. */
  @property({ attribute: false }) accessor isEmbedded = false;
  @state() accessor #spoken = '';
  @state() accessor #failure: string | undefined;
  /** Number of visible nodes. */
  @state() accessor #inSight = 0;
  @state() accessor #isLegible = true;
  @state() accessor #isLayingOut = false;
  @state() accessor #omitsEdges = false;
  @query('.graph-canvas') accessor #canvas!: HTMLCanvasElement;
  @query('.graph-map') accessor #map!: HTMLCanvasElement | null;

  #scene: Scene = emptyScene;
  #layout: AbortController | undefined;
  #palette: Palette | undefined;
  #viewport!: GraphViewport;
  #hovered: string | undefined;
  #frame: number | undefined;
  /** Request to fit the next layout into view. */
  #refit: { readonly around: string | undefined } | undefined;
  /** Ref of the node that stays in view. */
  #around: string | undefined;
  /** Size that the nodes are laid out for. */
  #laidOutFor: Box = { width: 0, height: 0 };
  #reshaping: ReturnType<typeof setTimeout> | undefined;
  #returning: ReturnType<typeof setTimeout> | undefined;
  #resizing = new ResizeObserver(() => this.#resized());
  #theme: { dispose(): void } | undefined;

  /** Current scene, once it is laid out. */
  get scene(): Scene {
    return this.#scene;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#theme = onThemeChange(() => {
      this.#palette = undefined;
      this.#drawSoon();
    });
    void document.fonts.load('16px codicon').then(() => this.#drawSoon());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#theme?.dispose();
    this.#layout?.abort();
    this.#resizing.disconnect();
    clearTimeout(this.#reshaping);
    clearTimeout(this.#returning);
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }

  protected override firstUpdated(): void {
    const canvas = this.#canvas;
    this.#viewport = new GraphViewport({
      canvas,
      isEmbedded: () => this.isEmbedded,
      onDidMove: () => this.#drawSoon(),
      onDidZoom: this.#zoomed,
    });
    this.#resizing.observe(canvas);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('selected')) this.#around = undefined;
    // The first layout waits for the size of the view: until then, other elements may have no size yet.
    if (changed.has('view') && this.view && this.#viewport.size.width) void this.#layOut(this.view);
    this.#drawSoon();
  }

  protected override render(): TemplateResult {
    const count = this.view?.nodes.length ?? 0;
    return html`<canvas
        class="graph-canvas"
        tabindex="0"
        role="application"
        aria-roledescription=${translate('Graph')}
        aria-label=${translateCount(count, {
          one: 'Graph of {0} node. Use the arrow keys to move between nodes, or with Shift to pan.',
          other:
            'Graph of {0} nodes. Use the arrow keys to move between nodes, or with Shift to pan.',
        })}
        @pointermove=${this.#moved}
        @pointerleave=${() => this.#hover(undefined)}
        @click=${this.#clicked}
        @dblclick=${this.#doubleClicked}
        @keydown=${this.#keyPressed}
        @focus=${() => this.#drawSoon()}
        @blur=${() => this.#drawSoon()}
      ></canvas>
      ${this.#hint(count)} ${this.#renderMap(count)}
      <p class="visually-hidden" role="status" aria-live="polite">${this.#spoken}</p>
      ${this.#failure === undefined ? '' : html`<p class="graph-failure" role="alert">${this.#failure}</p>`}`;
  }

  /** Message about the visible part of the graph. */
  #hint(count: number): TemplateResult | typeof nothing {
    if (this.#isLayingOut) {
      return html`<p class="graph-hint" role="status">
        ${translateCount(count, { one: 'Laying out {0} node…', other: 'Laying out {0} nodes…' })}
      </p>`;
    }
    if (!this.#scene.nodes.length) return nothing;
    const isWhole = this.#inSight >= count;
    const texts: string[] = [];
    const shares = [formatNumber(this.#inSight), formatNumber(count)];
    if (!isWhole && this.isEmbedded) {
      texts.push(translate('Showing {0} of {1}. Drag to see more.', ...shares));
    } else if (!isWhole) {
      texts.push(translate('Showing {0} of {1}. Pan or search to see more.', ...shares));
    }
    if (!this.#isLegible) texts.push(translate('Zoom in to read names.'));
    else if (this.#omitsEdges && this.selected === undefined) {
      texts.push(translate('Select a node to see all of its relations.'));
    }
    if (!texts.length) return nothing;
    // The graph page has its own button.
    const fit =
      this.isEmbedded && !isWhole
        ? textButton(translate('Zoom to Fit'), () => this.fit())
        : nothing;
    return html`<p class="graph-hint">${texts.join(' ')} ${fit}</p>`;
  }

  #renderMap(count: number): TemplateResult | typeof nothing {
    if (this.isEmbedded || this.#inSight >= count || !this.#scene.nodes.length) return nothing;
    const go = (event: PointerEvent): void => {
      if (!event.buttons) return;
      this.#viewport.show(placeOnMap(this.#scene, event.offsetX, event.offsetY));
    };
    return html`<canvas
      class="graph-map"
      aria-hidden="true"
      @pointerdown=${(event: PointerEvent) => {
        (event.target as Element).setPointerCapture(event.pointerId);
        go(event);
      }}
      @pointermove=${go}
    ></canvas>`;
  }

  /** Zooms out to show the whole graph. */
  fit(): void {
    this.#viewport.fitted = 'all';
    this.#fit();
  }

  /** Fits the next graph into view. @param around - ref of the node in the middle, if not all is legible */
  fitNext(around?: string): void {
    this.#refit = { around };
  }

  #fit(): void {
    this.#viewport.fit(this.#scene, this.#around ?? this.selected);
  }

  zoomBy(factor: number): void {
    this.#viewport.zoomBy(factor);
  }

  /** Centers a node at a legible scale. */
  show(ref: string): void {
    const node = this.#scene.byRef.get(ref);
    if (node) {
      this.#viewport.show([node.x, node.y], Math.max(this.#viewport.scale, LEGIBLE_SCALE));
    }
  }

  override focus(): void {
    this.#canvas.focus();
  }

  /** Returns a PNG of the whole graph, in Base64. */
  picture(): string {
    return scenePicture(this.#scene, this.palette, { ...this.#marks(), hovered: undefined });
  }

  get palette(): Palette {
    return (this.#palette ??= readPalette(this));
  }

  async #layOut(view: GraphView, isReshaped = false): Promise<void> {
    this.#layout?.abort();
    clearTimeout(this.#reshaping);
    const layout = new AbortController();
    this.#layout = layout;
    const busy = setTimeout(() => (this.#isLayingOut = true), BUSY_DELAY);
    try {
      const viewport = this.#viewport;
      viewport.measure();
      const before = this.#scene;
      const { size } = viewport;
      const scene = await sceneOf(view, {
        font: this.palette.font,
        signal: layout.signal,
        before,
        viewport: viewport.roomIn(size),
        isCompact: this.isEmbedded,
        isReshaped,
      });
      if (layout !== this.#layout) return;
      // Keeps a view that the user moved during the layout.
      if (isReshaped && !viewport.fitted) return;
      this.#laidOutFor = size;
      this.#failure = undefined;
      const isOther = !scene.nodes.some(({ view: { ref } }) => before.byRef.has(ref));
      this.#scene = scene;
      if (isOther || this.#refit) viewport.fitted = 'legible';
      this.#around = this.#refit?.around;
      this.#refit = undefined;
      if (viewport.fitted) this.#fit();
      this.#glide(before);
      this.dispatchEvent(new Event('graph-drawn', { bubbles: true }));
    } catch (error) {
      if (layout.signal.aborted) return;
      this.#failure = errorMessage(error);
    } finally {
      clearTimeout(busy);
      if (layout === this.#layout) this.#isLayingOut = false;
    }
  }

  /** Animates nodes to their new positions. */
  #glide(before: Scene): void {
    const moving = this.#scene.nodes.flatMap(node => {
      const old = before.byRef.get(node.view.ref);
      if (!old || (old.x === node.x && old.y === node.y)) return [];
      return [{ node, from: [old.x, old.y] as const, to: [node.x, node.y] as const }];
    });
    const scene = this.#scene;
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (!moving.length || moving.length > 300 || isStill) return this.#drawSoon();
    const start = performance.now();
    const step = (): void => {
      const share = Math.min(1, (performance.now() - start) / MOVE);
      const eased = 1 - (1 - share) ** 3;
      for (const { node, from, to } of moving) {
        node.x = from[0] + (to[0] - from[0]) * eased;
        node.y = from[1] + (to[1] - from[1]) * eased;
      }
      this.#drawSoon();
      // A newer scene continues the animation.
      if (!this.isConnected || scene !== this.#scene) return;
      if (share < 1) requestAnimationFrame(step);
      // The nodes were elsewhere if the view was fitted while they moved.
      else if (this.#viewport.fitted) this.#fit();
    };
    step();
  }

  #resized(): void {
    const viewport = this.#viewport;
    const isFirst = !viewport.size.width;
    viewport.measure();
    const { width, height } = viewport.size;
    if (!width) return;
    const ratio = window.devicePixelRatio || 1;
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
    if (isFirst && this.view) void this.#layOut(this.view);
    // The selected node stays under the pointer, although details open on the first click of a double click.
    else if (viewport.fitted && this.selected === undefined) {
      this.#fit();
      this.#reshapeSoon();
    }
    this.#keepSelectedInSight();
    this.#draw();
  }

  /** Brings the selected node back into view if details cover it, after the time for a double click. */
  #keepSelectedInSight(): void {
    clearTimeout(this.#returning);
    const { selected } = this;
    if (selected === undefined) return;
    this.#returning = setTimeout(() => {
      const node = this.#scene.byRef.get(selected);
      if (node && this.selected === selected && !this.#viewport.isInSight(node))
        this.show(selected);
    }, DOUBLE_CLICK);
  }

  /** Lays out again for a new shape of the view, unless the user moved the graph. */
  #reshapeSoon(): void {
    clearTimeout(this.#reshaping);
    const { view } = this;
    const [before, now] = [this.#laidOutFor, this.#viewport.size];
    const isOther = (a: number, b: number): boolean => Math.max(a / b, b / a) > RESHAPED;
    if (!view || !(isOther(now.width, before.width) || isOther(now.height, before.height))) return;
    this.#reshaping = setTimeout(() => {
      if (this.#viewport.fitted && this.selected === undefined) void this.#layOut(view, true);
    }, RESHAPE_DELAY);
  }

  #drawSoon(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#draw();
    });
  }

  #draw(): void {
    const context = this.#canvas?.getContext('2d', { alpha: false });
    const { camera, seen, size } = this.#viewport;
    if (!context || !size.width) return;
    const ratio = window.devicePixelRatio || 1;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const { omittedEdges } = drawScene(context, {
      scene: this.#scene,
      palette: this.palette,
      camera,
      ...size,
      marks: this.#marks(),
    });
    this.#omitsEdges = omittedEdges > 0;
    this.#isLegible = camera.scale >= MIN_TEXT_SCALE;
    this.#inSight = this.#scene.nodes.filter(node => this.#viewport.isInSight(node)).length;
    if (this.#map) {
      drawMap(this.#map, { scene: this.#scene, palette: this.palette, seen, ratio });
    }
  }

  #zoomed = (from: number, center: Place): void => {
    const { scale } = this.#viewport;
    if (from >= MIN_TEXT_SCALE && scale < MIN_TEXT_SCALE) {
      this.dispatchEvent(new GraphLevelEvent(undefined));
    } else if (from < DETAILS_SCALE && scale >= DETAILS_SCALE) {
      const { view } =
        nodeAt(this.#scene, ...center) ?? this.#scene.byRef.get(this.selected ?? '') ?? {};
      if (view?.rolledUp?.isExpanded === false) this.dispatchEvent(new GraphLevelEvent(view.ref));
    }
  };

  #marks(): Marks {
    return {
      hovered: this.#hovered,
      selected: this.selected,
      found: this.found,
      path: this.view?.path ?? [],
      showsDependents: this.showsDependents,
    };
  }

  #at(event: MouseEvent): string | undefined {
    return nodeAt(this.#scene, ...this.#viewport.placeAt(event.offsetX, event.offsetY))?.view.ref;
  }

  #moved = (event: PointerEvent): void => {
    if (!event.buttons) this.#hover(this.#at(event));
  };

  #hover(ref: string | undefined): void {
    if (ref === this.#hovered) return;
    this.#hovered = ref;
    const canvas = this.#canvas;
    canvas.classList.toggle('is-over-node', ref !== undefined);
    const node = ref === undefined ? undefined : this.#scene.byRef.get(ref)?.view;
    canvas.title = node?.title ?? '';
    // VS Code reads it when the context menu opens.
    if (!node || node.members) delete canvas.dataset['vscodeContext'];
    else canvas.dataset['vscodeContext'] = entityMenu(node.ref);
    this.#drawSoon();
  }

  #clicked = (event: MouseEvent): void => {
    this.dispatchEvent(new GraphNodeEvent('select', this.#at(event)));
  };

  #doubleClicked = (event: MouseEvent): void => {
    this.#open(this.#at(event), event);
  };

  /** Opens the page of an entity. Other nodes have none. */
  #open(ref: string | undefined, { ctrlKey, metaKey }: MouseEvent | KeyboardEvent): void {
    if (ref === undefined || this.#scene.byRef.get(ref)?.view.members) return;
    this.dispatchEvent(new GraphNodeEvent('open', ref, ctrlKey || metaKey));
  }

  #keyPressed = (event: KeyboardEvent): void => {
    if (event.altKey) return;
    const direction = ownValue(arrows, event.key);
    if (direction && event.shiftKey) this.#viewport.pan(direction);
    else if (direction) this.#goTowards(direction);
    else if (event.key === 'Enter' && this.selected !== undefined) {
      this.#open(this.selected, event);
    } else if (event.key === 'Escape' && this.selected !== undefined) this.#choose(undefined);
    else if (event.key === 'Home') this.#choose(this.#start());
    else if (event.key === '+' || event.key === '=') this.zoomBy(1.3);
    else if (event.key === '-') this.zoomBy(1 / 1.3);
    else if (event.key === '0') this.fit();
    else return;
    event.preventDefault();
  };

  #goTowards(direction: Direction): void {
    const from = this.selected === undefined ? undefined : this.#scene.byRef.get(this.selected);
    if (!from) this.#choose(this.#start());
    else {
      const next = nodeTowards(this.#scene, from, direction);
      if (next) this.#choose(next.view.ref);
    }
  }

  /** First node for keyboard navigation: a root, or the first node. */
  #start(): string | undefined {
    const { nodes } = this.#scene;
    return (nodes.find(({ view }) => view.isRoot) ?? nodes[0])?.view.ref;
  }

  #choose(ref: string | undefined): void {
    this.dispatchEvent(new GraphNodeEvent('select', ref));
    if (ref === undefined) return;
    this.#spoken = nodeInWords(this.#scene, ref);
    const node = this.#scene.byRef.get(ref);
    if (node && (!this.#viewport.isInSight(node) || this.#viewport.scale < MIN_READ_SCALE))
      this.show(ref);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'callboard-graph-canvas': GraphCanvas;
  }
}
