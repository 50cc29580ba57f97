import type {
  CallHierarchyItem,
  CancellationToken,
  Connection,
  Position,
  TypeHierarchyItem,
} from 'vscode-languageserver';
import {
  incomingCalls,
  type LanguageContext,
  outgoingCalls,
  prepareCallHierarchy,
  prepareTypeHierarchy,
  subtypes,
  supertypes,
  workspaceSymbols,
  type YamlText,
} from '../language';
import { abortSignalOf } from './abortSignal';
import type { OpenTexts } from './openTexts';

export interface WorkspaceRequestsDeps {
  readonly connection: Connection;
  readonly texts: OpenTexts;
  readonly context: LanguageContext;
}

/** Answers the requests about the whole catalog, from wherever they are asked. */
export function answerWorkspaceRequests({
  connection,
  texts,
  context,
}: WorkspaceRequestsDeps): void {
  type Prepare<Item> = (
    context: LanguageContext,
    text: YamlText,
    offset: number,
  ) => readonly Item[];
  const prepared =
    <Item>(prepare: Prepare<Item>) =>
    (params: { textDocument: { uri: string }; position: Position }): Item[] | null => {
      const text = texts.find(params.textDocument.uri)?.yaml;
      const items = text ? prepare(context, text, text.offsetAt(params.position)) : [];
      return items.length ? [...items] : null;
    };
  connection.onWorkspaceSymbol(({ query }, token: CancellationToken) => [
    ...workspaceSymbols(context, query, abortSignalOf(token)),
  ]);
  const calls = connection.languages.callHierarchy;
  calls.onPrepare(prepared<CallHierarchyItem>(prepareCallHierarchy));
  calls.onIncomingCalls(({ item }) => [...incomingCalls(context, item)]);
  calls.onOutgoingCalls(({ item }) => [...outgoingCalls(context, item)]);
  const types = connection.languages.typeHierarchy;
  types.onPrepare(prepared<TypeHierarchyItem>(prepareTypeHierarchy));
  types.onSupertypes(({ item }) => [...supertypes(context, item)]);
  types.onSubtypes(({ item }) => [...subtypes(context, item)]);
}
