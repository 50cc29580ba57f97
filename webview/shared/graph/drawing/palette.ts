/** Colors and fonts of the theme for a canvas. Read once, and again when the theme changes. */
export interface Palette {
  readonly background: string;
  readonly surface: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly edge: string;
  readonly focus: string;
  readonly warning: string;
  readonly bad: string;
  readonly good: string;
  readonly selection: string;
  readonly selectionText: string;
  readonly font: string;
  readonly isHighContrast: boolean;
  /** Colors by lower-case kind. */
  readonly kinds: ReadonlyMap<string, string>;
}

/** Theme colors by kind. */
const kindColors: readonly (readonly [kind: string, variable: string])[] = [
  ['component', '--vscode-charts-blue'],
  ['api', '--vscode-charts-purple'],
  ['resource', '--vscode-charts-green'],
  ['system', '--vscode-charts-yellow'],
  ['domain', '--vscode-charts-red'],
];

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const isHighContrast = /\bvscode-high-contrast/.test(document.body.className);
  const color = (...names: readonly string[]): string => {
    for (const name of names) {
      const value = style.getPropertyValue(name).trim();
      if (value) return value;
    }
    return style.color;
  };
  const text = color('--vscode-foreground');
  const border = color(
    '--vscode-contrastBorder',
    '--vscode-widget-border',
    '--vscode-descriptionForeground',
  );
  return {
    background: color('--vscode-editor-background'),
    surface: isHighContrast
      ? color('--vscode-editor-background')
      : color('--vscode-editorWidget-background', '--vscode-sideBar-background'),
    text,
    muted: isHighContrast ? text : color('--vscode-descriptionForeground'),
    line: border,
    edge: isHighContrast ? text : color('--vscode-descriptionForeground'),
    focus: color('--vscode-focusBorder'),
    warning: color('--vscode-editorWarning-foreground', '--vscode-charts-yellow'),
    bad: color('--vscode-errorForeground'),
    good: color('--vscode-charts-green'),
    selection: color('--vscode-list-activeSelectionBackground', '--vscode-editor-background'),
    selectionText: color('--vscode-list-activeSelectionForeground', '--vscode-foreground'),
    font: style.fontFamily,
    isHighContrast,
    kinds: new Map(kindColors.map(([kind, name]) => [kind, color(name)])),
  };
}

/** Calls back when the editor's theme changes. */
export function onThemeChange(callback: () => void): { dispose(): void } {
  const observer = new MutationObserver(callback);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'style'] });
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['class', 'style'],
  });
  return { dispose: () => observer.disconnect() };
}
