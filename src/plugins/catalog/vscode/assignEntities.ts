import * as vscode from 'vscode';
import { withoutLinks } from '../../../base';
import type { Entity } from '../../../model';
import {
  type Assignment,
  type AssignmentRefusal,
  assignmentTo,
  entityTitle,
  shortOwnerRef,
} from '..';
import type { CatalogViewContext } from './catalogViewContext';

/** More reasons than these would fill the window. */
const MAX_REASONS = 3;

/**
 * Makes entities belong to another: writes its name into their descriptors as one step that can be
 * undone, and says which were left alone and why.
 */
export async function assignEntities(
  refs: readonly string[],
  target: Entity,
  context: CatalogViewContext,
): Promise<void> {
  const { catalog, edits } = context;
  const assignments: Assignment[] = [];
  const refused: { entityRef: string; reason: string }[] = [];
  for (const entityRef of new Set(refs)) {
    const entity = catalog.getEntityByRef(entityRef);
    const assignment = entity && assignmentTo(entity, target);
    if (assignment?.ok) assignments.push(assignment.value);
    else {
      const reason = assignment
        ? refusals(entity, target)[assignment.error]
        : vscode.l10n.t('It is not in the catalog.');
      refused.push({ entityRef, reason });
    }
  }
  const title = entityTitle(target);
  const label = vscode.l10n.t('Assign to {0}', title);
  const result = assignments.length ? await edits.setFields(assignments, { label }) : undefined;
  refused.push(...(result?.refused ?? []));
  if (refused.length) void reportRefused(refused, refs.length);
  if (!result) return;
  const { changed, unchanged } = result;
  const [first = ''] = changed;
  if (changed.length) {
    const message =
      changed.length === 1
        ? vscode.l10n.t('{0} is now assigned to {1}.', nameOf(first, context), title)
        : vscode.l10n.t('{0} entities are now assigned to {1}.', changed.length, title);
    void offerUndo(message, () => result.undo(), context);
  } else if (unchanged.length && !refused.length) {
    const message = vscode.l10n.t('Assigned to {0} already.', title);
    vscode.window.setStatusBarMessage(message, 3000);
  }
}

/** The same for entities that were dropped on a row, which may stand for none. */
export async function assignDropped(
  refs: readonly string[],
  targetRef: string | undefined,
  context: CatalogViewContext,
): Promise<void> {
  if (!refs.length) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('Only entities that are in the catalog can be assigned.'),
    );
    return;
  }
  // A row that is let go where it was.
  if (refs.length === 1 && refs[0] === targetRef) return;
  const target = targetRef === undefined ? undefined : context.catalog.getEntityByRef(targetRef);
  if (target) {
    await assignEntities(refs, target, context);
    return;
  }
  const message =
    targetRef === undefined
      ? refusals().target
      : vscode.l10n.t('{0} is not in the catalog, so nothing can be assigned to it.', targetRef);
  void vscode.window.showWarningMessage(withoutLinks(message));
}

async function offerUndo(
  message: string,
  undo: () => Promise<void>,
  { actions }: CatalogViewContext,
): Promise<void> {
  const answer = vscode.l10n.t('Undo');
  const chosen = await vscode.window.showInformationMessage(withoutLinks(message), answer);
  if (chosen === answer) await actions.run(answer, undo);
}

async function reportRefused(
  refused: readonly { entityRef: string; reason: string }[],
  total: number,
): Promise<void> {
  const reasons = refused
    .slice(0, MAX_REASONS)
    .map(({ entityRef, reason }) => `${shortOwnerRef(entityRef)}: ${reason}`)
    .join(' ');
  const message =
    total === 1
      ? vscode.l10n.t('Not changed: {0}', reasons)
      : vscode.l10n.t('{0} of {1} were not changed. {2}', refused.length, total, reasons);
  await vscode.window.showWarningMessage(withoutLinks(message));
}

function refusals(entity?: Entity, target?: Entity): Readonly<Record<AssignmentRefusal, string>> {
  return {
    target: vscode.l10n.t(
      'Drop on a Group or User to set the owner, on a System or Domain to set what it is part of.',
    ),
    kind: vscode.l10n.t('A {0} has no field for a {1}.', entity?.kind ?? '', target?.kind ?? ''),
    itself: vscode.l10n.t('It cannot be assigned to itself.'),
  };
}

function nameOf(ref: string, { catalog }: CatalogViewContext): string {
  const entity = catalog.getEntityByRef(ref);
  return entity ? entityTitle(entity) : ref;
}
