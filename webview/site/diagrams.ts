import mermaid from 'mermaid';
import { errorMessage } from '../../src/base';
import { diagramTitle } from '../shared/diagrams/diagramTitle';

/** Renders Mermaid diagrams in the page's color scheme. */
export async function drawDiagrams(): Promise<void> {
  const blocks = [
    ...document.querySelectorAll<HTMLElement>('.mermaid, [data-diagram=mermaid]'),
  ].map(block => {
    const figure = document.createElement('figure');
    figure.className = 'md-diagram';
    block.after(figure);
    const text = block.querySelector('code')?.textContent ?? block.textContent ?? '';
    return { block, figure, text };
  });
  const dark = matchMedia('(prefers-color-scheme: dark)');
  let last = Promise.resolve();
  const drawAll = async (): Promise<void> => {
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: 'strict',
      suppressErrorRendering: true,
      theme: dark.matches ? 'dark' : 'default',
      fontFamily: getComputedStyle(document.body).fontFamily,
    });
    for (const [index, { block, figure, text }] of blocks.entries()) {
      try {
        const { svg } = await mermaid.render(`__diagram_${index}`, text);
        figure.innerHTML = svg;
        figure.querySelector('svg')?.setAttribute('role', 'img');
        figure.querySelector('svg')?.setAttribute('aria-label', `Diagram: ${diagramTitle(text)}`);
        block.hidden = true;
      } catch (error) {
        const note = document.createElement('figcaption');
        note.textContent = errorMessage(error);
        figure.replaceChildren(note);
        block.hidden = false;
      }
    }
  };
  const draw = (): void => void (last = last.then(drawAll));
  // Sequentially, since the library has one global configuration.
  dark.addEventListener('change', draw);
  draw();
  await last;
}
