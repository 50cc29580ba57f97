import { errorMessage } from '../../../../src/base';
import type { DiagramRequest, Drawing } from '../../../../src/features/portal/protocol';
import { diagramPicture, MermaidDrawings } from '../../../shared/diagrams/mermaidDrawings';
import { within } from './contentUpdater';

/** Requests a drawing from the host. Aborted requests are canceled. */
export type DrawDiagram = (request: DiagramRequest, signal: AbortSignal) => Promise<Drawing>;

const PROGRAM_DIAGRAM = '[data-diagram=graphviz], [data-diagram=plantuml]';

/** Milliseconds between requests, so that typing doesn't start a program per key. */
const PAUSE = 300;

/** Returns the request for a block; undefined if it needs no program. */
function programDiagramOf(block: Element, source: string): DiagramRequest | undefined {
  const program = block.getAttribute('data-diagram');
  if (program !== 'graphviz' && program !== 'plantuml') return undefined;
  const engine = block.getAttribute('data-diagram-engine');
  return { program, source, ...(engine !== null && { engine }) };
}

/** Drawings requested from the host, by block. */
class ProgramDrawings {
  #draw: DrawDiagram;
  #requests = new Map<
    Element,
    { readonly controller: AbortController; readonly svg: Promise<string> }
  >();
  #last = Number.NEGATIVE_INFINITY;

  constructor(draw: DrawDiagram) {
    this.#draw = draw;
  }

  /** @throws Error that explains why there is no drawing */
  svgOf(block: Element, request: DiagramRequest): Promise<string> {
    const pending = this.#requests.get(block);
    if (pending) return pending.svg;
    const controller = new AbortController();
    const svg = this.#ask(request, controller.signal);
    this.#requests.set(block, { controller, svg });
    // Failed requests can be retried.
    svg.catch(() => this.#requests.delete(block));
    return svg;
  }

  /** Aborts the requests of removed blocks. */
  abortRemoved(): void {
    for (const [block, { controller }] of this.#requests) {
      if (block.isConnected) continue;
      controller.abort();
      this.#requests.delete(block);
    }
  }

  async #ask(request: DiagramRequest, signal: AbortSignal): Promise<string> {
    const now = performance.now();
    const isTyping = now - this.#last < 2 * PAUSE;
    this.#last = now;
    if (isTyping) await new Promise(resolve => setTimeout(resolve, PAUSE));
    signal.throwIfAborted();
    const drawing = await this.#draw(request, signal);
    if ('svg' in drawing) return drawing.svg;
    throw new Error(drawing.reason);
  }
}

/**
 * Selects diagrams: fences configured for Mermaid, code in Mermaid, which a TechDocs addon renders,
 * and diagrams for programs.
 */
export const DIAGRAM = `.mermaid, [data-diagram=mermaid], ${PROGRAM_DIAGRAM}`;

/**
 * Renders diagrams: Mermaid in the webview, others with programs on the host. Drawings are shown as
 * images, which can't run scripts, load resources, or affect the page's styles.
 */
export class DocsDiagrams {
  #root: HTMLElement;
  #programs: ProgramDrawings;
  #mermaid = new MermaidDrawings();
  #observer = new MutationObserver(() => this.#redraw());

  constructor(root: HTMLElement, draw: DrawDiagram) {
    this.#root = root;
    this.#programs = new ProgramDrawings(draw);
  }

  connect(): void {
    // Theme changes are visible in classes and variables.
    this.#observer.observe(document.body, { attributeFilter: ['class'] });
    this.#observer.observe(document.documentElement, { attributeFilter: ['style'] });
  }

  disconnect(): void {
    this.#observer.disconnect();
  }

  /** @param roots - the new elements */
  update(roots: readonly Element[]): void {
    this.#programs.abortRemoved();
    // Retries failed drawings: the program may be installed, or the workspace trusted, by now.
    for (const block of this.#root.querySelectorAll(`:is(${PROGRAM_DIAGRAM}):not(.is-drawn)`)) {
      if (!roots.some(root => root.contains(block))) void this.#show(block);
    }
    for (const root of roots) {
      for (const block of within(root, DIAGRAM)) void this.#show(block);
    }
  }

  #redraw(): void {
    for (const block of this.#root.querySelectorAll(DIAGRAM)) void this.#show(block);
  }

  async #show(block: Element): Promise<void> {
    const text = block.querySelector('code')?.textContent ?? block.textContent ?? '';
    const byProgram = programDiagramOf(block, text);
    try {
      const svg = await (byProgram
        ? this.#programs.svgOf(block, byProgram)
        : this.#mermaid.svgOf(block, text));
      const image = diagramPicture(svg, text);
      if (byProgram) image.className = 'docs-paper';
      figureOf(block).replaceChildren(image);
      block.classList.add('is-drawn');
    } catch (error) {
      if (!block.isConnected) return;
      const note = document.createElement('p');
      note.className = byProgram ? 'docs-diagram-note' : 'docs-diagram-failed';
      note.setAttribute('role', 'note');
      note.textContent = errorMessage(error);
      figureOf(block).replaceChildren(note);
      block.classList.remove('is-drawn');
    }
  }
}

/** Returns the element for a block's drawing, after its text, which is hidden then. */
function figureOf(block: Element): HTMLElement {
  const next = block.nextElementSibling;
  if (next instanceof HTMLElement && next.matches('.docs-diagram')) return next;
  const figure = document.createElement('figure');
  figure.className = 'docs-diagram';
  block.after(figure);
  return figure;
}
