import type { Translate } from '../../base';

interface KindRow {
  readonly kind: string;
  /** A codicon close to the icon that Backstage's app shows for the kind. */
  readonly icon: string;
  readonly plural: string;
}

/** In the order in which people look for them; Backstage has icons for these kinds, no order. */
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
// By their literal types translators are given the texts.
type Row = (typeof rows)[number] & { readonly order: number };
const byKind = new Map<string, Row>(rows.map((row, index) => [row.kind, { ...row, order: index }]));

/** The codicon of a kind, in any letter case. */
export function kindIcon(kind: string): string {
  return byKind.get(kind.toLowerCase())?.icon ?? 'symbol-misc';
}

/** What several entities of a kind are called; a kind of somebody's own keeps its name. */
export function kindPlural(kind: string, translate: Translate): string {
  const row = byKind.get(kind.toLowerCase());
  return row ? translate(row.plural) : kind;
}

/** Whether a kind is one that needs no entity to be named: others are written as their entities do. */
export function isKnownKind(kind: string): boolean {
  return byKind.has(kind.toLowerCase());
}

/** Where a kind stands among the others; unknown kinds share the last place. */
export function kindOrder(kind: string): number {
  return byKind.get(kind.toLowerCase())?.order ?? rows.length;
}

/** Names of LSP's and VS Code's kinds of symbols: editors have icons for kinds of code, not for ours. */
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

export type KindSymbol = (typeof symbols)[keyof typeof symbols] | 'Struct';

/** What an entity looks like among symbols. @param kind - in any letter case */
export function symbolOfKind(kind: string | undefined): KindSymbol {
  const key = kind?.toLowerCase() ?? '';
  const isKnown = (name: string): name is keyof typeof symbols => Object.hasOwn(symbols, name);
  return isKnown(key) ? symbols[key] : 'Struct';
}
