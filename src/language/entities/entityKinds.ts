import { SymbolKind } from 'vscode-languageserver-types';

/** What symbols of entities look like: editors have icons for kinds of code, not for ours. */
const symbolKinds: Readonly<Record<string, SymbolKind>> = {
  component: SymbolKind.Class,
  api: SymbolKind.Interface,
  resource: SymbolKind.Object,
  system: SymbolKind.Package,
  domain: SymbolKind.Namespace,
  group: SymbolKind.Module,
  user: SymbolKind.Constant,
  location: SymbolKind.File,
  template: SymbolKind.Function,
  airesource: SymbolKind.Event,
};

/** @param kind - in any letter case */
export function symbolKindOf(kind: string | undefined): SymbolKind {
  const key = kind?.toLowerCase() ?? '';
  return (Object.hasOwn(symbolKinds, key) ? symbolKinds[key] : undefined) ?? SymbolKind.Struct;
}
