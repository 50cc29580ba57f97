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
