import * as vscode from 'vscode';
import type { CatalogService, FileEdit, TechDocsDraft } from '../../../api';
import { dirnameUri } from '../../../base';
import { entityTitle, hasDocs } from '../../../model/presentation';
import { toUri } from '../../../platform/vscode/convert';
import { toTextEdits } from '../../authoring/core/edits';
import { readOnlyReason, refusalMessage } from '../../authoring/vscode/editsPreview';
import { docsAnnotationEdit, draftDocsFiles } from '../core/draft';

/** Drafts docs next to an entity's descriptor; see the interface. */
export async function draftDocs(
  entityRef: string,
  catalog: Pick<CatalogService, 'getEntityByRef' | 'getEntitySource'>,
): Promise<TechDocsDraft> {
  const entity = catalog.getEntityByRef(entityRef);
  const source = catalog.getEntitySource(entityRef);
  if (!entity || !source) {
    return refused(vscode.l10n.t("It isn't defined in a file of this workspace."));
  }
  if (hasDocs(entity)) return refused(vscode.l10n.t('It already has docs.'));
  const uri = toUri(source.file);
  const readOnly = await readOnlyReason(uri);
  if (readOnly !== undefined) return refused(readOnly);
  const text = (await vscode.workspace.openTextDocument(uri)).getText();
  const { kind, metadata } = entity;
  const { description } = metadata;
  const edit = docsAnnotationEdit(text, { document: source.document, kind, name: metadata.name });
  if (!edit.ok) return refused(refusalMessage(edit.error, 'metadata.annotations'));
  const files = await draftDocsFiles(
    dirnameUri(source.file),
    {
      title: entityTitle(entity),
      description: typeof description === 'string' ? description : undefined,
    },
    isThere,
  );
  const changes = edit.value ? toTextEdits(text, [edit.value]) : [];
  const edits: FileEdit[] = changes.length ? [{ file: source.file, edits: changes }] : [];
  for (const file of files) edits.push({ file: file.uri, content: file.content });
  return {
    type: 'draft',
    edits,
    page: files.find(file => file.uri.endsWith('.md'))?.uri,
  };
}

function refused(reason: string): TechDocsDraft {
  return { type: 'refused', reason };
}

async function isThere(uri: string): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(toUri(uri));
    return true;
  } catch {
    // VS Code says so by an error. What can't be looked at fails when it is written, with a message.
    return false;
  }
}
