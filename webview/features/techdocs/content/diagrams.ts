import type { DiagramRequest, Drawing } from '../../../../src/features/portal/protocol';
import { diagramPicture, MermaidDrawings } from '../../../shared/diagrams/mermaidDrawings';
import { within } from './mendContent';

/** Has the host draw what a program draws; what is not asked for any more is given up. */
export type DrawDiagram = (request: DiagramRequest, signal: AbortSignal) => Promise<Drawing>;

const PROGRAM_DIAGRAM = '[data-diagram=graphviz], [data-diagram=plantuml]';

/** While somebody types in a diagram, a program is not started for each key. */
const PAUSE = 300;

/** What the host is asked for a block; undefined for one that no program draws. */
function programDiagramOf(block: Element, source: string): DiagramRequest | undefined {
  const program = block.getAttribute('data-diagram');
  if (program !== 'graphviz' && program !== 'plantuml') return undefined;
  const engine = block.getAttribute('data-diagram-engine');
  return { program, source, ...(engine !== null && { engine }) };
}

/** The drawings that blocks of a page ask the host for. */
class DrawnByPrograms {
  #draw: DrawDiagram;
  #asked = new Map<
    Element,
    { readonly controller: AbortController; readonly svg: Promise<string> }
  >();
  #last = Number.NEGATIVE_INFINITY;

  constructor(draw: DrawDiagram) {
    this.#draw = draw;
  }

  /** @throws an error that says why there is none */
  svgOf(block: Element, request: DiagramRequest): Promise<string> {
    const asked = this.#asked.get(block);
    if (asked) return asked.svg;
    const controller = new AbortController();
    const svg = this.#ask(request, controller.signal);
    this.#asked.set(block, { controller, svg });
    // What was refused is asked for again, when somebody looks again.
    svg.catch(() => this.#asked.delete(block));
    return svg;
  }

  /** Blocks that are not in the page any more wait for nothing. */
  giveUpGone(): void {
    for (const [block, { controller }] of this.#asked) {
      if (block.isConnected) continue;
      controller.abort();
      this.#asked.delete(block);
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
 * Fences of a site that has set them up for Mermaid, code in it, which an addon of TechDocs draws, and what programs
 * draw.
 */
export const DIAGRAM = `.mermaid, [data-diagram=mermaid], ${PROGRAM_DIAGRAM}`;

/**
 * Draws diagrams: those in Mermaid here, others by programs that the host runs. A drawing is shown as a
 * picture: what is in a picture can neither run, nor load anything, nor style the page, whatever was written.
 */
export class DiagramsOfDocs {
  #root: HTMLElement;
  #programs: DrawnByPrograms;
  #mermaid = new MermaidDrawings();
  #observer = new MutationObserver(() => this.#redraw());

  constructor(root: HTMLElement, draw: DrawDiagram) {
    this.#root = root;
    this.#programs = new DrawnByPrograms(draw);
  }

  connect(): void {
    // The editor tells of another theme by classes and variables.
    this.#observer.observe(document.body, { attributeFilter: ['class'] });
    this.#observer.observe(document.documentElement, { attributeFilter: ['style'] });
  }

  disconnect(): void {
    this.#observer.disconnect();
  }

  /** @param roots - the elements that are new */
  dress(roots: readonly Element[]): void {
    this.#programs.giveUpGone();
    // What could not be drawn may be by now: somebody has installed what draws it, or trusts the workspace.
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
      note.textContent = error instanceof Error ? error.message : String(error);
      figureOf(block).replaceChildren(note);
      block.classList.remove('is-drawn');
    }
  }
}

/** Where the drawing of a block is shown: behind its text, which is hidden while there is one. */
function figureOf(block: Element): HTMLElement {
  const next = block.nextElementSibling;
  if (next instanceof HTMLElement && next.matches('.docs-diagram')) return next;
  const figure = document.createElement('figure');
  figure.className = 'docs-diagram';
  block.after(figure);
  return figure;
}
