import { type Document, isMap, isNode, isScalar, isSeq, type Node } from 'yaml';
import { comparePositions, LineIndex, type Position } from '../../../../base';
import {
  type OutdatedPart,
  outdatedParts,
  type PartPath,
  type ReleaseRange,
  upgradeRules,
} from '../../../../model/releases';
import { composeDocuments } from '../../../../platform/core/yaml';
import { changeParts } from '../edits';

/** An outdated part of a file. */
export interface FoundPart extends Pick<OutdatedPart, 'rule' | 'name'> {
  /** Place in the text before the upgrade. */
  readonly position: Position;
  /** Whether the part was changed; otherwise, it has to be changed by hand. */
  readonly isChanged: boolean;
}

export interface UpgradedText {
  readonly text: string;
  readonly parts: readonly FoundPart[];
  /** Whether some document can't be read, such as one with template syntax. */
  readonly isPartlyUnread: boolean;
}

/** Maximum length of all texts that the changes of a file parse. The parts after it are left to be changed by hand. */
const MAX_PARSED = 5_000_000;

/** Some editors begin a file with it. It isn't part of the YAML. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Updates the outdated parts of the documents in a YAML file. All other bytes stay the same.
 *
 * @param path - by which an app-config and a `mkdocs.yml` are recognized
 */
export function upgradeText(
  text: string,
  path: string,
  options: ReleaseRange & { readonly maxParsed?: number },
): UpgradedText {
  if (text.startsWith(BYTE_ORDER_MARK)) {
    const upgraded = upgradeText(text.slice(BYTE_ORDER_MARK.length), path, options);
    return { ...upgraded, text: BYTE_ORDER_MARK + upgraded.text };
  }
  const { maxParsed = MAX_PARSED, ...range } = options;
  let current = '';
  let isPartlyUnread = false;
  let budget = maxParsed;
  const parts: FoundPart[] = [];
  if (!MARKERS.some(marker => text.includes(marker))) return { text, parts, isPartlyUnread };
  const lines = new LineIndex(text);
  const isConfig = /(?:^|\/)(?:app-config(?:\.[\w.-]+)?|mkdocs)\.ya?ml$/.test(path);
  for (const { document, base, start, end } of composeDocuments(text)) {
    // Each change parses the document again, and not those around it.
    let own = text.slice(start, end);
    const value = document && valueOf(document);
    if (!document || value === undefined) {
      isPartlyUnread ||= document?.errors.length !== 0;
      current += own;
      continue;
    }
    for (const part of outdatedParts(value, { ...range, config: isConfig ? path : undefined })) {
      budget -= own.length * part.changes.length;
      const changed = budget > 0 && changeParts(own, { document: 0, changes: part.changes });
      const isChanged = part.changes.length > 0 && changed !== false && changed.ok;
      if (isChanged) own = changed.value;
      const position = lines.positionAt(base + offsetOf(document, part));
      parts.push({ rule: part.rule, name: part.name, position, isChanged });
    }
    current += own;
  }
  const ordered = parts.toSorted((a, b) => comparePositions(a.position, b.position));
  return { text: current, parts: ordered, isPartlyUnread };
}

/** Names by which files without outdated parts are recognized without parsing. */
const MARKERS: readonly string[] = [
  ...new Set(
    upgradeRules.flatMap(({ target }) => {
      switch (target.type) {
        case 'field':
        case 'config':
          return target.path.at(-1) ?? [];
        case 'annotation':
          return target.key;
        case 'input':
        case 'action':
          return target.action;
        case 'option':
          return target.name;
        case 'apiVersion':
          return target.apiVersion;
      }
    }),
  ),
];

/** Returns undefined if the document has errors, or aliases with too large an expansion. */
function valueOf(document: Document.Parsed): unknown {
  if (document.errors.length) return undefined;
  try {
    return document.toJS() ?? undefined;
  } catch {
    // The command lists the file as not checked.
    return undefined;
  }
}

/** Returns the offset of the key or value at a path, or of the nearest one around it. */
function offsetOf({ contents }: Document.Parsed, { path, at }: OutdatedPart): number {
  const around = at === 'key' ? path.slice(0, -1) : path;
  const node = nodeAt(contents, around);
  const key =
    at === 'key' && isMap(node)
      ? node.items.find(pair => isScalar(pair.key) && pair.key.value === path.at(-1))?.key
      : undefined;
  return (isNode(key) ? key.range?.[0] : node?.range?.[0]) ?? 0;
}

function nodeAt(root: unknown, path: PartPath): Node | undefined {
  let node = isNode(root) ? root : undefined;
  for (const key of path) {
    const child: unknown = isMap(node)
      ? node.items.find(pair => isScalar(pair.key) && pair.key.value === key)?.value
      : isSeq(node)
        ? node.items[Number(key)]
        : undefined;
    if (!isNode(child)) return node;
    node = child;
  }
  return node;
}
