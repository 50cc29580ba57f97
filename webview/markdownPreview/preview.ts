/* Runs in every Markdown preview, so it loads the renderer only if there is a diagram. Not a
   module, for older versions of VS Code. */
import { MERMAID_CODE } from './mermaidCode';

const own = document.currentScript;
if (own instanceof HTMLScriptElement) {
  // Absolute, since nothing is relative to a classic script of another origin.
  loadWhenNeeded(new URL('./markdownPreviewDiagrams.js', own.src).href);
}

/** Waits for content: the preview adds it later and updates it on edits. */
function loadWhenNeeded(script: string): void {
  const observer = new MutationObserver(look);
  observer.observe(document.documentElement, { childList: true, subtree: true });
  look();

  function look(): void {
    if (!document.querySelector(MERMAID_CODE)) return;
    observer.disconnect();
    void import(script);
  }
}
