import {
  type CancellationToken,
  type Connection,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver';
import type { Refactoring } from '../api';
import { withoutLinks } from '../base';
import {
  changeOwner,
  type LanguageContext,
  moveToNamespace,
  type PlanResult,
  prepareRename,
  refactoringPlanOf,
  renameEntity,
  workspaceEditOf,
} from '../language';
import { planRefactoring, type PlannedRefactoring } from '../protocol';
import { abortSignalOf, cancelledError } from './abortSignal';
import type { OpenTexts } from './openTexts';
import type { ServerSettings } from './serverSettings';

export interface RefactoringsDeps {
  readonly connection: Connection;
  readonly texts: OpenTexts;
  readonly context: LanguageContext;
  readonly settings: ServerSettings;
  /** Whether the client tells edits apart by annotations, and asks about those that need it. */
  readonly hasAnnotations: () => boolean;
}

/** Answers what asks for changes in many files: the editor's Rename, and Callboard's own refactorings. */
export function answerRefactorings(deps: RefactoringsDeps): void {
  const { connection, texts, context } = deps;
  connection.onPrepareRename(({ textDocument, position }) => {
    const text = texts.find(textDocument.uri)?.yaml;
    if (!text) return null;
    const prepared = prepareRename(context, text, text.offsetAt(position));
    if (!prepared.ok) throw refused(prepared.error);
    const { range, placeholder } = prepared.value;
    return { range, placeholder };
  });
  connection.onRenameRequest(async ({ textDocument, position, newName }, token) => {
    const text = texts.find(textDocument.uri)?.yaml;
    if (!text) return null;
    const prepared = prepareRename(context, text, text.offsetAt(position));
    if (!prepared.ok) throw refused(prepared.error);
    const { ref: entityRef } = prepared.value;
    const planned = await plan({ type: 'rename', entityRef, newName }, deps, token);
    if (!planned) throw cancelledError();
    if (!planned.ok) throw refused(planned.error);
    const { warnings } = planned.value;
    // One message, in which editors must find no links.
    if (warnings.length) connection.window.showWarningMessage(withoutLinks(warnings.join(' ')));
    return workspaceEditOf(planned.value, { annotated: deps.hasAnnotations() });
  });
  connection.onRequest(planRefactoring, async (refactoring, token): Promise<PlannedRefactoring> => {
    const planned = await plan(refactoring, deps, token);
    if (!planned) throw cancelledError();
    return planned.ok ? { ok: true, value: refactoringPlanOf(planned.value) } : planned;
  });
}

function plan(
  refactoring: Refactoring,
  { context, texts, settings }: RefactoringsDeps,
  token: CancellationToken,
): Promise<PlanResult> {
  const signal = abortSignalOf(token);
  const moreFiles = texts.uris();
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
