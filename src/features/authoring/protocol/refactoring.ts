import { RequestType } from 'vscode-languageserver-protocol';
import type { Refactoring, RefactoringPlan } from '../../../api';

/** The plan, or a sentence that says why there is none. */
export type PlannedRefactoring =
  | { readonly ok: true; readonly value: RefactoringPlan }
  | { readonly ok: false; readonly error: string };

/** Client to server: what a refactoring would change. */
export const planRefactoring = new RequestType<Refactoring, PlannedRefactoring, void>(
  'callboard/planRefactoring',
);
