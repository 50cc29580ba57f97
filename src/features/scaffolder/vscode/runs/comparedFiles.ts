import type { TemplateFile } from '../../../../api';
import { isSameBytes } from '../../../../base';
import type { OutputFolder } from '../../../../platform/core/ports';
import type { MadeFile } from '../../core';

/**
 * Files that a template made, beside what is there.
 *
 * @param output - what they are for; undefined: nothing is there
 */
export async function comparedFiles(
  files: readonly TemplateFile[],
  output: OutputFolder | undefined,
): Promise<readonly MadeFile[]> {
  const there = (await output?.list())?.length ? output : undefined;
  const compared: MadeFile[] = [];
  for (const file of files) {
    const before = await there?.read(file.path);
    compared.push({ ...file, before, change: changeOf(file.content, before) });
  }
  return compared;
}

function changeOf(content: Uint8Array, before: Uint8Array | undefined): MadeFile['change'] {
  if (!before) return 'added';
  return isSameBytes(before, content) ? 'unchanged' : 'changed';
}
