import { SymbolKind } from 'vscode-languageserver-types';
import { symbolOfKind } from '../../../../model/presentation';

/** What symbols of entities look like. @param kind - in any letter case */
export function symbolKindOf(kind: string | undefined): SymbolKind {
  return SymbolKind[symbolOfKind(kind)];
}
