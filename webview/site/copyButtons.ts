/** Gives each block of code a button that copies it, where the browser lets pages do that: not without encryption. */
export function addCopyButtons(): void {
  // As types have it, it is always there.
  const clipboard: Clipboard | undefined = navigator.clipboard;
  if (!clipboard) return;
  for (const code of document.querySelectorAll<HTMLElement>('.md-typeset pre > code')) {
    const pre = code.parentElement;
    if (!pre || pre.closest('.linenos') || pre.matches('.mermaid')) continue;
    const box = document.createElement('div');
    box.className = 'md-code';
    pre.replaceWith(box);
    const button = document.createElement('button');
    button.className = 'md-clipboard md-icon';
    button.type = 'button';
    name(button, 'Copy to clipboard');
    button.addEventListener('click', () => {
      void navigator.clipboard.writeText(code.textContent ?? '').then(() => {
        name(button, 'Copied');
        button.classList.add('is-copied');
        setTimeout(() => {
          name(button, 'Copy to clipboard');
          button.classList.remove('is-copied');
        }, 2_000);
      });
    });
    box.append(pre, button);
  }
}

function name(button: HTMLButtonElement, text: string): void {
  button.title = text;
  button.setAttribute('aria-label', text);
}
