import type { CardContent, CardTreeItem, Inline, LinkTarget } from '../../../../api';

/** What a content names: the entities it shows or leads to, and all places that it leads to. */
export interface ContentParts {
  readonly entityRefs: Set<string>;
  readonly targets: LinkTarget[];
}

/** Of a list, so many entities are told of with it: pages ask for the others when somebody wants them. */
export const TOLD_OF_A_LIST = 100;

export function noParts(): ContentParts {
  return { entityRefs: new Set(), targets: [] };
}

/** Adds what a content names to the parts. */
export function collectParts(content: CardContent, parts: ContentParts): void {
  switch (content.type) {
    case 'entities':
      for (const ref of content.entityRefs.slice(0, TOLD_OF_A_LIST)) parts.entityRefs.add(ref);
      addTarget(content.more?.target, parts);
      break;
    case 'links':
      for (const { target } of content.links) addTarget(target, parts);
      break;
    case 'code':
      addTarget(content.source, parts);
      break;
    case 'tree':
      for (const item of content.items) addItem(item, parts);
      break;
    case 'bars':
      for (const { target } of content.bars) addTarget(target, parts);
      break;
    case 'problems':
      for (const { entityRef, file, range, related } of content.problems) {
        if (entityRef !== undefined) parts.entityRefs.add(entityRef);
        if (file !== undefined) addTarget({ type: 'source', file, range }, parts);
        for (const place of related ?? []) {
          addTarget({ type: 'source', file: place.file, range: place.range }, parts);
        }
      }
      break;
    case 'fields':
    case 'profile':
      for (const { value } of content.fields) for (const piece of value) addInline(piece, parts);
      break;
    case 'choices':
      for (const choice of content.choices) collectParts(choice.content, parts);
      break;
    case 'message':
      for (const ref of content.entityRefs ?? []) parts.entityRefs.add(ref);
      for (const { target } of content.actions ?? []) addTarget(target, parts);
      break;
    case 'sections':
      for (const section of content.sections) collectParts(section.content, parts);
      break;
    case 'text':
    case 'labels':
    case 'graph':
    case 'docs':
      break;
  }
}

function addInline(piece: Inline, parts: ContentParts): void {
  if (piece.type === 'entity') parts.entityRefs.add(piece.entityRef);
  if (piece.type === 'change') addInline(piece.piece, parts);
  if (piece.type === 'link' || piece.type === 'badge') addTarget(piece.target, parts);
}

function addItem({ target, children, content }: CardTreeItem, parts: ContentParts): void {
  addTarget(target, parts);
  for (const child of children ?? []) addItem(child, parts);
  if (content) collectParts(content, parts);
}

function addTarget(target: LinkTarget | undefined, parts: ContentParts): void {
  if (!target) return;
  parts.targets.push(target);
  if (target.type === 'entity') parts.entityRefs.add(target.entityRef);
}
