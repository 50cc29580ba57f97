import { capitalize, ownValue, type Translate } from '../../base';
import { noModelNames } from './modelNames';

interface KindRow {
  readonly kind: string;
  /** A codicon similar to the kind's icon in Backstage's app. */
  readonly icon: string;
  readonly plural: string;
}

/** Display order of kinds; Backstage has icons for them, but no order. */
const rows = [
  { kind: 'component', icon: 'chip', plural: 'Components' },
  { kind: 'api', icon: 'plug', plural: 'APIs' },
  { kind: 'resource', icon: 'database', plural: 'Resources' },
  { kind: 'system', icon: 'layers', plural: 'Systems' },
  { kind: 'domain', icon: 'map', plural: 'Domains' },
  { kind: 'group', icon: 'organization', plural: 'Groups' },
  { kind: 'user', icon: 'person', plural: 'Users' },
  { kind: 'template', icon: 'wand', plural: 'Templates' },
  { kind: 'airesource', icon: 'sparkle', plural: 'AI Resources' },
  { kind: 'location', icon: 'location', plural: 'Locations' },
] as const satisfies readonly KindRow[];
// Literal types let translators find the texts.
type Row = (typeof rows)[number] & { readonly order: number };
const byKind = new Map<string, Row>(rows.map((row, index) => [row.kind, { ...row, order: index }]));

/** Returns the codicon of a kind, in any case. */
export function kindIcon(kind: string): string {
  return byKind.get(kind.toLowerCase())?.icon ?? 'symbol-misc';
}

/**
 * Returns the plural name of a kind. A custom kind that the model doesn't name keeps its name.
 *
 * @param names - `names` of the catalog
 */
export function kindPlural(kind: string, translate: Translate, names = noModelNames): string {
  const own = ownValue(names.plurals, kind.toLowerCase());
  if (own !== undefined) return capitalize(own);
  const row = byKind.get(kind.toLowerCase());
  return row ? translate(row.plural) : kind;
}

/** Whether a kind has a presentation of its own; other kinds are shown as their entities spell them. */
export function isKnownKind(kind: string): boolean {
  return byKind.has(kind.toLowerCase());
}

/** Returns the display position of a kind; unknown kinds share the last one. */
export function kindOrder(kind: string): number {
  return byKind.get(kind.toLowerCase())?.order ?? rows.length;
}

/** Names of LSP's and VS Code's symbol kinds: editors have no icons for entity kinds. */
const symbols = {
  component: 'Class',
  api: 'Interface',
  resource: 'Object',
  system: 'Package',
  domain: 'Namespace',
  group: 'Module',
  user: 'Constant',
  location: 'File',
  template: 'Function',
  airesource: 'Event',
} as const;

/** Name of a symbol kind. */
export type KindSymbol = (typeof symbols)[keyof typeof symbols] | 'Struct';

/** Returns the symbol kind of an entity kind, in any case. */
export function symbolOfKind(kind: string | undefined): KindSymbol {
  const key = kind?.toLowerCase() ?? '';
  const isKnown = (name: string): name is keyof typeof symbols => Object.hasOwn(symbols, name);
  return isKnown(key) ? symbols[key] : 'Struct';
}

const templateIcons: ReadonlyMap<string, string> = new Map([
  ['documentation', 'book'],
  ['library', 'library'],
  ['plugin', 'extensions'],
  ['service', 'server-process'],
  ['system', 'symbol-namespace'],
  ['website', 'browser'],
]);

/** Returns the codicon of a template type, in any case. */
export function templateIcon(type: string): string {
  return templateIcons.get(type.toLowerCase()) ?? 'wand';
}
