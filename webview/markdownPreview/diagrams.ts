import { errorMessage } from '../../src/base';
import { diagramPicture, MermaidDrawings } from '../shared/diagrams/mermaidDrawings';
import { MERMAID_CODE } from './mermaidCode';

/* Texts are in English: VS Code doesn't pass its language or localized texts to preview scripts. */

/** State of a diagram, next to its source. */
interface Shown {
  /** Drawing or error message. */
  element?: HTMLElement;
  /** Number of the latest request: drawings may finish out of order. */
  turn: number;
}

const drawings = new MermaidDrawings();
const shownIn = new WeakMap<Element, Shown>();

function drawAll(): void {
  for (const code of document.querySelectorAll(MERMAID_CODE)) void draw(code);
}

async function draw(code: Element): Promise<void> {
  const shown = shownIn.get(code) ?? { turn: 0 };
  shownIn.set(code, shown);
  const turn = ++shown.turn;
  // The preview removes unknown elements on each edit. Adding them back at once prevents flicker.
  if (shown.element && !shown.element.isConnected) code.after(shown.element);
  const element = await drawingOf(code, code.textContent ?? '');
  if (turn !== shown.turn || (shown.element && element.isEqualNode(shown.element))) return;
  shown.element?.remove();
  shown.element = element;
  code.after(element);
}

async function drawingOf(code: Element, source: string): Promise<HTMLElement> {
  const element = document.createElement('div');
  try {
    const picture = diagramPicture(await drawings.svgOf(code, source), source);
    // Avoids a jump, since an image has no height before it is decoded.
    await picture.decode();
    element.className = 'callboard-diagram';
    element.append(picture);
  } catch (error) {
    element.className = 'callboard-diagram-failed';
    element.setAttribute('role', 'note');
    element.textContent = errorMessage(error);
  }
  return element;
}

window.addEventListener('vscode.markdown.updateContent', drawAll);
// Theme changes are visible in classes and variables.
const observer = new MutationObserver(drawAll);
observer.observe(document.body, { attributeFilter: ['class'] });
observer.observe(document.documentElement, { attributeFilter: ['style'] });
drawAll();
