import type { Translate } from '../../base';

interface RelationRow {
  readonly type: string;
  readonly label: string;
  /** Whether it says that somebody else's descriptor refers to this entity. */
  readonly incoming: boolean;
}

/**
 * The titles that Backstage's catalog model declares for its relations
 * (`packages/catalog-model/src/kinds`), with a capital; first what an entity belongs to.
 */
const rows = [
  { type: 'ownedBy', label: 'Owned by', incoming: false },
  { type: 'partOf', label: 'Part of', incoming: false },
  { type: 'memberOf', label: 'Member of', incoming: false },
  { type: 'childOf', label: 'Child of', incoming: false },
  { type: 'parentOf', label: 'Parent of', incoming: true },
  { type: 'hasMember', label: 'Has member', incoming: true },
  { type: 'hasPart', label: 'Has part', incoming: true },
  { type: 'providesApi', label: 'Provides API', incoming: false },
  { type: 'consumesApi', label: 'Consumes API', incoming: false },
  { type: 'dependsOn', label: 'Depends on', incoming: false },
  { type: 'apiProvidedBy', label: 'API provided by', incoming: true },
  { type: 'apiConsumedBy', label: 'API consumed by', incoming: true },
  { type: 'dependencyOf', label: 'Dependency of', incoming: true },
  { type: 'ownerOf', label: 'Owner of', incoming: true },
] as const satisfies readonly RelationRow[];
// By their literal types translators are given the texts.
type Row = (typeof rows)[number] & { readonly order: number };
const byType = new Map<string, Row>(rows.map((row, index) => [row.type, { ...row, order: index }]));

/** What a relation is called: for a type of somebody's own, its words (`deployedTo`: Deployed to). */
export function relationLabel(type: string, translate: Translate): string {
  const row = byType.get(type);
  if (row) return translate(row.label);
  const words = type.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[-_]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}

/** Orders relation types for display: known ones as above, others after them by name. */
export function compareRelationTypes(a: string, b: string): number {
  const order = (byType.get(a)?.order ?? rows.length) - (byType.get(b)?.order ?? rows.length);
  return order || (a < b ? -1 : a > b ? 1 : 0);
}

/**
 * Whether a relation of an entity comes from somebody else's descriptor. Of relations that Backstage
 * does not know, nobody can tell; they count, so that none is hidden.
 */
export function isIncomingRelation(type: string): boolean {
  return byType.get(type)?.incoming ?? true;
}
