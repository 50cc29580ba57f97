import type { CardContent, CardTreeItem } from '../../../../api';
import type { Translate } from '../../../../base';

/** The id of an item that stands for omitted ones. */
export const MORE_ID = '…';

const MOST_ITEMS = 5_000;
/** The maximum number of items below those, such as the operations of groups. */
const MOST_CHILDREN = 8_000;
/** The maximum number of details of one item, and of all. */
const MOST_DETAILS = 300;
const MOST_DETAILS_IN_ALL = 20_000;
const MOST_TEXT = 500;

/**
 * Returns as many items as a page can show without becoming slow, in steps, to release the thread in between. Gives
 * siblings unique ids.
 */
export function* limitedItems(
  items: readonly CardTreeItem[],
  translate: Translate,
): Generator<void, readonly CardTreeItem[]> {
  const children = { left: MOST_CHILDREN };
  const details = { left: MOST_DETAILS_IN_ALL };
  function* limited(
    all: readonly CardTreeItem[],
    room: Room,
    inItem?: Room,
  ): Generator<void, CardTreeItem[]> {
    const kept: CardTreeItem[] = [];
    const ids = new UniqueIds(MORE_ID);
    for (const item of all) {
      if (room.left <= 0 || (inItem && details.left-- <= 0)) break;
      room.left--;
      const below = inItem ?? { left: MOST_DETAILS };
      kept.push({
        ...item,
        id: ids.of(item.id),
        label: shortened(item.label),
        ...(item.description !== undefined && { description: shortened(item.description) }),
        ...(item.children && {
          children: yield* limited(item.children, inItem ?? children, inItem),
        }),
        ...(item.content && { content: yield* limitedContent(item.content, below) }),
      });
      if (!inItem) yield;
    }
    const rest = all.length - kept.length;
    if (rest) kept.push({ id: MORE_ID, label: translate('{0} more in the definition', rest) });
    return kept;
  }
  function* limitedContent(content: CardContent, room: Room): Generator<void, CardContent> {
    if (content.type === 'tree') {
      return { ...content, items: yield* limited(content.items, room, room) };
    }
    if (content.type !== 'sections') return content;
    const sections = [];
    for (const section of content.sections) {
      sections.push({ ...section, content: yield* limitedContent(section.content, room) });
    }
    return { ...content, sections };
  }
  return yield* limited(items, { left: MOST_ITEMS });
}

/** Ids that are unique among siblings. */
class UniqueIds {
  #taken: Set<string>;
  #counts = new Map<string, number>();

  constructor(...taken: readonly string[]) {
    this.#taken = new Set(taken);
  }

  of(name: string): string {
    let id = name;
    while (this.#taken.has(id)) {
      const count = (this.#counts.get(name) ?? 0) + 1;
      this.#counts.set(name, count);
      id = `${name}#${count}`;
    }
    this.#taken.add(id);
    return id;
  }
}

interface Room {
  left: number;
}

function shortened(text: string): string {
  return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text;
}
