import * as vscode from 'vscode';
import {
  basenameUri,
  DEFAULT_NAMESPACE,
  dirnameUri,
  isValidNamespace,
  isValidObjectName,
  parseEntityRef,
  refOf,
  stringifyEntityRef,
  shortOwnerRef,
  translateCount,
  withoutIcons,
  withoutLinks,
} from '../../../../../api';
import { askPick, withQuickSteps } from '../../../../../platform/vscode/quickInput';
import { ownerField } from '../..';
import { resolveEntityRef } from '../entityArgument';
import { pickEntity } from '../pickers/entityPicker';
import type { CatalogViewContext } from '../tree/catalogViewContext';
import { confirmAndApply } from './confirmAndApply';

/** Rename Entity… */
export async function rename(argument: unknown, context: CatalogViewContext): Promise<void> {
  const title = vscode.l10n.t('Rename Entity');
  const ref = await pickWritten(argument, title, context, true);
  if (ref !== undefined) await context.actions.run(title, () => renameEntity(ref, context));
}

/** Move Entity to Namespace… */
export async function move(argument: unknown, context: CatalogViewContext): Promise<void> {
  const title = vscode.l10n.t('Move Entity to Namespace');
  const ref = await pickWritten(argument, title, context);
  if (ref !== undefined) await moveToNamespace(ref, context);
}

/** Transfer Ownership… */
export async function transferOwnership(
  argument: unknown,
  context: CatalogViewContext,
): Promise<void> {
  const { catalog } = context;
  const ref = await resolveEntityRef(argument, context, {
    title: vscode.l10n.t('Select Current Owner'),
    accept: (_entity, owner) => catalog.getRelations(owner).some(({ type }) => type === 'ownerOf'),
  });
  if (ref !== undefined) await changeOwner(ref, context);
}

function pickWritten(
  argument: unknown,
  title: string,
  context: CatalogViewContext,
  takesEntityInFront = false,
): Promise<string | undefined> {
  return resolveEntityRef(argument, context, {
    title,
    accept: entity => context.catalog.getEntitySource(refOf(entity)) !== undefined,
    takesEntityInFront,
  });
}

interface OwnedItem extends vscode.QuickPickItem {
  readonly ref: string;
}

/** Transfers selected entities of an owner to another owner. */
async function changeOwner(owner: string, context: CatalogViewContext): Promise<void> {
  const items = ownedBy(owner, context);
  if (!items.length) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        '{0} owns no entities that are defined in this workspace.',
        withoutLinks(shortOwnerRef(owner)),
      ),
    );
    return;
  }
  const picked = await withQuickSteps(async steps => {
    const chosen = await askPick({
      steps,
      title: vscode.l10n.t('Transfer Ownership from {0}', shortOwnerRef(owner)),
      placeholder: vscode.l10n.t('Select entities to transfer'),
      items,
      chosen: items,
      isSeveral: true,
    });
    if (typeof chosen !== 'object' || !chosen.answer.length) return undefined;
    const newOwner = await pickEntity(context, {
      steps,
      title: vscode.l10n.t('New Owner'),
      accept: ({ kind }, ref) =>
        ref !== owner && ownerField.targetKinds.includes(kind.toLowerCase()),
    });
    return newOwner && { chosen: chosen.answer, newOwner: newOwner.ref };
  });
  if (!picked) return;
  const { chosen, newOwner } = picked;
  await confirmAndApply(
    {
      title: translateCount(
        chosen.length,
        { one: 'Transfer {0} entity to {1}', other: 'Transfer {0} entities to {1}' },
        shortOwnerRef(newOwner),
      ),
      refactoring: {
        type: 'changeOwner',
        entityRefs: chosen.map(({ ref }) => ref),
        owner: newOwner,
      },
    },
    context,
  );
}

function ownedBy(owner: string, { catalog }: CatalogViewContext): readonly OwnedItem[] {
  const refs = catalog
    .getRelations(owner)
    .filter(({ type, targetRef }) => type === 'ownerOf' && catalog.getEntitySource(targetRef))
    .map(({ targetRef }) => targetRef);
  return [...new Set(refs)].map(ref => {
    const entity = catalog.getEntityByRef(ref);
    return {
      ref,
      label: withoutIcons(entity?.metadata.name ?? ref),
      description: withoutIcons(entity?.kind ?? ''),
    };
  });
}

/** Asks for a namespace, and applies the confirmed changes. */
async function moveToNamespace(ref: string, context: CatalogViewContext): Promise<void> {
  const entity = context.catalog.getEntityByRef(ref);
  if (!entity) throw new Error(vscode.l10n.t('{0} is not in the catalog.', ref));
  const { name } = entity.metadata;
  const { namespace: current } = parseEntityRef(ref);
  const namespace = await vscode.window.showInputBox({
    title: vscode.l10n.t('Move {0} to Namespace', name),
    prompt: vscode.l10n.t('References to and from the entity are updated.'),
    value: current,
    ignoreFocusOut: true,
    validateInput: value =>
      isValidNamespace(value)
        ? undefined
        : vscode.l10n.t('At most 63 lower-case letters and digits, with single "-" between them.'),
  });
  if (namespace === undefined || namespace === current) return;
  await confirmAndApply(
    {
      title: vscode.l10n.t('Move {0} to {1}', name, namespace),
      refactoring: { type: 'moveToNamespace', entityRef: ref, namespace },
    },
    context,
  );
}

/** Asks for a new name, and applies the confirmed changes. */
async function renameEntity(ref: string, context: CatalogViewContext): Promise<void> {
  const { catalog } = context;
  const entity = catalog.getEntityByRef(ref);
  if (!entity) throw new Error(vscode.l10n.t('{0} is not in the catalog.', ref));
  const { name } = entity.metadata;
  const newName = await vscode.window.showInputBox({
    title: vscode.l10n.t('Rename {0}', name),
    prompt: vscode.l10n.t('All references in the workspace are updated.'),
    value: name,
    ignoreFocusOut: true,
    validateInput: value => refusalOf(value, ref, context),
  });
  if (newName === undefined || newName === name) return;
  const title = vscode.l10n.t('Rename {0} to {1}', name, newName);
  const rename = { type: 'rename', entityRef: ref, newName } as const;
  const file = catalog.getEntitySource(ref)?.file;
  const moveFile = file === undefined ? undefined : renamedFile(file, name, newName);
  const shown = context.portal.activePage;
  const isApplied = await confirmAndApply(
    {
      title,
      refactoring: rename,
      ...(file !== undefined &&
        moveFile !== undefined && {
          alternative: {
            label: vscode.l10n.t('Rename the file as well'),
            description: vscode.l10n.t('{0} to {1}', basenameUri(file), basenameUri(moveFile)),
            refactoring: { ...rename, moveFile },
          },
        }),
    },
    context,
  );
  // The page of the old name would be empty.
  if (isApplied && shown?.page === 'entity' && shown.entityRef === ref) {
    const entityRef = stringifyEntityRef({ ...parseEntityRef(ref), name: newName });
    await context.portal.open({ ...shown, entityRef });
  }
}

function refusalOf(
  value: string,
  ref: string,
  { catalog }: CatalogViewContext,
): string | undefined {
  if (!isValidObjectName(value)) {
    return vscode.l10n.t(
      'At most 63 letters and digits, with single "-", "_" or "." between them.',
    );
  }
  const { kind, namespace = DEFAULT_NAMESPACE } = parseEntityRef(ref);
  const wanted = `${kind}:${namespace}/${value}`.toLowerCase();
  if (wanted !== ref && catalog.getEntityByRef(wanted)) {
    return vscode.l10n.t('{0} already exists.', wanted);
  }
  return undefined;
}

/** Returns the new URI of a file that is named like its entity; undefined for other files. */
function renamedFile(file: string, name: string, newName: string): string | undefined {
  const base = basenameUri(file);
  const extension = /\.ya?ml$/i.exec(base)?.[0] ?? '';
  const stem = base.slice(0, base.length - extension.length);
  if (!extension || stem.toLowerCase() !== name.toLowerCase()) return undefined;
  return `${dirnameUri(file)}/${newName}${extension}`;
}
