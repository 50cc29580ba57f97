import type { Mermaid } from 'mermaid';
import { type Disposable, SizedCache, toDisposable } from '../../../src/base';
import { translate } from '../translate';
import { diagramTitle } from './diagramTitle';

/** Mermaid refuses longer texts, too. */
const MAX_TEXT = 50_000;

/** Characters of drawings, and of what they were drawn from, that are kept. */
const MAX_KEPT = 20_000_000;

/**
 * What a diagram cannot configure: Mermaid's own list, and labels in HTML, whose pictures would be loaded while it is
 * drawn.
 */
const SECURE = [
  'secure',
  'securityLevel',
  'startOnLoad',
  'maxTextSize',
  'suppressErrorRendering',
  'maxEdges',
  'htmlLabels',
];

/** What a diagram is drawn with; another one for each theme. */
interface Theme {
  readonly key: string;
  readonly config: Parameters<Mermaid['initialize']>[0];
}

/** Draws what is written in Mermaid, in the colours of the editor. */
export class MermaidDrawings {
  /** What was drawn, by theme and text, so that a page that is typed in does not draw anew what is the same. */
  #drawn = new SizedCache<Promise<string>>(MAX_KEPT);
  #last: Promise<unknown> = Promise.resolve();
  #count = 0;

  /** @param place - where the colours and the font come from */
  svgOf(place: Element, text: string): Promise<string> {
    const theme = readTheme(place);
    const key = `${theme.key}\n${text}`;
    const known = this.#drawn.get(key);
    if (known) return known;
    const drawing = this.#draw(text, theme);
    this.#drawn.set(key, drawing, key.length);
    const keepDrawn = (svg: string): void => this.#drawn.set(key, drawing, key.length + svg.length);
    // Who asked is told what is wrong.
    drawing.then(keepDrawn, () => undefined);
    return drawing;
  }

  /** One at a time: the library has one configuration for all. */
  #draw(text: string, theme: Theme): Promise<string> {
    const drawing = this.#last.then(async () => {
      if (text.length > MAX_TEXT) throw new Error(translate('This diagram is too long to render.'));
      const { default: mermaid } = await import('mermaid');
      mermaid.initialize(theme.config);
      const allowed = allowStyleSheets();
      try {
        const { svg } = await mermaid.render(`docs-diagram-${++this.#count}`, text);
        return svg;
      } finally {
        allowed.dispose();
      }
    });
    this.#last = drawing.catch(() => undefined);
    return drawing;
  }
}

/**
 * Gives the page's nonce to style elements that are created until it is disposed: without it, a policy refuses the
 * style sheet by which Mermaid measures texts.
 */
function allowStyleSheets(): Disposable {
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
  const createElement = document.createElement.bind(document);
  document.createElement = (name: string, options?: ElementCreationOptions) => {
    const element = createElement(name, options);
    // As an attribute: Mermaid writes the drawing as a text and parses it again.
    if (element instanceof HTMLStyleElement) element.setAttribute('nonce', nonce);
    return element;
  };
  return toDisposable(() => void Reflect.deleteProperty(document, 'createElement'));
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
      secure: SECURE,
      suppressErrorRendering: true,
      theme: 'base',
      htmlLabels: false,
      flowchart: { htmlLabels: false },
      fontFamily,
      themeVariables,
    },
  };
}

/** A drawing as a picture: what is in a picture can neither run, nor load anything, nor style the page. */
export function diagramPicture(svg: string, source: string): HTMLImageElement {
  const image = document.createElement('img');
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  // As large as it was drawn, unless there is less room; Mermaid says that its drawings take all there is.
  const [root = ''] = /^<svg[^>]*>/.exec(svg) ?? [];
  const width = root.includes(' width="100%"')
    ? /viewBox="\S+ \S+ ([\d.]+) /.exec(root)?.[1]
    : undefined;
  if (width !== undefined) image.width = Math.ceil(Number(width));
  image.alt = translate('Diagram: {0}', diagramTitle(source));
  return image;
}
