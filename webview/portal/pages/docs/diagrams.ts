import type { Mermaid } from 'mermaid';
import { translate } from '../../../shared/translate';
import {
  DrawnByPrograms,
  type DrawDiagram,
  programDiagramOf,
  PROGRAM_DIAGRAM,
} from './drawnByPrograms';

/**
 * Fences of a site that has set them up for Mermaid, code in it, which an addon of TechDocs draws, and what programs
 * draw.
 */
export const DIAGRAM = `.mermaid, [data-diagram=mermaid], ${PROGRAM_DIAGRAM}`;

/** Mermaid refuses longer texts, too. */
const MAX_TEXT = 50_000;

/** What a diagram is drawn with; another one for each theme. */
interface Theme {
  readonly key: string;
  readonly config: Parameters<Mermaid['initialize']>[0];
}

/**
 * Draws diagrams: those in Mermaid here, others by programs that the host runs. A drawing is shown as a
 * picture: what is in a picture can neither run, nor load anything, nor style the page, whatever was written.
 */
export class DiagramsOfDocs {
  #root: HTMLElement;
  #programs: DrawnByPrograms;
  /** What was drawn, by theme and text, so that a page that is typed in does not draw anew what is the same. */
  #drawn = new Map<string, Promise<string>>();
  #last: Promise<unknown> = Promise.resolve();
  #count = 0;
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
      const blocks = root.matches(DIAGRAM) ? [root] : root.querySelectorAll(DIAGRAM);
      for (const block of blocks) void this.#show(block);
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
        : this.#svgOf(block, text));
      const image = document.createElement('img');
      image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
      if (byProgram) image.className = 'docs-paper';
      // As large as it was drawn, unless there is less room.
      const width = byProgram ? undefined : /viewBox="\S+ \S+ ([\d.]+) /.exec(svg)?.[1];
      if (width !== undefined) image.width = Math.ceil(Number(width));
      image.alt = translate('Diagram: {0}', firstWords(text));
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

  #svgOf(block: Element, text: string): Promise<string> {
    const theme = readTheme(block);
    const key = `${theme.key}\n${text}`;
    const drawing = this.#drawn.get(key) ?? this.#draw(text, theme);
    this.#drawn.set(key, drawing);
    return drawing;
  }

  /** One at a time: the library has one configuration for all. */
  #draw(text: string, theme: Theme): Promise<string> {
    const drawing = this.#last.then(async () => {
      if (text.length > MAX_TEXT)
        throw new Error(translate('This diagram is too long to be drawn.'));
      const { default: mermaid } = await import('mermaid');
      mermaid.initialize(theme.config);
      const { svg } = await mermaid.render(`docs-diagram-${++this.#count}`, text);
      return svg;
    });
    this.#last = drawing.catch(() => undefined);
    return drawing;
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

function firstWords(text: string): string {
  const title = /^\s*(?:accTitle|title)\s*:?\s+(.+)$/m.exec(text)?.[1];
  const lines = text.split('\n').map(line => line.trim());
  return title ?? lines.find(line => line !== '' && !line.startsWith('@start')) ?? '';
}

function readTheme(element: Element): Theme {
  const style = getComputedStyle(element);
  const colour = (name: string, otherwise: string): string =>
    style.getPropertyValue(`--vscode-${name}`).trim() || otherwise;
  const background = colour('editor-background', '#ffffff');
  const text = colour('editor-foreground', '#000000');
  const line = colour('contrastBorder', '') || text;
  const box = colour('editorWidget-background', background);
  const classes = document.body.classList;
  const darkMode =
    classes.contains('vscode-dark') ||
    (classes.contains('vscode-high-contrast') && !classes.contains('vscode-high-contrast-light'));
  const fontFamily = colour('font-family', 'sans-serif');
  const themeVariables = {
    darkMode,
    background,
    fontFamily,
    fontSize: '14px',
    primaryColor: box,
    primaryTextColor: text,
    primaryBorderColor: colour('textLink-foreground', line),
    secondaryColor: box,
    tertiaryColor: background,
    lineColor: line,
    textColor: text,
    useGradient: false,
    dropShadow: 'none',
  };
  return {
    key: JSON.stringify(themeVariables),
    config: {
      startOnLoad: false,
      securityLevel: 'strict',
      suppressErrorRendering: true,
      theme: 'base',
      htmlLabels: false,
      flowchart: { htmlLabels: false },
      fontFamily,
      themeVariables,
    },
  };
}
