import { capitalize, ownValue, type Translate } from '../../base';
import { noModelNames } from './modelNames';

interface RelationRow {
  readonly type: string;
  readonly label: string;
  /** Whether another entity's descriptor declares the relation. */
  readonly incoming: boolean;
}

/**
 * Titles that Backstage's catalog model declares for its relations
 * (`packages/catalog-model/src/kinds`), capitalized, starting with those to parents.
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
// Literal types let translators find the texts.
type Row = (typeof rows)[number] & { readonly order: number };
const byType = new Map<string, Row>(rows.map((row, index) => [row.type, { ...row, order: index }]));

/**
 * Returns the title of a relation; for types without one, their words (`deployedTo`: Deployed to).
 *
 * @param names - `names` of the catalog
 */
export function relationLabel(type: string, translate: Translate, names = noModelNames): string {
  const own = ownValue(names.relations, type);
  if (own !== undefined) return capitalize(own);
  const row = byType.get(type);
  if (row) return translate(row.label);
  const words = type.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[-_]+/g, ' ');
  return capitalize(words.toLowerCase());
}

/** Orders relation types for display: known ones as above, then others by name. */
export function compareRelationTypes(a: string, b: string): number {
  const order = (byType.get(a)?.order ?? rows.length) - (byType.get(b)?.order ?? rows.length);
  return order || (a < b ? -1 : a > b ? 1 : 0);
}

/**
 * Whether a relation is declared by another entity's descriptor. Unknown relation types count as
 * such, so that none is hidden.
 */
export function isIncomingRelation(type: string): boolean {
  return byType.get(type)?.incoming ?? true;
}
