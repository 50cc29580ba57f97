import { errorMessage } from '../../src/base';
import { diagramPicture, MermaidDrawings } from '../shared/diagrams/mermaidDrawings';
import { MERMAID_CODE } from './mermaidCode';

/*
 * What it says is English: VS Code tells the scripts of its preview neither its language nor texts of extensions.
 */

/** What is shown of a diagram, within the same block as its source. */
interface Shown {
  /** A drawing, or what is wrong with the source. */
  element?: HTMLElement;
  /** What it was asked for last: drawings may be ready in another order. */
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
  // The preview takes out what it does not know whenever something is typed. Back at once, it does not flicker.
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
    // Else it had no height at first, and the page would jump.
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
// VS Code tells of another theme by classes and variables.
const observer = new MutationObserver(drawAll);
observer.observe(document.body, { attributeFilter: ['class'] });
observer.observe(document.documentElement, { attributeFilter: ['style'] });
drawAll();
