/** Name of the event by which a part of a page asks for a text to be copied; the app hears it. */
export const COPY_EVENT = 'callboard-copy';

/** Has the editor put a text into the clipboard, wherever in a page it is asked for. */
export function copyText(element: HTMLElement, text: string): void {
  element.dispatchEvent(new CustomEvent<string>(COPY_EVENT, { bubbles: true, detail: text }));
}
