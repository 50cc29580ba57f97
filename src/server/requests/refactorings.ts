import {
  type CancellationToken,
  type Connection,
  ErrorCodes,
  LSPErrorCodes,
  MessageType,
  ResponseError,
  type ServerCapabilities,
  type TextDocumentPositionParams,
  ShowMessageNotification,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Refactoring } from '../../api';
import { isRecord, type Result, textsIn, translate } from '../../base';
import {
  changeOwner,
  type LanguageContext,
  moveToNamespace,
  type PlanResult,
  type PositionRequest,
  prepareRename,
  refactoringPlanOf,
  renameEntity,
  workspaceEditOf,
} from '../../features/authoring/language';
import { planRefactoring, type PlannedRefactoring } from '../../features/authoring/protocol';
import { withoutLinks } from '../../platform/core';
import type { FileChange } from '../../platform/core/ports';
import type { DocsLanguage } from '../catalog/catalogSource';
import type { ServerSettings } from '../serverSettings';
import { canonicalUri, isUntitled, isYaml, type OpenTexts } from '../texts/openTexts';
import { abortSignalOf, cancelledError, unlessCancelled } from './abortSignal';

/** The command of refactorings for editors without Callboard's commands; its argument is a `Refactoring`. */
const REFACTOR = 'callboard.refactor';
export const refactorCommand: ServerCapabilities = {
  executeCommandProvider: { commands: [REFACTOR] },
};

type Docs = Pick<DocsLanguage, 'prepareRename' | 'rename'>;

export interface RefactoringsDeps {
  readonly connection: Connection;
  readonly texts: OpenTexts;
  readonly context: LanguageContext;
  readonly settings: ServerSettings;
  /** Renames in texts that aren't YAML. */
  readonly docs: Docs | undefined;
  /** Called with files that the client has changed, since some clients don't watch files. */
  readonly filesChanged: (changes: readonly FileChange[]) => void;
}

/** Answers requests that change many files: the editor's Rename, and Callboard's refactorings. */
export function answerRefactorings(deps: RefactoringsDeps): void {
  const { connection, texts, context } = deps;
  const inDocs = async <T>(
    { textDocument, position }: TextDocumentPositionParams,
    token: CancellationToken,
    ask: (docs: Docs, request: PositionRequest) => Promise<Result<T> | undefined>,
  ): Promise<T | undefined> => {
    const open = texts.find(textDocument.uri);
    if (!deps.docs || !open || isYaml(open)) return undefined;
    const text = open.yaml;
    const signal = abortSignalOf(token);
    const request = { context, text, position, offset: text.offsetAt(position), signal };
    const answer = await unlessCancelled(signal, ask(deps.docs, request));
    if (answer && !answer.ok) throw refused(answer.error);
    return answer?.value;
  };
  connection.onPrepareRename(async (params, token) => {
    const { textDocument, position } = params;
    const text = texts.find(textDocument.uri)?.yaml;
    if (!text) return null;
    const found = await inDocs(params, token, (docs, request) => docs.prepareRename(request));
    if (found) return found;
    const prepared = prepareRename(context, text, text.offsetAt(position));
    if (!prepared.ok) throw refused(prepared.error);
    const { range, placeholder } = prepared.value;
    return { range, placeholder };
  });
  connection.onRenameRequest(async (params, token) => {
    const { textDocument, position, newName } = params;
    const text = texts.find(textDocument.uri)?.yaml;
    if (!text) return null;
    const edit = await inDocs(params, token, (docs, request) => docs.rename(request, newName));
    if (edit) return edit;
    const prepared = prepareRename(context, text, text.offsetAt(position));
    if (!prepared.ok) throw refused(prepared.error);
    const { ref: entityRef } = prepared.value;
    return editFor({ type: 'rename', entityRef, newName }, deps, token);
  });
  connection.onExecuteCommand(async ({ command, arguments: [argument] = [] }, token) => {
    const refactoring = command === REFACTOR ? readRefactoring(argument) : undefined;
    if (!refactoring) {
      const message = `${command} takes { type: "rename", entityRef, newName }, { type: "moveToNamespace", entityRef, namespace } or { type: "changeOwner", entityRefs, owner }`;
      throw new ResponseError(ErrorCodes.InvalidParams, message);
    }
    const edit = await editFor(refactoring, deps, token);
    const { applied, failureReason } = await connection.workspace.applyEdit(edit);
    if (!applied) throw refused(failureReason ?? translate('The editor rejected the changes.'));
    deps.filesChanged(changesBy(edit));
    return null;
  });
  connection.onRequest(planRefactoring, async (refactoring, token): Promise<PlannedRefactoring> => {
    const planned = await plan(refactoring, deps, token);
    if (!planned) throw cancelledError();
    return planned.ok ? { ok: true, value: refactoringPlanOf(planned.value) } : planned;
  });
}

/** Returns the edit, after showing its warnings. @throws ResponseError */
async function editFor(
  refactoring: Refactoring,
  deps: RefactoringsDeps,
  token: CancellationToken,
): Promise<WorkspaceEdit> {
  const planned = await plan(refactoring, deps, token);
  if (!planned) throw cancelledError();
  if (!planned.ok) throw refused(planned.error);
  const edit = workspaceEditOf(planned.value, deps.context.edits);
  if (!edit) throw refused(translate("This editor can't move files."));
  const { warnings } = planned.value;
  if (warnings.length) {
    // One message without links. `window.showWarningMessage` would be a request, which editors may not support, and an
    // error response would end the server.
    const message = withoutLinks(warnings.join(' '));
    const { connection } = deps;
    await connection.sendNotification(ShowMessageNotification.type, {
      type: MessageType.Warning,
      message,
    });
  }
  return edit;
}

/** Returns the file changes of an edit. */
function changesBy({ changes = {}, documentChanges = [] }: WorkspaceEdit): readonly FileChange[] {
  return [
    ...Object.keys(changes).map((uri): FileChange => ({ type: 'changed', uri })),
    ...documentChanges.flatMap((change): readonly FileChange[] => {
      if ('textDocument' in change) return [{ type: 'changed', uri: change.textDocument.uri }];
      if (change.kind !== 'rename') return [];
      return [
        { type: 'deleted', uri: change.oldUri },
        { type: 'created', uri: change.newUri },
      ];
    }),
  ];
}

/** Validates a refactoring, since a client can send anything. */
function readRefactoring(value: unknown): Refactoring | undefined {
  if (!isRecord(value)) return undefined;
  const { type, entityRef, entityRefs, newName, moveFile, namespace, owner } = value;
  if (type === 'changeOwner') {
    const refs = textsIn(entityRefs);
    if (!refs.length || typeof owner !== 'string') return undefined;
    return { type, entityRefs: refs.map(ref => ref.toLowerCase()), owner };
  }
  if (typeof entityRef !== 'string') return undefined;
  const ref = entityRef.toLowerCase();
  if (type === 'moveToNamespace' && typeof namespace === 'string') {
    return { type, entityRef: ref, namespace };
  }
  if (type !== 'rename' || typeof newName !== 'string') return undefined;
  const target = typeof moveFile === 'string' ? canonicalUri(moveFile) : undefined;
  return { type, entityRef: ref, newName, ...(target !== undefined && { moveFile: target }) };
}

/** @throws ResponseError if the request is cancelled */
function plan(
  refactoring: Refactoring,
  deps: RefactoringsDeps,
  token: CancellationToken,
): Promise<PlanResult> {
  const signal = abortSignalOf(token);
  return unlessCancelled(signal, planOf(refactoring, deps, signal));
}

function planOf(
  refactoring: Refactoring,
  { context, texts, settings }: RefactoringsDeps,
  signal: AbortSignal,
): Promise<PlanResult> {
  const moreFiles = [...texts.uris()].filter(uri => !isUntitled(uri));
  switch (refactoring.type) {
    case 'rename': {
      const { entityRef: ref, newName, moveFile } = refactoring;
      const ownerMapping = settings.current.codeownersOwners;
      return renameEntity(context, { ref, newName, moveFile, moreFiles, ownerMapping }, signal);
    }
    case 'moveToNamespace': {
      const { entityRef: ref, namespace } = refactoring;
      return moveToNamespace(context, { ref, namespace, moreFiles }, signal);
    }
    case 'changeOwner': {
      const { entityRefs: refs, owner } = refactoring;
      return changeOwner(context, { refs, owner, moreFiles }, signal);
    }
  }
}

function refused(reason: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, reason);
}
