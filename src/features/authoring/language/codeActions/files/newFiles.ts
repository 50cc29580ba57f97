import { CodeActionKind } from 'vscode-languageserver-types';
import { childUri, dirnameUri, ownValue, translate } from '../../../../../base';
import { TECHDOCS_ENTITY, TECHDOCS_REF } from '../../../../../model/presentation';
import {
  DOCS_ANNOTATION,
  docsAnnotationEdit,
  draftDocsFiles,
} from '../../../../techdocs/core/draft';
import { setField } from '../../../core/edits';
import { descriptorOf } from '../../descriptors/descriptor';
import { cursorAt } from '../../documents/cursor';
import type { ActionSource } from '../actionSource';
import { editOfPart } from '../workspaceEdits';

/** Fields of a descriptor at which the actions are offered. */
const PLACES = ['kind', 'metadata.name', 'metadata.annotations'];

/** Kinds without docs. */
const WITHOUT_DOCS = /^(?:user|group|location)$/i;

/** Adds docs to an entity: the annotation and the missing files. */
export const addDocs: ActionSource = async ({ text, range, context }) => {
  const cursor = cursorAt(text, text.offsetAt(range.start));
  if (!cursor || !PLACES.includes(cursor.path.join('.'))) return [];
  const { placed } = cursor;
  const { part } = placed;
  const descriptor = descriptorOf(part, context.catalog.kinds);
  if (!descriptor?.kind || !descriptor.name || descriptor.isTemplated) return [];
  if (WITHOUT_DOCS.test(descriptor.kind)) return [];
  const hasDocsAnnotation = [TECHDOCS_REF, TECHDOCS_ENTITY].some(
    key => part.textAt('metadata', 'annotations', key) !== undefined,
  );
  if (hasDocsAnnotation) return [];
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
        ? translate('Add TechDocs to {0} "{1}"', descriptor.kind, descriptor.name)
        : translate('Add {0}', DOCS_ANNOTATION),
      kind: CodeActionKind.Refactor,
      changes: [{ uri: text.uri, text: text.text, edits: [edit] }, ...files],
    },
  ];
};

/** File names for API definitions by type; other types are text files. */
const EXTENSIONS: Readonly<Record<string, (definition: string) => string>> = {
  openapi: definition => `openapi.${yamlOrJson(definition)}`,
  asyncapi: definition => `asyncapi.${yamlOrJson(definition)}`,
  graphql: () => 'graphql',
  grpc: () => 'proto',
  trpc: () => 'ts',
};

/** Moves an inline API definition to its own file. */
export const extractDefinition: ActionSource = async ({ text, range, context }) => {
  const cursor = cursorAt(text, text.offsetAt(range.start));
  if (cursor?.path.join('.') !== 'spec.definition') return [];
  const { placed } = cursor;
  const descriptor = descriptorOf(placed.part, context.catalog.kinds);
  const definition = placed.part.textAt('spec', 'definition');
  if (descriptor?.kind !== 'API' || descriptor.isTemplated || !definition) return [];
  const { name, type } = descriptor;
  if (name === undefined) return [];
  const extension =
    type === undefined ? 'txt' : (ownValue(EXTENSIONS, type)?.(definition) ?? 'txt');
  const fileName = `${name}.${extension}`;
  // An invalid file name could lead out of the folder.
  if (!/^[\w.-]+$/.test(fileName)) return [];
  const uri = childUri(dirnameUri(text.uri), fileName);
  if (context.openText(uri) || (await context.files.stat(uri))) return [];
  const target = `./${fileName}`;
  const edit = editOfPart(placed, (source, document) =>
    setField(source, { document, path: ['spec', 'definition'], value: { $text: target } }),
  );
  if (!edit) return [];
  return [
    {
      title: translate('Move the definition to {0}', target),
      kind: CodeActionKind.RefactorExtract,
      changes: [
        { uri, content: definition },
        { uri: text.uri, text: text.text, edits: [edit] },
      ],
    },
  ];
};

function yamlOrJson(definition: string): 'json' | 'yaml' {
  return definition.trimStart().startsWith('{') ? 'json' : 'yaml';
}
