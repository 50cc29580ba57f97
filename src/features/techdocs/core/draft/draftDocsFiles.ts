import { joinUri, type Result } from '../../../../base';
import { TECHDOCS_REF } from '../../../../model/presentation';
import {
  type FieldRefusal,
  type OffsetEdit,
  scalarText,
  setField,
} from '../../../authoring/core/edits';

export interface DraftedFile {
  readonly uri: string;
  readonly content: string;
}

/**
 * The files that a site begins with, for those of which there is none: a `mkdocs.yml` as TechDocs wants it, and a first page
 * that says what the entity says. Where there is a config, it says where its pages are.
 *
 * @param folder - URI of the folder that the site is to be in
 */
export async function draftDocsFiles(
  folder: string,
  entity: { readonly title: string; readonly description: string | undefined },
  isThere: (uri: string) => Promise<boolean>,
): Promise<readonly DraftedFile[]> {
  const anyIsThere = async (...paths: readonly string[]): Promise<boolean> => {
    for (const path of paths) if (await isThere(joinUri(folder, path))) return true;
    return false;
  };
  if (await anyIsThere('mkdocs.yml', 'mkdocs.yaml')) return [];
  const config = {
    uri: joinUri(folder, 'mkdocs.yml'),
    content: `site_name: ${scalarText(entity.title, undefined)}\nplugins:\n  - techdocs-core\n`,
  };
  if (await anyIsThere('docs/index.md', 'docs/README.md')) return [config];
  const paragraphs = [`# ${headingText(entity.title)}`, entity.description?.trim() ?? ''];
  const content = `${paragraphs.filter(Boolean).join('\n\n')}\n`;
  return [config, { uri: joinUri(folder, 'docs/index.md'), content }];
}

/** A title is no Markdown. */
function headingText(title: string): string {
  return title
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]]/g, '\\$&')
    .replaceAll('<', '&lt;');
}

/** What an entity says whose docs lie beside its descriptor. */
export const DOCS_ANNOTATION = `${TECHDOCS_REF}: dir:.`;

/**
 * The smallest edit that has an entity say that its docs lie beside its descriptor; undefined where it says so.
 *
 * @param target - which entity of a file, as `setField` takes it
 */
export function docsAnnotationEdit(
  text: string,
  target: { readonly document: number; readonly kind?: string; readonly name?: string },
): Result<OffsetEdit | undefined, FieldRefusal> {
  return setField(text, {
    ...target,
    path: ['metadata', 'annotations', TECHDOCS_REF],
    value: 'dir:.',
  });
}
