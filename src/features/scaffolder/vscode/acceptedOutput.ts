import * as vscode from 'vscode';
import type { ActionsService } from '../../../api';
import { isSameBytes, translateCount } from '../../../base';
import { withoutLinks } from '../../../platform/core';
import type { OutputFolder } from '../../../platform/core/ports';
import type { GoldenUpdate } from '../core';

/** A file's content; undefined if there is no file. */
type Content = { readonly content: Uint8Array; readonly isExecutable: boolean } | undefined;

type Contents = ReadonlyMap<string, Content>;

/** Replaces the expected output of a test, and offers to undo it: the folder may not be in git. */
export async function acceptOutput(
  { folder, write, remove }: GoldenUpdate,
  { output, actions }: { readonly output: OutputFolder; readonly actions: ActionsService },
): Promise<void> {
  const after = new Map<string, Content>();
  for (const path of remove) after.set(`${folder}/${path}`, undefined);
  for (const [path, file] of write) after.set(`${folder}/${path}`, file);
  const before = new Map<string, Content>();
  for (const path of after.keys()) before.set(path, await contentAt(path, output));
  await writeAll(after, output);
  const undo = vscode.l10n.t('Undo');
  const message = translateCount(after.size, {
    one: 'Updated {0} file of the expected output.',
    other: 'Updated {0} files of the expected output.',
  });
  void vscode.window.showInformationMessage(withoutLinks(message), undo).then(async chosen => {
    if (chosen === undo) await actions.run(undo, () => restore(before, after, output));
  });
}

/** @throws Error if a file isn't as it was written, because somebody edited it */
async function restore(before: Contents, after: Contents, output: OutputFolder): Promise<void> {
  for (const [path, file] of after) {
    const now = await output.read(path);
    const isSame = now && file ? isSameBytes(now, file.content) : !now && !file;
    if (!isSame) {
      throw new Error(vscode.l10n.t('{0} has changed since. Nothing was undone.', path));
    }
  }
  await writeAll(before, output);
}

async function contentAt(path: string, output: OutputFolder): Promise<Content> {
  const [entry, content] = [await output.find(path), await output.read(path)];
  return entry && content && { content, isExecutable: entry.isExecutable };
}

async function writeAll(files: Contents, output: OutputFolder): Promise<void> {
  for (const [path, file] of files) {
    if (file) await output.write(path, file.content, { isExecutable: file.isExecutable });
    else await output.remove(path);
  }
}
