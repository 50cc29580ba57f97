import * as vscode from 'vscode';
import {
  type EntityOrigin,
  type FileEdit,
  parseUri,
  type Refactoring,
  type RefactoringPart,
  type RefactoringPlan,
  translateCount,
  withoutIcons,
  withoutLinks,
} from '../../../../../api';
import type { CatalogViewContext } from '../tree/catalogViewContext';

interface Change {
  /** Title in the preview and the undo history. */
  readonly title: string;
  readonly refactoring: Refactoring;
  /** An extended refactoring, if the user selects it. */
  readonly alternative?: {
    readonly label: string;
    readonly description: string;
    readonly refactoring: Refactoring;
  };
}

interface ChoiceItem extends vscode.QuickPickItem {
  readonly part?: RefactoringPart;
}

/** Previews a refactoring, asks about optional changes and applies it. @returns whether it was applied */
export async function confirmAndApply(
  { title, refactoring, alternative }: Change,
  context: CatalogViewContext,
): Promise<boolean> {
  const { actions, edits, sources } = context;
  const plan = (wanted: Refactoring): Promise<RefactoringPlan> =>
    actions.withProgress(title, ({ signal }) => context.refactoring.plan(wanted, { signal }));
  let planned = await plan(refactoring);
  const certain = editsOf(planned.parts.filter(({ isOptional }) => !isOptional));
  if (!certain.length) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing to change.'));
    return false;
  }
  const optional = planned.parts.filter(({ isOptional }) => isOptional);
  const alternativeItem = alternative && {
    label: alternative.label,
    description: alternative.description,
  };
  const preview = await edits.preview(title, certain);
  let chosen: readonly ChoiceItem[] | undefined;
  try {
    const items: readonly ChoiceItem[] = [
      ...(alternativeItem ? [alternativeItem] : []),
      ...optional.map(part => ({
        label: part.label,
        description: withoutIcons(part.description ?? ''),
        detail: part.edits.map(({ file }) => displayPath(file)).join(', '),
        part,
      })),
    ];
    chosen = await (items.length ? askWhatElse : askWhether)(title, certain, {
      items,
      warnings: planned.warnings,
    });
  } finally {
    preview.dispose();
  }
  if (!chosen) return false;
  // Files may have been edited meanwhile, which moves the places of changes.
  if (JSON.stringify((await plan(refactoring)).parts) !== JSON.stringify(planned.parts)) {
    throw new Error(vscode.l10n.t('Files have changed, so no changes were applied. Try again.'));
  }
  const isAlternative = alternativeItem !== undefined && chosen.includes(alternativeItem);
  if (alternative && isAlternative) planned = await plan(alternative.refactoring);
  const wanted = new Set(chosen.flatMap(({ part }) => part?.label ?? []));
  const parts = planned.parts.filter(({ isOptional, label }) => !isOptional || wanted.has(label));
  const changes = editsOf(parts);
  const origin = isNaming(refactoring) ? sources.getOriginOf(refactoring.entityRef) : undefined;
  if (!(await edits.apply(changes, { label: title }))) return false;
  report(planned, changes);
  if (isNaming(refactoring) && origin) await reportOldName(refactoring.entityRef, origin);
  return true;
}

function displayPath(file: string): string {
  return withoutIcons(vscode.workspace.asRelativePath(vscode.Uri.from(parseUri(file))));
}

type Naming = Extract<Refactoring, { readonly entityRef: string }>;

function isNaming(refactoring: Refactoring): refactoring is Naming {
  return 'entityRef' in refactoring;
}

/** Combines the edits of each file. */
function editsOf(parts: readonly RefactoringPart[]): readonly FileEdit[] {
  const texts = new Map<string, Extract<FileEdit, { edits: unknown }>>();
  const others: FileEdit[] = [];
  for (const edit of parts.flatMap(({ edits }) => edits)) {
    if ('edits' in edit) {
      const before = texts.get(edit.file)?.edits ?? [];
      texts.set(edit.file, { file: edit.file, edits: [...before, ...edit.edits] });
    } else others.push(edit);
  }
  return [...texts.values(), ...others];
}

interface Question {
  readonly items: readonly ChoiceItem[];
  readonly warnings: readonly string[];
}

async function askWhatElse(
  title: string,
  edits: readonly FileEdit[],
  { items, warnings }: Question,
): Promise<readonly ChoiceItem[] | undefined> {
  const question = vscode.l10n.t('Select optional changes to apply with {0}', countOf(edits));
  return vscode.window.showQuickPick(items, {
    title: withoutIcons([title, ...warnings].join(' \u00b7 ')),
    placeHolder: question,
    canPickMany: true,
    ignoreFocusOut: true,
  });
}

async function askWhether(
  title: string,
  edits: readonly FileEdit[],
  { warnings }: Question,
): Promise<readonly ChoiceItem[] | undefined> {
  const make: ChoiceItem = {
    label: vscode.l10n.t('Apply {0}', countOf(edits)),
    detail: withoutIcons(warnings.join(' ')),
  };
  const picked = await vscode.window.showQuickPick([make, { label: vscode.l10n.t('Discard') }], {
    title: withoutIcons(title),
    placeHolder: vscode.l10n.t('Apply the previewed changes? You can undo them in one step.'),
    ignoreFocusOut: true,
  });
  return picked === make ? [] : undefined;
}

const CHANGES = { one: '{0} change', other: '{0} changes' } as const;

function countOf(edits: readonly FileEdit[]): string {
  const changes = edits.reduce(
    (count, edit) => count + ('edits' in edit ? edit.edits.length : 1),
    0,
  );
  if (changes === 1) return translateCount(changes, CHANGES);
  const files = new Set(edits.map(({ file }) => file)).size;
  return vscode.l10n.t(
    '{0} in {1}',
    translateCount(changes, CHANGES),
    translateCount(files, { one: '{0} file', other: '{0} files' }),
  );
}

function report({ warnings }: RefactoringPlan, edits: readonly FileEdit[]): void {
  vscode.window.setStatusBarMessage(vscode.l10n.t('Applied {0}', countOf(edits)), 3000);
  if (warnings.length) void vscode.window.showWarningMessage(withoutLinks(warnings.join(' ')));
}

/** After a rename, running Backstages have the old name until they read the file again. */
async function reportOldName(ref: string, { alsoIn }: EntityOrigin): Promise<void> {
  const names = alsoIn.filter(({ type }) => type === 'backstage').map(({ name }) => name);
  if (names.length === 0) return;
  const show = vscode.l10n.t('Show Page');
  const answer = await vscode.window.showInformationMessage(
    withoutLinks(
      vscode.l10n.t(
        '{0} still has {1}. After merging, refresh it on its page.',
        names.join(', '),
        ref,
      ),
    ),
    show,
  );
  if (answer === show) await vscode.commands.executeCommand('callboard.entity.openPage', ref);
}
