import type { PageContext } from '../pageContext';
import type { Element } from '../text/element';
import { SourceText } from '../text/sourceText';

const checkbox = /^ *\[(x|X| )\] +/;

/** `- [ ] to do` and `- [x] done` */
export function markTaskLists(root: Element, page: PageContext): void {
  const { extensions } = page;
  if (!extensions.has('pymdownx.tasklist')) return;
  const custom = extensions.flag('pymdownx.tasklist', 'custom_checkbox', false);
  const clickable = extensions.flag('pymdownx.tasklist', 'clickable_checkbox', false);
  for (const item of root.walk()) {
    if (item.tag !== 'li') continue;
    const holder = item.text?.length ? item : item.children[0];
    if (!holder?.text || (holder !== item && holder.tag !== 'p')) continue;
    const found = checkbox.exec(holder.text.text);
    if (!found) continue;
    const attributes =
      (clickable ? '' : ' disabled') + (found[1]?.toLowerCase() === 'x' ? ' checked' : '');
    const input = `<input type="checkbox"${attributes}/>`;
    const html = custom
      ? `<label class="task-list-control">${input}<span class="task-list-indicator"></span></label> `
      : `${input} `;
    const placeholder = SourceText.made(page.stash.store(html), holder.text.offsetAt(0));
    holder.text = SourceText.join([placeholder, holder.text.slice(found[0].length)], '');
    appendClass(item, 'task-list-item');
    if (item.parent) item.parent.addClass('task-list');
  }
}

function appendClass(element: Element, name: string): void {
  element.set('class', [...element.get('class').split(/\s+/).filter(Boolean), name].join(' '));
}
