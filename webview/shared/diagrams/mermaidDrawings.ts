import type { Mermaid } from 'mermaid';
import { type Disposable, SizedCache, toDisposable } from '../../../src/base';
import { translate } from '../translate';
import { diagramTitle } from './diagramTitle';

/** Mermaid's own limit, in characters. */
const MAX_TEXT = 50_000;

/** Maximum size of the cache, in characters of sources and drawings. */
const MAX_KEPT = 20_000_000;

/** Options that a diagram can't set: Mermaid's own list, and HTML labels, which could load images during rendering. */
const SECURE = [
  'secure',
  'securityLevel',
  'startOnLoad',
  'maxTextSize',
  'suppressErrorRendering',
  'maxEdges',
  'htmlLabels',
];

/** Theme for diagrams, derived from the editor's theme. */
interface Theme {
  readonly key: string;
  readonly config: Parameters<Mermaid['initialize']>[0];
}

/** Renders Mermaid diagrams in the colors of the editor. */
export class MermaidDrawings {
  /** Cache by theme and text, so that typing in a page doesn't render unchanged diagrams. */
  #drawn = new SizedCache<Promise<string>>(MAX_KEPT);
  #last: Promise<unknown> = Promise.resolve();
  #count = 0;

  /** @param place - element with the colors and the font */
  svgOf(place: Element, text: string): Promise<string> {
    const theme = readTheme(place);
    const key = `${theme.key}\n${text}`;
    const known = this.#drawn.get(key);
    if (known) return known;
    const drawing = this.#draw(text, theme);
    this.#drawn.set(key, drawing, key.length);
    const keepDrawn = (svg: string): void => this.#drawn.set(key, drawing, key.length + svg.length);
    // The caller handles the error.
    drawing.then(keepDrawn, () => undefined);
    return drawing;
  }

  /** Renders one diagram at a time, because Mermaid's configuration is global. */
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
 * Adds the page's nonce to new style elements until disposed. Otherwise the policy blocks the style sheet that
 * Mermaid measures text with.
 */
function allowStyleSheets(): Disposable {
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
  const createElement = document.createElement.bind(document);
  document.createElement = (name: string, options?: ElementCreationOptions) => {
    const element = createElement(name, options);
    // Set as an attribute, because Mermaid serializes and parses the drawing again.
    if (element instanceof HTMLStyleElement) element.setAttribute('nonce', nonce);
    return element;
  };
  return toDisposable(() => void Reflect.deleteProperty(document, 'createElement'));
}

function readTheme(element: Element): Theme {
  const style = getComputedStyle(element);
  const color = (name: string, otherwise: string): string =>
    style.getPropertyValue(`--vscode-${name}`).trim() || otherwise;
  const background = color('editor-background', '#ffffff');
  const text = color('editor-foreground', '#000000');
  const line = color('contrastBorder', '') || text;
  const box = color('editorWidget-background', background);
  const classes = document.body.classList;
  const darkMode =
    classes.contains('vscode-dark') ||
    (classes.contains('vscode-high-contrast') && !classes.contains('vscode-high-contrast-light'));
  const fontFamily = color('font-family', 'sans-serif');
  const themeVariables = {
    darkMode,
    background,
    fontFamily,
    fontSize: '14px',
    primaryColor: box,
    primaryTextColor: text,
    primaryBorderColor: color('textLink-foreground', line),
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

/** Converts a drawing to an image, which can't run scripts, load resources or style the page. */
export function diagramPicture(svg: string, source: string): HTMLImageElement {
  const image = document.createElement('img');
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  // Limits the width to the drawing's own; Mermaid's SVG fills the container.
  const [root = ''] = /^<svg[^>]*>/.exec(svg) ?? [];
  const width = root.includes(' width="100%"')
    ? /viewBox="\S+ \S+ ([\d.]+) /.exec(root)?.[1]
    : undefined;
  if (width !== undefined) image.width = Math.ceil(Number(width));
  image.alt = translate('Diagram: {0}', diagramTitle(source));
  return image;
}
