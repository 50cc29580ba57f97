import * as vscode from 'vscode';
import {
  type ActionsService,
  type CatalogService,
  type DescriptorDraft,
  type EditsService,
  type FileEdit,
  formatEditorUri,
  formatNumber,
  type ImportCandidate,
  type ImportService,
  isWithin,
  parseUri,
  translateCount,
  withoutIcons,
  withoutLinks,
} from '../../../../api';
import {
  type Answered,
  askOne,
  askPick,
  type QuickSteps,
  withQuickSteps,
} from '../../../../platform/vscode/quickInput';
import { type ImportSection, importRows, type OwnerRow, ownerless, ownerRows } from '..';

export interface ImportContext {
  readonly actions: ActionsService;
  readonly catalog: CatalogService;
  readonly edits: EditsService;
  readonly importer: ImportService;
}

interface CandidateItem extends vscode.QuickPickItem {
  readonly candidate?: ImportCandidate;
}
interface ValueItem extends vscode.QuickPickItem {
  readonly value: string | undefined;
}

interface ConfirmItem extends vscode.QuickPickItem {
  readonly isWanted: boolean;
}

/** Fields that all steps share. */
const frame = (steps: QuickSteps, step: number) => {
  return { steps, title: vscode.l10n.t('Import'), step, totalSteps: 4 };
};

/**
 * Import…: finds folders without a descriptor, lets the user select some, asks for unknown owners, and shows the drafts
 * in an editor. Writes nothing before the user confirms.
 */
export async function importEntities(folder: unknown, context: ImportContext): Promise<void> {
  const { actions, importer } = context;
  const within = folder instanceof vscode.Uri ? formatEditorUri(folder) : undefined;
  const search = await actions.withProgress(
    vscode.l10n.t('Searching for folders without a descriptor…'),
    ({ signal }) => importer.findCandidates({ signal }),
  );
  const candidates = search.candidates.filter(
    candidate => within === undefined || isWithin(within, candidate.folder),
  );
  if (!candidates.length) {
    void vscode.window.showInformationMessage(withoutLinks(nothingFound(search.described)));
    return;
  }
  const drafts = await withQuickSteps(steps => chooseDrafts(candidates, steps, context));
  if (drafts) await write(drafts, context);
}

/** Runs the steps. Back returns to the previous step with its selection. */
async function chooseDrafts(
  candidates: readonly ImportCandidate[],
  steps: QuickSteps,
  context: ImportContext,
): Promise<readonly DescriptorDraft[] | undefined> {
  let chosen: readonly ImportCandidate[] | undefined;
  let lifecycle: string | undefined;
  let drafts: readonly DescriptorDraft[] = [];
  let step = 1;
  // The step for owners is shown only if an owner is missing; otherwise Back skips it as well.
  let isOwnerStepShown = false;
  for (;;) {
    if (step === 1) {
      chosen = await chooseFolders(candidates, chosen, steps);
      if (!chosen?.length) return undefined;
      step = 2;
    } else if (step === 2) {
      const picked = await chooseLifecycle(steps);
      if (picked === undefined) return undefined;
      if (picked !== 'back') lifecycle = picked.answer.value;
      step = picked === 'back' ? 1 : 3;
    } else if (step === 3) {
      drafts = await draft(chosen ?? [], { lifecycle }, context);
      const owners = ownerless(drafts).length ? ownerRows(context.catalog) : [];
      isOwnerStepShown = owners.length > 0;
      const picked = isOwnerStepShown
        ? await chooseOwner(ownerless(drafts), owners, steps)
        : { answer: { value: undefined } };
      if (picked === undefined) return undefined;
      const owner = picked === 'back' ? undefined : picked.answer.value;
      if (owner !== undefined) drafts = await draft(chosen ?? [], { lifecycle, owner }, context);
      if (!drafts.length) return undefined;
      step = picked === 'back' ? 2 : 4;
    } else {
      const picked = await confirm(drafts, steps, context);
      if (picked !== 'back') return picked?.answer.isWanted ? drafts : undefined;
      step = isOwnerStepShown ? 3 : 2;
    }
  }
}

async function chooseFolders(
  candidates: readonly ImportCandidate[],
  chosen: readonly ImportCandidate[] | undefined,
  steps: QuickSteps,
): Promise<readonly ImportCandidate[] | undefined> {
  const headings: Readonly<Record<ImportSection, string>> = {
    suggested: vscode.l10n.t('without a descriptor'),
    covered: vscode.l10n.t('possibly covered by another descriptor'),
    other: vscode.l10n.t('fixtures, tools and roots of several components'),
  };
  const items: CandidateItem[] = [];
  const sections = importRows(candidates, {
    translate: vscode.l10n.t,
    displayPath: uri => vscode.workspace.asRelativePath(toUri(uri)),
  });
  for (const [section, rows] of sections) {
    if (!rows.length) continue;
    items.push({ label: headings[section], kind: vscode.QuickPickItemKind.Separator });
    for (const { candidate, label, description, isPicked } of rows) {
      items.push({
        label: withoutIcons(label),
        description: withoutIcons(description),
        picked: chosen ? chosen.includes(candidate) : isPicked,
        candidate,
      });
    }
  }
  const result = await askPick({
    ...frame(steps, 1),
    placeholder: vscode.l10n.t('Select folders to create a catalog-info.yaml in'),
    items,
    chosen: items.filter(({ picked }) => picked),
    isSeveral: true,
  });
  return typeof result === 'object'
    ? result.answer.flatMap(({ candidate }) => candidate ?? [])
    : undefined;
}

function chooseLifecycle(steps: QuickSteps): Promise<Answered<ValueItem>> {
  return askOne<ValueItem>({
    ...frame(steps, 2),
    placeholder: vscode.l10n.t('Select a lifecycle'),
    items: [
      {
        label: vscode.l10n.t('By version'),
        description: vscode.l10n.t('experimental below 1.0, otherwise production'),
        value: undefined,
      },
      ...['experimental', 'production', 'deprecated'].map(value => ({ label: value, value })),
    ],
  });
}

/** Asks for the owner of folders without an owner in CODEOWNERS. */
function chooseOwner(
  folders: readonly string[],
  owners: readonly OwnerRow[],
  steps: QuickSteps,
): Promise<Answered<ValueItem>> {
  const [first = ''] = folders;
  return askOne<ValueItem>({
    ...frame(steps, 3),
    placeholder:
      folders.length === 1
        ? vscode.l10n.t("Select the owner of {0}, which CODEOWNERS doesn't list", pathOf(first))
        : translateCount(folders.length, {
            one: "Select the owner of {0} folder that CODEOWNERS doesn't list",
            other: "Select the owner of {0} folders that CODEOWNERS doesn't list",
          }),
    items: [
      { label: vscode.l10n.t('Decide Later'), description: 'unknown', value: undefined },
      ...owners.map(({ owner, title, kind }) => ({
        label: `$(${kind === 'group' ? 'organization' : 'person'}) ${withoutIcons(owner)}`,
        ...(title !== undefined && { description: withoutIcons(title) }),
        value: owner,
      })),
    ],
  });
}

/** Shows the drafts and asks whether to write them. */
async function confirm(
  drafts: readonly DescriptorDraft[],
  steps: QuickSteps,
  { edits }: ImportContext,
): Promise<Answered<ConfirmItem>> {
  const preview = await edits.preview(titleOf(drafts), filesOf(drafts));
  const notes = drafts.flatMap(({ folder, notes: all }) =>
    all.map(note => `${pathOf(folder)}: ${note}`),
  );
  try {
    return await askOne<ConfirmItem>({
      ...frame(steps, 4),
      placeholder: vscode.l10n.t('Write the files shown in the editor? You can undo this'),
      items: [
        {
          label: translateCount(drafts.length, { one: 'Write {0} file', other: 'Write {0} files' }),
          detail: withoutIcons(notes.join(' \u00b7 ')),
          isWanted: true,
        },
        { label: vscode.l10n.t('Discard'), isWanted: false },
      ],
    });
  } finally {
    preview.dispose();
  }
}

function draft(
  candidates: readonly ImportCandidate[],
  { lifecycle, owner }: { lifecycle: string | undefined; owner?: string },
  { actions, importer }: ImportContext,
): Promise<readonly DescriptorDraft[]> {
  return actions.withProgress(vscode.l10n.t('Drafting descriptors…'), ({ signal, report }) =>
    importer.draft(candidates, {
      signal,
      ...(lifecycle !== undefined && { lifecycle }),
      ...(owner !== undefined && { owner }),
      onProgress: ({ done, total }) =>
        report(vscode.l10n.t('{0} of {1}', formatNumber(done), formatNumber(total))),
    }),
  );
}

async function write(drafts: readonly DescriptorDraft[], { edits }: ImportContext): Promise<void> {
  const [first] = drafts;
  if (!first || !(await edits.apply(filesOf(drafts), { label: titleOf(drafts) }))) return;
  await vscode.window.showTextDocument(toUri(first.file));
}

function filesOf(drafts: readonly DescriptorDraft[]): readonly FileEdit[] {
  return drafts.map(({ file, text }) => ({ file, content: text }));
}

function titleOf({ length }: readonly DescriptorDraft[]): string {
  return translateCount(length, { one: 'Import {0} descriptor', other: 'Import {0} descriptors' });
}

function nothingFound(described: number): string {
  return described === 0
    ? vscode.l10n.t('No folder looks like a component.')
    : vscode.l10n.t('Every folder that looks like a component has a descriptor.');
}

function pathOf(folder: string): string {
  return vscode.workspace.asRelativePath(toUri(folder));
}

function toUri(uri: string): vscode.Uri {
  return vscode.Uri.from(parseUri(uri));
}
