/*
 * Runs in every preview of Markdown, and so loads what draws only where there is something to draw. It is no module:
 * VS Code has had scripts of extensions in its preview for longer than modules among them.
 */
import { MERMAID_CODE } from './mermaidCode';

const own = document.currentScript;
if (own instanceof HTMLScriptElement) {
  // In full, as nothing is relative to a script of another origin that is no module.
  loadOnceNeeded(new URL('./markdownPreviewDiagrams.js', own.src).href);
}

/** The preview puts the first text in when it likes, and others as they are typed. */
function loadOnceNeeded(script: string): void {
  const observer = new MutationObserver(look);
  observer.observe(document.documentElement, { childList: true, subtree: true });
  look();

  function look(): void {
    if (!document.querySelector(MERMAID_CODE)) return;
    observer.disconnect();
    void import(script);
  }
}
