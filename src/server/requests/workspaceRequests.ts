import type {
  CancellationToken,
  Connection,
  TextDocumentPositionParams,
} from 'vscode-languageserver';
import {
  incomingCalls,
  type LanguageContext,
  outgoingCalls,
  prepareHierarchy,
  subtypes,
  supertypes,
  workspaceSymbols,
} from '../../features/authoring/language';
import type { Clock } from '../../platform/core/ports';
import type { OpenTexts } from '../texts/openTexts';
import { abortSignalOf, throwIfCancelled, unlessCancelled } from './abortSignal';

export interface WorkspaceRequestsDeps {
  readonly connection: Connection;
  readonly texts: OpenTexts;
  readonly context: LanguageContext;
  readonly clock: Clock;
}

/** Answers requests about the whole catalog. */
export function answerWorkspaceRequests({
  connection,
  texts,
  context,
  clock,
}: WorkspaceRequestsDeps): void {
  /** Lets pending cancellations be read first, which are frequent during typing and save work. */
  const wanted =
    <Params, Answer>(answer: (params: Params, signal: AbortSignal) => Promise<readonly Answer[]>) =>
    (params: Params, token: CancellationToken): Promise<Answer[]> => {
      const signal = abortSignalOf(token);
      const answered = async (): Promise<Answer[]> => {
        await clock.yield();
        throwIfCancelled(signal);
        return [...(await answer(params, signal))];
      };
      return unlessCancelled(signal, answered());
    };
  const prepare = ({ textDocument, position }: TextDocumentPositionParams) => {
    const text = texts.find(textDocument.uri)?.yaml;
    const items = text ? prepareHierarchy(context, text, text.offsetAt(position)) : [];
    return items.length ? [...items] : null;
  };

  connection.onWorkspaceSymbol(
    wanted(({ query }, signal) => workspaceSymbols(context, query, signal)),
  );
  const calls = connection.languages.callHierarchy;
  calls.onPrepare(prepare);
  calls.onIncomingCalls(wanted(({ item }, signal) => incomingCalls(context, item, signal)));
  calls.onOutgoingCalls(wanted(({ item }, signal) => outgoingCalls(context, item, signal)));
  const types = connection.languages.typeHierarchy;
  types.onPrepare(prepare);
  types.onSupertypes(wanted(({ item }, signal) => supertypes(context, item, signal)));
  types.onSubtypes(wanted(({ item }, signal) => subtypes(context, item, signal)));
}
