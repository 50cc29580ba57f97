import type { BlockParser } from '../blocks/blockParser';
import { footnoteId } from '../inline/links';
import type { PageContext } from '../pageContext';
import { Element } from '../text/element';
import { SourceText } from '../text/sourceText';
import { STX, ETX } from '../text/stash';

/** Placeholders that inline rules don't touch, replaced at the end. */
const backlinkMarker = `${STX}zz1337820767766393qq${ETX}`;
const spaceMarker = `${STX}qq3936677670287331zz${ETX}`;

/** Adds the list of footnotes at the end of the page or at its marker. */
export function addFootnotes(root: Element, page: PageContext, parser: BlockParser): void {
  if (page.footnotes.size === 0) return;
  const { extensions } = page;
  const list = new Element('div', { class: 'footnote' });
  list.add('hr');
  const items = list.add('ol');
  const title = extensions.text(
    'footnotes',
    'BACKLINK_TITLE',
    'Jump back to footnote %d in the text',
  );
  let number = 0;
  // Footnotes can define footnotes, which extends the list.
  for (const [id, text] of page.footnotes) {
    number++;
    const item = items.add('li', { id: footnoteId(id) });
    item.from = text.offsetAt(0);
    // Not the item itself, since blocks in items are parsed differently.
    const content = new Element('div');
    parser.parseChunk(content, text);
    item.replaceChildren(content.children);
    const link = new Element('a', {
      href: `#fnref:${id}`,
      class: 'footnote-backref',
      title: title.replace('%d', String(number)),
    });
    link.text = SourceText.made(backlinkMarker, text.end);
    const { last } = item;
    if (last?.tag === 'p') {
      last.text = SourceText.join([last.text ?? text.slice(0, 0), marker(text)], '');
      last.append(link);
    } else if (last) item.add('p').append(link);
  }
  place(list, root, extensions.text('footnotes', 'PLACE_MARKER', '///Footnotes Go Here///'));
}

const marker = (text: SourceText): SourceText => SourceText.made(spaceMarker, text.end);

function place(list: Element, root: Element, placeMarker: string): void {
  for (const element of root.walk()) {
    for (const [index, child] of element.children.entries()) {
      if (child.text?.text.includes(placeMarker) === true) {
        element.remove(child);
        element.insert(index, list);
        return;
      }
      if (child.tail?.text.includes(placeMarker) === true) {
        child.tail = undefined;
        element.insert(index + 1, list);
        return;
      }
    }
  }
  root.append(list);
}

/** Adds a link back to each further reference. */
export function addFurtherBacklinks(root: Element, page: PageContext): void {
  if (page.footnotes.size === 0) return;
  const list = [...root.walk()].find(
    element => element.tag === 'div' && element.get('class') === 'footnote',
  );
  for (const item of list?.children.find(child => child.tag === 'ol')?.children ?? []) {
    const id = item.get('id').replace(/^fn:/, '');
    const count = page.footnoteCounts.get(`fnref:${id}`) ?? 0;
    const link = [...item.walk()].find(element => element.get('class') === 'footnote-backref');
    for (let number = 2; link && number <= count; number++) {
      const further = new Element('a', Object.fromEntries(link.attributes));
      further.set('href', `#fnref${number}:${id}`);
      further.text = link.text;
      item.last?.append(further);
    }
  }
}

export function restoreFootnoteMarkers(html: string, page: PageContext): string {
  if (page.footnotes.size === 0) return html;
  const text = page.extensions.text('footnotes', 'BACKLINK_TEXT', '&#8617;');
  return html.replaceAll(backlinkMarker, text).replaceAll(spaceMarker, '&#160;');
}
