import { CodeActionKind } from 'vscode-languageserver-types';
import { dirnameUri } from '../../../../../base';
import { TECHDOCS_ENTITY, TECHDOCS_REF } from '../../../../../model/presentation';
import {
  DOCS_ANNOTATION,
  docsAnnotationEdit,
  draftDocsFiles,
} from '../../../../techdocs/core/draft';
import { descriptorOf } from '../../descriptors/descriptor';
import { cursorAt } from '../../documents/cursor';
import type { ActionSource } from '../actionSource';
import { editOfPart } from '../workspaceEdits';

/** Where a descriptor says what it is. */
const PLACES = ['kind', 'metadata.name', 'metadata.annotations'];

/** Who and where, and what only leads elsewhere. */
const WITHOUT_DOCS = /^(?:user|group|location)$/i;

/** Gives an entity docs beside its descriptor: the annotation, and the files that are not there. */
export const addDocs: ActionSource = async ({ text, range, context }) => {
  const cursor = cursorAt(text, text.offsetAt(range.start));
  if (!cursor || !PLACES.includes(cursor.path.join('.'))) return [];
  const { placed } = cursor;
  const { part } = placed;
  const descriptor = descriptorOf(part, context.catalog.kinds);
  if (!descriptor?.kind || !descriptor.name || descriptor.isTemplated) return [];
  if (WITHOUT_DOCS.test(descriptor.kind)) return [];
  const isSaid = [TECHDOCS_REF, TECHDOCS_ENTITY].some(
    key => part.textAt('metadata', 'annotations', key) !== undefined,
  );
  if (isSaid) return [];
  const edit = editOfPart(placed, (source, document) => docsAnnotationEdit(source, { document }));
  if (!edit) return [];
  const title = part.textAt('metadata', 'title') ?? descriptor.name;
  const description = part.textAt('metadata', 'description');
  const files = await draftDocsFiles(
    dirnameUri(text.uri),
    { title, description },
    async uri => (await context.files.stat(uri)) !== undefined,
  );
  return [
    {
      title: files.length
        ? `Add TechDocs to ${descriptor.kind} "${descriptor.name}"`
        : `Add ${DOCS_ANNOTATION}`,
      kind: CodeActionKind.Refactor,
      changes: [{ uri: text.uri, text: text.text, edits: [edit] }, ...files],
    },
  ];
};
