import * as vscode from 'vscode';
import {
  type Entity,
  entityTitle,
  shortOwnerRef,
  translateCount,
  withoutLinks,
} from '../../../../api';
import { type AssignableField, canAssign } from '..';
import { type Assignment, type AssignmentRefusal, assignmentTo } from '../assignmentTo';
import { resolveEntityRefs } from './entityArgument';
import { pickEntity } from './pickers/entityPicker';
import type { DraggedRow } from './tree/catalogDragAndDrop';
import type { CatalogViewContext } from './tree/catalogViewContext';

/** Maximum number of reasons in a message. */
const MAX_REASONS = 3;

interface Refused {
  readonly name: string;
  readonly reason: string;
}

/**
 * Assigns entities to another: writes its name into their descriptors in one undoable step, and
 * reports the entities that weren't changed.
 *
 * @param others - other dropped rows, which aren't entities
 */
export async function assignEntities(
  refs: readonly string[],
  target: Entity,
  context: CatalogViewContext,
  others: readonly Refused[] = [],
): Promise<void> {
  const { catalog, edits } = context;
  const assignments: Assignment[] = [];
  const refused = [...others];
  for (const entityRef of new Set(refs)) {
    const entity = catalog.getEntityByRef(entityRef);
    const assignment = entity && assignmentTo(entity, target);
    if (assignment?.ok) assignments.push(assignment.value);
    else {
      const reason = assignment
        ? refusals(entity, target)[assignment.error]
        : vscode.l10n.t('It is not in the catalog.');
      refused.push({ name: shortOwnerRef(entityRef), reason });
    }
  }
  const title = entityTitle(target);
  const label = vscode.l10n.t('Assign to {0}', title);
  const result = assignments.length ? await edits.setFields(assignments, { label }) : undefined;
  for (const { entityRef, reason } of result?.refused ?? []) {
    refused.push({ name: shortOwnerRef(entityRef), reason });
  }
  if (refused.length) void reportRefused(refused, refs.length + others.length);
  if (!result) return;
  const { changed, unchanged } = result;
  const [first = ''] = changed;
  if (changed.length) {
    const message =
      changed.length === 1
        ? vscode.l10n.t('{0} is now assigned to {1}.', nameOf(first, context), title)
        : translateCount(
            changed.length,
            {
              one: '{0} entity is now assigned to {1}.',
              other: '{0} entities are now assigned to {1}.',
            },
            title,
          );
    void offerUndo(message, () => result.undo(), context);
  } else if (unchanged.length && !refused.length) {
    const message = vscode.l10n.t('Already assigned to {0}.', title);
    vscode.window.setStatusBarMessage(message, 3000);
  }
}

/** Assigns dropped rows, which may not be entities. */
export async function assignDropped(
  rows: readonly DraggedRow[],
  targetRef: string | undefined,
  context: CatalogViewContext,
): Promise<void> {
  const reason = vscode.l10n.t('Only entities that are in the catalog can be assigned.');
  const refs = rows.flatMap(({ entityRef }) => entityRef ?? []);
  if (!refs.length) {
    void vscode.window.showWarningMessage(withoutLinks(reason));
    return;
  }
  // The row was dropped on itself.
  if (rows.length === 1 && refs[0] === targetRef) return;
  const target = targetRef === undefined ? undefined : context.catalog.getEntityByRef(targetRef);
  if (target) {
    const others = rows.filter(({ entityRef }) => entityRef === undefined);
    const refused = others.map(({ label }): Refused => ({ name: label, reason }));
    await assignEntities(refs, target, context, refused);
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

async function reportRefused(refused: readonly Refused[], total: number): Promise<void> {
  const reasons = refused
    .slice(0, MAX_REASONS)
    .map(({ name, reason }) => `${name}: ${reason}`)
    .join(' ');
  const message =
    total === 1
      ? vscode.l10n.t("Can't change the entity. {0}", reasons)
      : vscode.l10n.t("Didn't change {0} of {1}. {2}", refused.length, total, reasons);
  await vscode.window.showWarningMessage(withoutLinks(message));
}

function refusals(entity?: Entity, target?: Entity): Readonly<Record<AssignmentRefusal, string>> {
  return {
    target: vscode.l10n.t(
      'Drop on a Group or User to set the owner, or on a System or Domain to set the parent.',
    ),
    kind: vscode.l10n.t(
      "Can't assign entities of kind {0} to entities of kind {1}.",
      entity?.kind ?? '',
      target?.kind ?? '',
    ),
    itself: vscode.l10n.t("Can't assign an entity to itself."),
  };
}

function nameOf(ref: string, { catalog }: CatalogViewContext): string {
  const entity = catalog.getEntityByRef(ref);
  return entity ? entityTitle(entity) : ref;
}

/** Assigns the entities of a command to the one that the user picks. */
export async function assignPicked(
  field: AssignableField,
  [argument, selected]: readonly [argument: unknown, selected: unknown],
  context: CatalogViewContext,
): Promise<void> {
  const titles = {
    setOwner: [vscode.l10n.t('Set Owner'), vscode.l10n.t('New Owner')],
    setSystem: [vscode.l10n.t('Set System'), vscode.l10n.t('New System')],
    setDomain: [vscode.l10n.t('Set Domain'), vscode.l10n.t('New Domain')],
  } as const;
  const [titleOfEntities, targetTitle] = titles[field.id];
  const refs = await resolveEntityRefs(argument, selected, context, {
    title: titleOfEntities,
    accept: (entity, ref) =>
      canAssign(entity, field.id) && context.catalog.getEntitySource(ref) !== undefined,
  });
  if (!refs.length) return;
  const target = await pickTarget(field, targetTitle, context);
  if (target) await assignEntities(refs, target, context);
}

/** Asks for the entity to assign to. */
async function pickTarget(
  { targetKinds }: AssignableField,
  title: string,
  context: CatalogViewContext,
): Promise<Entity | undefined> {
  const pick = await pickEntity(context, {
    title,
    accept: ({ kind }) => targetKinds.includes(kind.toLowerCase()),
  });
  return pick && context.catalog.getEntityByRef(pick.ref);
}
