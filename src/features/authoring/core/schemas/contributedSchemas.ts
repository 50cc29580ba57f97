import { splitDocuments } from '../../../../platform/core/yaml';
import { type DeclaredKind, type NamedDocument, recognizeDocument } from './recognizeDocument';

/** The URI scheme of Callboard's own schemas. */
export const SCHEMA_SCHEME = 'callboard-schema';

/** A schema that Callboard contributes to other YAML extensions, which use one schema for a file. */
export type ContributedSchema =
  | 'descriptors'
  | 'mkdocs'
  | 'app-config'
  | 'template-test'
  | 'plugin';

/** Names of the schemas for files that are recognized by name. */
export const schemaNames = {
  mkdocs: 'mkdocs',
  appConfig: 'app-config',
  templateTest: 'template-test',
  plugin: 'plugin',
} as const satisfies Readonly<Record<NamedDocument, ContributedSchema>>;

/**
 * Returns the schema for a file by the content of its documents; undefined if no schema of Callboard's applies.
 *
 * @param uri - of the file
 */
export function contributedSchemaFor(
  uri: string,
  text: string,
  declaredKinds: readonly DeclaredKind[],
): ContributedSchema | undefined {
  for (const { start, end } of splitDocuments(text)) {
    const recognized = recognizeDocument(uri, text.slice(start, end), { declaredKinds });
    if (!recognized) continue;
    return recognized.type === 'descriptor' ? 'descriptors' : schemaNames[recognized.type];
  }
  return undefined;
}

/**
 * Returns the URI of a contributed schema. @param revision - changes with the schema, because readers cache it by URI
 */
export function contributedSchemaUri(schema: ContributedSchema, revision: number): string {
  return `${SCHEMA_SCHEME}:/${schema}/${revision}`;
}

/** Returns the schema with a URI; undefined for any other URI. */
export function contributedSchemaIn(uri: string): ContributedSchema | undefined {
  const name = new RegExp(
    `^${SCHEMA_SCHEME}:/+(descriptors|mkdocs|app-config|template-test|plugin)/\\d+$`,
  ).exec(uri)?.[1];
  return name as ContributedSchema | undefined;
}
