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
 * Returns the missing files of a new site: `mkdocs.yml` for TechDocs, and a first page from the
 * entity's title and description. An existing config determines the docs folder.
 *
 * @param folder - URI of the site's folder
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

/** Escapes Markdown in a title. */
function headingText(title: string): string {
  return title
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]]/g, '\\$&')
    .replaceAll('<', '&lt;');
}

/** Annotation of an entity with docs next to its descriptor. */
export const DOCS_ANNOTATION = `${TECHDOCS_REF}: dir:.`;

/**
 * Returns the smallest edit that adds the annotation for docs next to the descriptor; undefined if
 * the entity has it already.
 *
 * @param target - entity in the file, as for `setField`
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
