/** What VS Code gives a webview to reach its extension; the page of a test gives the same. */
export interface WebviewHost {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare global {
  // The name is VS Code's.
  function acquireVsCodeApi(): WebviewHost;
}

/** May be called once in the life of a page. */
export function acquireHost(): WebviewHost {
  return acquireVsCodeApi();
}
