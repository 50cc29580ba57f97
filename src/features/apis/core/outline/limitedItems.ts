import type { CardContent, CardTreeItem } from '../../../../api';
import type { Translate } from '../../../../base';

/** An item that stands for those that there is no room for. */
export const MORE_ID = '…';

const MOST_ITEMS = 5_000;
/** Below those, such as the operations of groups. */
const MOST_CHILDREN = 8_000;
/** Below one item, and below all. */
const MOST_DETAILS = 300;
const MOST_DETAILS_IN_ALL = 20_000;
const MOST_TEXT = 500;

/**
 * The items as far as a page can hold them and still be quick, however many a definition has, in steps between which
 * others may have the thread. Siblings get ids of their own, whatever they are called.
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

/** Ids that no other sibling has. */
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
