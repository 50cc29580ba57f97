import { Element } from '../text/element';
import type { BlockRule } from './blockParser';
import { containerRule, groupOf } from './containers';
import { markerPatterns, readTab } from './markers';

/** `=== "Title"`: tabs, in Material's "alternate" arrangement or the classic one. */
export function tabsRule({ alternate }: { readonly alternate: boolean }): BlockRule {
  const setClass = alternate ? 'tabbed-set tabbed-alternate' : 'tabbed-set';
  const isSet = (element: Element | undefined): element is Element =>
    element?.tag === 'div' && element.get('class') === setClass;

  return containerRule({
    name: 'tabbed',
    sign: '===',
    marker: markerPatterns.tab,
    isOne: isSet,
    contentOf: set => (alternate ? set.last?.last : set.last),
    open(found, { parent, block, from, parser }) {
      const { titleGroup, isSelected, beginsSet } = readTab(found);
      const title = groupOf(block, found, titleGroup);
      const last = parent.last;
      const goesOn = isSet(last) && !beginsSet;
      let set: Element;
      if (goesOn) {
        set = last;
      } else {
        parser.page.tabSets++;
        set = parent.add('div', { class: setClass, 'data-tabs': `${parser.page.tabSets}:0` });
        set.from = from;
        if (alternate) {
          set.add('div', { class: 'tabbed-labels' });
          set.add('div', { class: 'tabbed-content' });
        }
      }
      const [number = '1', count = '0'] = set.get('data-tabs').split(':');
      const tab = Number(count) + 1;
      const id = `__tabbed_${number}_${tab}`;
      const input = new Element('input', { name: `__tabbed_${number}`, type: 'radio', id });
      if (!goesOn || isSelected) {
        for (const other of set.children) {
          if (other.tag === 'input') other.attributes.delete('checked');
        }
        input.set('checked', 'checked');
      }
      set.set('data-tabs', `${number}:${tab}`);
      const label = new Element('label', { for: id });
      label.text = title;
      const content = new Element('div', {
        class: alternate ? 'tabbed-block' : 'tabbed-content',
      });
      content.from = from;
      if (alternate) {
        set.insert(Number(count), input);
        set.children.at(-2)?.append(label);
        set.children.at(-1)?.append(content);
      } else {
        set.append(input);
        set.append(label);
        set.append(content);
      }
      return content;
    },
  });
}
