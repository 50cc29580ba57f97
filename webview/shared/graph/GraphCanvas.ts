import { select } from 'd3-selection';
import { zoom, type ZoomBehavior, zoomIdentity, ZoomTransform } from 'd3-zoom';
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { GraphView } from '../../../src/protocol/portal';
import { LightElement } from '../LightElement';
import { translate } from '../translate';
import { codiconGlyph } from './codicons';
import { drawScene, type Marks } from './drawScene';
import { nodeInWords } from './nodeInWords';
import { onThemeChange, type Palette, readPalette } from './palette';
import { boundsOf, type Direction, emptyScene, nodeAt, nodeTowards, type Scene } from './scene';
import { sceneOf } from './sceneMaker';

/** What somebody did with a node; without a ref: beside all nodes. */
export class GraphNodeEvent extends Event {
  constructor(
    readonly action: 'select' | 'open',
    readonly ref: string | undefined,
    readonly toSide = false,
  ) {
    super('graph-node', { bubbles: true });
  }
}

const MAX_SCALE = 3;
const MIN_SCALE = 0.02;
const MARGIN = 24;
/** Of a picture, in pixels: browsers make no larger canvases. */
const MAX_PICTURE = 8_000;
const MOVE = 220;

const arrows: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** A graph that is drawn, moved about in, and gone through by keys. */
@customElement('callboard-graph-canvas')
export class GraphCanvas extends LightElement {
  @property({ attribute: false }) accessor view: GraphView | undefined;
  @property({ attribute: false }) accessor selected: string | undefined;
  @property({ attribute: false }) accessor found: ReadonlySet<string> = new Set();
  @property({ attribute: false }) accessor showsDependents = false;
  /** Whether it stands among other things, so that the wheel moves the page unless Ctrl is held. */
  @property({ attribute: false }) accessor isEmbedded = false;
  @state() accessor #spoken = '';
  @state() accessor #failure: string | undefined;
  @query('canvas') accessor #canvas!: HTMLCanvasElement;

  #scene: Scene = emptyScene;
  #layout: AbortController | undefined;
  #palette: Palette | undefined;
  #transform: ZoomTransform = zoomIdentity;
  #zoom: ZoomBehavior<HTMLCanvasElement, unknown> | undefined;
  #hovered: string | undefined;
  #frame: number | undefined;
  /** Whether all of it is to be in sight: until somebody moves it, and again once they ask for it. */
  #isFitted = true;
  #size = { width: 0, height: 0 };
  #resizing = new ResizeObserver(() => this.#resized());
  #theme: { dispose(): void } | undefined;

  /** What is drawn, once it is laid out. */
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
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }

  protected override firstUpdated(): void {
    const canvas = this.#canvas;
    this.#resizing.observe(canvas);
    this.#zoom = zoom<HTMLCanvasElement, unknown>()
      .scaleExtent([MIN_SCALE, MAX_SCALE])
      .clickDistance(4)
      .filter((event: MouseEvent) => {
        // A double click opens a page, and does not zoom.
        if (event.type === 'dblclick') return false;
        if (event.type === 'wheel') return !this.isEmbedded || event.ctrlKey || event.metaKey;
        return !event.ctrlKey && event.button === 0;
      })
      .on(
        'zoom',
        ({ transform, sourceEvent }: { transform: ZoomTransform; sourceEvent: unknown }) => {
          // Without an event, it was moved from here.
          if (sourceEvent) this.#isFitted = false;
          this.#transform = transform;
          this.#drawSoon();
        },
      );
    select(canvas).call(this.#zoom);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('view') && this.view) void this.#layOut(this.view);
    this.#drawSoon();
  }

  protected override render(): TemplateResult {
    const count = this.view?.nodes.length ?? 0;
    return html`<canvas
        class="graph-canvas"
        tabindex="0"
        role="application"
        aria-roledescription=${translate('Graph')}
        aria-label=${translate('Graph of {0} nodes: arrow keys go from node to node', count)}
        @pointermove=${this.#moved}
        @pointerleave=${() => this.#hover(undefined)}
        @click=${this.#clicked}
        @dblclick=${this.#doubleClicked}
        @keydown=${this.#keyPressed}
        @focus=${() => this.#drawSoon()}
        @blur=${() => this.#drawSoon()}
      ></canvas>
      <p class="visually-hidden" role="status" aria-live="polite">${this.#spoken}</p>
      ${this.#failure === undefined ? '' : html`<p class="graph-failure" role="alert">${this.#failure}</p>`}`;
  }

  /** Shows all of it. */
  fit(): void {
    this.#isFitted = true;
    this.#measure();
    const { left, top, right, bottom } = boundsOf(this.#scene.nodes);
    const { width, height } = this.#size;
    if (!this.#scene.nodes.length || !width || !height) return;
    const scale = Math.min(
      1.2,
      (width - 2 * MARGIN) / Math.max(1, right - left),
      (height - 2 * MARGIN) / Math.max(1, bottom - top),
    );
    this.#moveTo((left + right) / 2, (top + bottom) / 2, Math.max(MIN_SCALE, scale));
  }

  zoomBy(factor: number): void {
    this.#isFitted = false;
    const { width, height } = this.#size;
    const [x, y] = this.#transform.invert([width / 2, height / 2]);
    const scale = Math.min(MAX_SCALE, Math.max(MIN_SCALE, this.#transform.k * factor));
    this.#moveTo(x, y, scale);
  }

  /** Brings a node into the middle, large enough to be read. */
  show(ref: string): void {
    const node = this.#scene.byRef.get(ref);
    if (!node) return;
    this.#isFitted = false;
    this.#moveTo(node.x, node.y, Math.max(this.#transform.k, 0.8));
  }

  override focus(): void {
    this.#canvas.focus();
  }

  /** All of it as a PNG, in Base64. */
  async picture(): Promise<string> {
    const { left, top, right, bottom } = boundsOf(this.#scene.nodes);
    const [width, height] = [right - left + 2 * MARGIN, bottom - top + 2 * MARGIN];
    const scale = Math.min(2, MAX_PICTURE / width, MAX_PICTURE / height);
    const canvas = document.createElement('canvas');
    canvas.width = Math.ceil(width * scale);
    canvas.height = Math.ceil(height * scale);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('There is no canvas to draw on');
    drawScene(context, {
      scene: this.#scene,
      palette: this.palette,
      camera: { scale, x: (MARGIN - left) * scale, y: (MARGIN - top) * scale },
      width: canvas.width,
      height: canvas.height,
      marks: { ...this.#marks(), hovered: undefined },
      glyphOf: codiconGlyph,
    });
    return canvas.toDataURL('image/png').replace(/^data:[^,]*,/, '');
  }

  get palette(): Palette {
    return (this.#palette ??= readPalette(this));
  }

  async #layOut(view: GraphView): Promise<void> {
    this.#layout?.abort();
    const layout = new AbortController();
    this.#layout = layout;
    try {
      const before = this.#scene;
      const options = { font: this.palette.font, signal: layout.signal, before };
      const scene = await sceneOf(view, options);
      if (layout !== this.#layout) return;
      this.#failure = undefined;
      const isOther = !scene.nodes.some(({ view: { ref } }) => before.byRef.has(ref));
      this.#scene = scene;
      if (isOther || this.#isFitted) this.fit();
      this.#glide(before);
      this.dispatchEvent(new Event('graph-drawn', { bubbles: true }));
    } catch (error) {
      if (layout.signal.aborted) return;
      this.#failure = error instanceof Error ? error.message : String(error);
    }
  }

  /** Has nodes that stay move to their new places, for the eye to follow. */
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
      // What is laid out anew meanwhile goes on from where it is.
      if (share < 1 && this.isConnected && scene === this.#scene) requestAnimationFrame(step);
    };
    step();
  }

  #moveTo(x: number, y: number, scale: number): void {
    const { width, height } = this.#size;
    const transform = new ZoomTransform(scale, width / 2 - x * scale, height / 2 - y * scale);
    this.#zoom?.transform(select(this.#canvas), transform);
  }

  #measure(): void {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    if (width && height) this.#size = { width, height };
  }

  #resized(): void {
    const isFirst = !this.#size.width;
    this.#measure();
    const { width, height } = this.#size;
    if (!width) return;
    const ratio = window.devicePixelRatio || 1;
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
    // What is selected stays below the pointer: the first click of two makes room for details.
    if (isFirst || (this.#isFitted && this.selected === undefined)) this.fit();
    this.#draw();
  }

  #drawSoon(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#draw();
    });
  }

  #draw(): void {
    const context = this.#canvas?.getContext('2d', { alpha: false });
    const { width, height } = this.#size;
    if (!context || !width) return;
    const ratio = window.devicePixelRatio || 1;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const { k: scale, x, y } = this.#transform;
    drawScene(context, {
      scene: this.#scene,
      palette: this.palette,
      camera: { scale, x, y },
      width,
      height,
      marks: this.#marks(),
      glyphOf: codiconGlyph,
    });
  }

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
    const [x, y] = this.#transform.invert([event.offsetX, event.offsetY]);
    return nodeAt(this.#scene, x, y)?.view.ref;
  }

  #moved = (event: PointerEvent): void => {
    if (!event.buttons) this.#hover(this.#at(event));
  };

  #hover(ref: string | undefined): void {
    if (ref === this.#hovered) return;
    this.#hovered = ref;
    const canvas = this.#canvas;
    canvas.classList.toggle('is-over-node', ref !== undefined);
    canvas.title = (ref !== undefined && this.#scene.byRef.get(ref)?.view.title) || '';
    // The editor looks for it when its context menu is opened.
    if (ref === undefined) delete canvas.dataset['vscodeContext'];
    else {
      canvas.dataset['vscodeContext'] = JSON.stringify({
        webviewSection: 'entity',
        entityRef: ref,
        preventDefaultContextMenuItems: true,
      });
    }
    this.#drawSoon();
  }

  #clicked = (event: MouseEvent): void => {
    this.dispatchEvent(new GraphNodeEvent('select', this.#at(event)));
  };

  #doubleClicked = (event: MouseEvent): void => {
    const ref = this.#at(event);
    if (ref !== undefined) {
      this.dispatchEvent(new GraphNodeEvent('open', ref, event.ctrlKey || event.metaKey));
    }
  };

  #keyPressed = (event: KeyboardEvent): void => {
    if (event.altKey) return;
    const direction = arrows[event.key];
    if (direction) this.#goTowards(direction);
    else if (event.key === 'Enter' && this.selected !== undefined) {
      const toSide = event.ctrlKey || event.metaKey;
      this.dispatchEvent(new GraphNodeEvent('open', this.selected, toSide));
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

  /** Where keys begin: at a root, or at the first node. */
  #start(): string | undefined {
    const { nodes } = this.#scene;
    return (nodes.find(({ view }) => view.isRoot) ?? nodes[0])?.view.ref;
  }

  #choose(ref: string | undefined): void {
    this.dispatchEvent(new GraphNodeEvent('select', ref));
    if (ref === undefined) return;
    this.#spoken = nodeInWords(this.#scene, ref);
    const node = this.#scene.byRef.get(ref);
    const { width, height } = this.#size;
    if (!node) return;
    const [x, y] = this.#transform.apply([node.x, node.y]);
    const isSeen = x > 60 && y > 30 && x < width - 60 && y < height - 30;
    if (!isSeen || this.#transform.k < 0.45) this.show(ref);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'callboard-graph-canvas': GraphCanvas;
  }
}
