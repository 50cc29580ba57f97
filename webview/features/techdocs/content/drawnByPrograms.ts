import type { DiagramRequest, Drawing } from '../../../../src/features/portal/protocol';

/** Has the host draw what a program draws; what is not asked for any more is given up. */
export type DrawDiagram = (request: DiagramRequest, signal: AbortSignal) => Promise<Drawing>;

export const PROGRAM_DIAGRAM = '[data-diagram=graphviz], [data-diagram=plantuml]';

/** While somebody types in a diagram, a program is not started for each key. */
const PAUSE = 300;

/** What the host is asked for a block; undefined for one that no program draws. */
export function programDiagramOf(block: Element, source: string): DiagramRequest | undefined {
  const program = block.getAttribute('data-diagram');
  if (program !== 'graphviz' && program !== 'plantuml') return undefined;
  const engine = block.getAttribute('data-diagram-engine');
  return { program, source, ...(engine !== null && { engine }) };
}

/** The drawings that blocks of a page ask the host for. */
export class DrawnByPrograms {
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
