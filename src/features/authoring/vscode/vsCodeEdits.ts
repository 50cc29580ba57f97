import * as vscode from 'vscode';
import type {
  ApplyEditsOptions,
  CatalogService,
  EditPlace,
  EditsService,
  FieldChange,
  FileEdit,
  RefusedChange,
  SetFieldsResult,
  TextEdit,
} from '../../../api';
import { basenameUri, type Disposable } from '../../../base';
import { toRange, toUri } from '../../../platform/vscode/convert';
import { readSetting } from '../../../platform/vscode/trust';
import {
  ignoreCommentIn,
  type OffsetEdit,
  replacement,
  replaceValue,
  setField,
  toTextEdits,
} from '../core/edits';
import { readOnlyReason, refusalMessage, showEdits } from './editsPreview';

/** Edits files through VS Code, so that edits are part of the undo history. */
export class VsCodeEdits implements EditsService {
  #catalog: CatalogService;

  constructor(catalog: CatalogService) {
    this.#catalog = catalog;
  }

  async apply(files: readonly FileEdit[], options: ApplyEditsOptions): Promise<boolean> {
    const edit = new vscode.WorkspaceEdit();
    const metadata = { label: options.label, needsConfirmation: options.preview ?? false };
    const unsavedBefore = new Set<string>();
    const moved = new Map<string, string>();
    for (const file of files) {
      const uri = toUri(file.file);
      if ('content' in file) {
        if (await exists(uri)) throw new Error(vscode.l10n.t('{0} already exists.', nameOf(uri)));
        const contents = new TextEncoder().encode(file.content);
        edit.createFile(uri, { overwrite: false, contents }, metadata);
        continue;
      }
      if ('moveTo' in file) {
        const target = toUri(file.moveTo);
        if (await exists(target)) {
          throw new Error(vscode.l10n.t('{0} already exists.', nameOf(target)));
        }
        edit.renameFile(uri, target, { overwrite: false }, metadata);
        moved.set(file.file, file.moveTo);
        continue;
      }
      const reason = await readOnlyReason(uri);
      if (reason !== undefined) throw new Error(reason);
      const document = await vscode.workspace.openTextDocument(uri);
      if (document.isDirty) unsavedBefore.add(file.file);
      for (const { range, newText } of file.edits) {
        edit.replace(uri, toRange(range), newText, metadata);
      }
    }
    if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true }))) {
      if (options.preview) return false;
      throw new Error(vscode.l10n.t('The editor rejected the changes'));
    }
    const saved = files.filter(file => 'edits' in file && !unsavedBefore.has(file.file));
    await save(saved.map(({ file }) => toUri(moved.get(file) ?? file)));
    return true;
  }

  preview(title: string, files: readonly FileEdit[]): Promise<Disposable> {
    return showEdits(title, files);
  }

  async setFields(
    changes: readonly FieldChange[],
    { label }: { label: string },
  ): Promise<SetFieldsResult> {
    const files = new Map<string, { text: string; edits: OffsetEdit[] }>();
    const changed: string[] = [];
    const unchanged: string[] = [];
    const refused: RefusedChange[] = [];
    for (const { entityRef, field, value } of changes) {
      const entity = this.#catalog.getEntityByRef(entityRef);
      const source = this.#catalog.getEntitySource(entityRef);
      if (!entity || !source) {
        const reason = vscode.l10n.t("The entity isn't defined in a file of this workspace.");
        refused.push({ entityRef, reason });
        continue;
      }
      const uri = toUri(source.file);
      const readOnly = await readOnlyReason(uri);
      if (readOnly !== undefined) {
        refused.push({ entityRef, reason: readOnly });
        continue;
      }
      let file = files.get(source.file);
      if (!file) {
        file = { text: (await vscode.workspace.openTextDocument(uri)).getText(), edits: [] };
        files.set(source.file, file);
      }
      const edit = setField(file.text, {
        document: source.document,
        kind: entity.kind,
        name: entity.metadata.name,
        path: field.split('.'),
        value,
      });
      if (!edit.ok) refused.push({ entityRef, reason: refusalMessage(edit.error, field) });
      else if (!edit.value) unchanged.push(entityRef);
      else {
        file.edits.push(edit.value);
        changed.push(entityRef);
      }
    }
    const edits = [...files].flatMap(([file, { text, edits: offsets }]) =>
      offsets.length ? [{ file, edits: toTextEdits(text, offsets) }] : [],
    );
    if (edits.length) await this.apply(edits, { label });
    const undo = await this.#undoOf(
      edits.map(({ file }) => ({ file, text: files.get(file)?.text })),
      label,
    );
    return { changed, unchanged, refused, undo };
  }

  async replaceValue(
    { file, range, value }: EditPlace & { value: string },
    { label }: { label: string },
  ): Promise<void> {
    const text = await textOf(file);
    const edit = replaceValue(text, range.start, value, { isForAll: true });
    if (!edit.ok) throw new Error(refusalMessage(edit.error, vscode.l10n.t('The value')));
    await this.#applyOne(file, text, edit.value, label);
  }

  async ignoreProblem(
    { file, range, code }: EditPlace & { code: string },
    { label }: { label: string },
  ): Promise<void> {
    const text = await textOf(file);
    const edit = ignoreCommentIn(file, text, range.start.line, code);
    if (!edit.ok) {
      const reason =
        edit.error === 'no-comments'
          ? vscode.l10n.t(
              'A comment can\'t ignore problems in {0}. Ignore "{1}" everywhere, or fix the problem.',
              basenameUri(file),
              code,
            )
          : vscode.l10n.t(
              'A comment on this line would become part of a value. Ignore "{0}" everywhere, or fix the problem.',
              code,
            );
      throw new Error(reason);
    }
    await this.#applyOne(file, text, edit.value, label);
  }

  async #applyOne(
    file: string,
    text: string,
    edit: OffsetEdit | undefined,
    label: string,
  ): Promise<void> {
    if (!edit) return;
    await this.apply([{ file, edits: toTextEdits(text, [edit]) }], { label });
  }

  /** Returns a function that restores the texts in one step, as long as they are still the result of the edit. */
  async #undoOf(
    before: readonly { file: string; text: string | undefined }[],
    label: string,
  ): Promise<() => Promise<void>> {
    const after = new Map<string, string>();
    for (const { file } of before) after.set(file, await textOf(file));
    return async () => {
      const edits: { file: string; edits: readonly TextEdit[] }[] = [];
      for (const { file, text } of before) {
        const current = await textOf(file);
        if (text === undefined || current !== after.get(file)) {
          const name = basenameUri(file);
          throw new Error(
            vscode.l10n.t('{0} was edited after this change. Undo it in its editor', name),
          );
        }
        const edit = replacement(current, text);
        if (edit) edits.push({ file, edits: toTextEdits(current, [edit]) });
      }
      await this.apply(edits, { label: vscode.l10n.t('Undo: {0}', label) });
    };
  }
}

async function textOf(file: string): Promise<string> {
  return (await vscode.workspace.openTextDocument(toUri(file))).getText();
}

/** Saves files like VS Code does after a refactoring: only if several files were changed. */
async function save(uris: readonly vscode.Uri[]): Promise<void> {
  if (readSetting('files.refactoring.autoSave') === false) return;
  for (const uri of uris) {
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.isDirty && !(await document.save())) {
      throw new Error(vscode.l10n.t("Can't save {0}", nameOf(uri)));
    }
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    // VS Code says so by an error. What can't be looked at fails when it is written, with a message.
    return false;
  }
}

function nameOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri);
}
