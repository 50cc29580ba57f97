import type { CodeAction, CodeActionKind } from 'vscode-languageserver-types';
import type { LanguageProvider } from '../languageProvider';
import { type ActionSource, FIX_ALL, isWanted, toCodeAction } from './actionSource';
import { addMissingField } from './fields/addMissingField';
import { changeType } from './fields/changeType';
import { updateField } from './fields/updateField';
import { useSuggestion } from './fields/useSuggestion';
import { addToLocation, createEntity } from './files/createEntity';
import { addDocs, extractDefinition } from './files/newFiles';
import { fixAll, removeReadOnly } from './fixAll';
import { ignoreProblem } from './ignoreProblem';
import { nearestPath } from './refs/nearestPath';
import { qualifyRef, rewriteRef } from './refs/rewriteRef';

/** Sources with the kinds of their actions, in the displayed order. */
const sources: readonly (readonly [CodeActionKind, ActionSource])[] = [
  ['quickfix', useSuggestion],
  ['quickfix', nearestPath],
  ['quickfix', qualifyRef],
  ['quickfix', addMissingField],
  ['quickfix', changeType],
  ['quickfix', removeReadOnly],
  ['quickfix', updateField],
  ['quickfix', createEntity],
  ['quickfix', ignoreProblem],
  ['refactor.rewrite', rewriteRef],
  ['refactor.extract', extractDefinition],
  ['refactor', addToLocation],
  ['refactor', addDocs],
  [FIX_ALL, fixAll],
];

/** Provides fixes for problems and refactorings at a place. */
export const codeActionProvider: LanguageProvider = {
  async codeActions(request) {
    const actions: CodeAction[] = [];
    for (const [kind, source] of sources) {
      if (request.signal.aborted) return [];
      if (!isWanted(kind, request.only)) continue;
      for (const offered of await source(request)) {
        const action = toCodeAction({ kind, ...offered }, request);
        if (action) actions.push(action);
      }
    }
    return actions;
  },
};
