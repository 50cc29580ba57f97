import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver-types';
import { isScalar, isSeq, type ParsedNode } from 'yaml';
import { compareCodeUnits, translate } from '../../../../../base';
import { builtinRelationRules, shortenEntityRef } from '../../../../../model';
import { TimeSlicer } from '../../../../../platform/core';
import type { CatalogEntity } from '../../catalogView';
import { type RefField, refFieldAt, refsIn } from '../../descriptors/writtenRefs';
import { nodeAt } from '../../documents/cursor';
import { likeliest, type Ranked } from '../../entities/likeliest';
import type { CompletionItems } from '../../languageProvider';
import { closenessIn, relationTarget } from '../closeness';
import { type CompletionPlace, valueEdit } from '../completionPlace';
import { MAX_ITEMS, sortTextOf, tierOf } from '../valueItems';
import { plainOrQuoted } from '../yamlScalars';
import { type OfferedEntity, remoteOffers } from './remoteOffers';

/** Completes the entities that a field of refs allows, those closest to the document first. */
export async function completeRefs(place: CompletionPlace): Promise<CompletionItems | undefined> {
  const { site, descriptor, request } = place;
  const { catalog } = request.context;
  const field = descriptor && refFieldAt(site.path, descriptor, catalog.kinds);
  if (!field) return undefined;
  const shape = shapeAt(place, field);
  if (!shape) return undefined;
  const listed = new Set(
    refsIn(site.placed, catalog.kinds)
      .filter(ref => ref.field.field === field.field)
      .filter(({ scalar }) => scalar.end < site.start || scalar.start > site.end)
      .map(({ targetRef }) => targetRef),
  );
  const closeness = closenessIn(place, field);
  // Sources answer while the catalog is searched.
  const pendingRemote = remoteOffers(place, field);
  const found: Ranked<OfferedEntity>[] = [];
  const consider = (entity: OfferedEntity): void => {
    if (entity.ref === descriptor.ref || listed.has(entity.ref)) return;
    const tier = tierOfEntity(place.typed, entity);
    if (tier === undefined) return;
    const uses = Math.min(catalog.referrerCount(entity.ref), MAX_USES);
    const worth = (WORST_TIER - tier) * CLOSENESSES + closeness(entity);
    found.push({ entity, rank: -(worth * (MAX_USES + 1) + uses) });
  };
  const slices = new TimeSlicer();
  // A copy, because entities may change in the pauses.
  for (const entity of Array.from(entitiesFor(place, field))) {
    if (slices.isOver) await slices.pause();
    if (request.signal.aborted) return undefined;
    consider(entity);
  }
  const remote = await pendingRemote;
  if (request.signal.aborted) return undefined;
  for (const entity of remote.entities) consider(entity);
  const best = likeliest(
    found,
    MAX_ITEMS,
    (a, b) => compareCodeUnits(a.name, b.name) || compareCodeUnits(a.ref, b.ref),
  );
  return {
    items: best.map((entity, index) => item(place, { field, entity, index, shape })),
    isIncomplete: found.length > best.length || !remote.isComplete,
  };
}

/** The notation of a ref: as it is; in brackets for a field that needs a list; or with a dash on its own line. */
type Shape = 'ref' | 'list' | 'item';

/** Fields with a single ref; all other ref fields of built-in kinds are lists. */
const SINGLE = /^spec\.(?:owner|system|subcomponentOf|domain|subdomainOf|parent)$/;

/** Returns undefined if a ref isn't allowed. */
function shapeAt(place: CompletionPlace, { rule }: RefField): Shape | undefined {
  const { site } = place;
  const isItem = typeof site.path.at(-1) === 'number';
  const isSingle =
    rule === undefined ||
    (rule.isList === undefined && SINGLE.test(rule.field)) ||
    rule.isList === false;
  // Settings don't state whether declared fields are lists.
  const isList = !isSingle && (rule.isList ?? builtinRelationRules.includes(rule));
  if (site.at === 'value') {
    if (isItem) return isSingle ? undefined : 'ref';
    if (!isList) return 'ref';
    return site.quote ? undefined : 'list';
  }
  if (isItem || !rule || site.isFlow) return undefined;
  const node = nodeAt(site.placed, site.path);
  // The line below the key is empty, or has the text being typed.
  const isFree = node === undefined || (isScalar(node) && node.value === null);
  if (isFree || site.prefix !== '') return isList && !site.quote ? 'item' : 'ref';
  return isList && isSeq(node) && columnOf(place, node) === site.indent ? 'item' : undefined;
}

function columnOf({ request, site }: CompletionPlace, node: ParsedNode): number {
  const start = site.placed.part.spanOf(node)?.[0] ?? 0;
  return request.text.positionAt(site.placed.start + start).character;
}

function* entitiesFor({ request }: CompletionPlace, field: RefField): Iterable<CatalogEntity> {
  const { catalog } = request.context;
  if (!field.kinds) yield* catalog.entities();
  else for (const kind of field.kinds) yield* catalog.entities(kind);
}

/** Matches the typed text with the name, namespace and name, whole ref or title. */
function tierOfEntity(typed: string, { ref, title }: CatalogEntity): number | undefined {
  if (typed === '') return 0;
  const colon = ref.indexOf(':');
  const slash = ref.indexOf('/', colon);
  const name = ref.slice(slash + 1);
  if (typed.includes('/')) {
    return tierOf(typed, typed.includes(':') ? ref : ref.slice(colon + 1));
  }
  if (typed.includes(':')) {
    if (!ref.startsWith(typed.slice(0, typed.indexOf(':') + 1))) return undefined;
    const tier = tierOf(typed.slice(typed.indexOf(':') + 1), name);
    return tier ?? (ref.startsWith(typed) ? 2 : undefined);
  }
  const tier = tierOf(typed, name);
  if (tier !== undefined) return tier;
  // The start of the kind or the namespace.
  if (ref.startsWith(typed) || ref.startsWith(typed, colon + 1)) return 2;
  return title !== undefined && title.toLowerCase().includes(typed) ? 2 : undefined;
}

const WORST_TIER = 3;
const CLOSENESSES = 32;
const MAX_USES = 1e6;

interface ItemOptions {
  readonly field: RefField;
  readonly entity: OfferedEntity;
  readonly index: number;
  readonly shape: Shape;
}

function item(
  place: CompletionPlace,
  { field, entity, index, shape }: ItemOptions,
): CompletionItem {
  const { namespace, name, title, description, source } = entity;
  const kind = entity.kind.toLowerCase();
  const ref = shortenEntityRef({ kind, namespace, name }, field);
  const owner = relationTarget(entity, 'ownedBy');
  const ownerName = owner && shortenEntityRef(owner, { defaultKind: 'Group' });
  const line = title && oneLine(title);
  const about = description && plainText(description);
  const beside = [
    line,
    ownerName && translate('owned by {0}', ownerName),
    source && translate('on {0}', source),
  ];
  return {
    label: ref,
    kind: CompletionItemKind.Reference,
    labelDetails: {
      ...(line !== undefined && { detail: ` ${line}` }),
      description: [entity.kind, ownerName, source].filter(Boolean).join(' · '),
    },
    detail: [entity.kind, ...beside].filter(Boolean).join(' · '),
    // Plain text, because it is untrusted.
    ...(about && { documentation: { kind: 'plaintext', value: cut(about) } }),
    sortText: sortTextOf(index),
    filterText: filterTextOf(place, ref, { title: line, full: `${kind}:${namespace}/${name}` }),
    textEdit:
      shape === 'ref'
        ? valueEdit(place, ref)
        : {
            range: place.range,
            newText: shape === 'list' ? `[${plainOrQuoted(ref)}]` : `- ${plainOrQuoted(ref)}`,
          },
  };
}

/**
 * Returns the text that editors match with the typed text: all forms of the ref, except that shorter ones aren't
 * matched by common parts such as `default`.
 */
function filterTextOf(
  { site }: CompletionPlace,
  ref: string,
  { title, full }: { readonly title: string | undefined; readonly full: string },
): string {
  if (/[:/]/.test(site.prefix)) return `${full} ${ref}`;
  return `${ref}${title === undefined ? '' : ` ${title}`} ${full}`;
}

const MAX_TITLE = 80;
const MAX_DESCRIPTION = 500;

/** Returns text on one line, without bidirectional controls. */
function plainText(text: string): string {
  return text
    .replace(/[\u202A-\u202E\u2066-\u2069]/g, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

function oneLine(text: string): string {
  const line = plainText(text);
  return line.length > MAX_TITLE ? `${line.slice(0, MAX_TITLE)}…` : line;
}

function cut(text: string): string {
  return text.length > MAX_DESCRIPTION ? `${text.slice(0, MAX_DESCRIPTION).trimEnd()}…` : text;
}
