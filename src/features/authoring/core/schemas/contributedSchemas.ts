import { partsOf } from '../../../../platform/core/yaml';
import { type DeclaredKind, type NamedDocument, recogniseDocument } from './recogniseDocument';

/** The scheme of the URIs of Callboard's own schemas. */
export const SCHEMA_SCHEME = 'callboard-schema';

/** What other YAML extensions, which have one schema for a file, can have of Callboard's. */
export type ContributedSchema = 'descriptors' | 'mkdocs' | 'app-config' | 'template-test';

/** What the schemas are called of files that only a name tells. */
export const schemaNames = {
  mkdocs: 'mkdocs',
  appConfig: 'app-config',
  templateTest: 'template-test',
} as const satisfies Readonly<Record<NamedDocument, ContributedSchema>>;

/**
 * The schema for a file, by what stands in its documents; undefined: none of them is Callboard's.
 *
 * @param uri - of the file
 */
export function contributedSchemaFor(
  uri: string,
  text: string,
  declaredKinds: readonly DeclaredKind[],
): ContributedSchema | undefined {
  for (const { start, end } of partsOf(text)) {
    const recognised = recogniseDocument(uri, text.slice(start, end), { declaredKinds });
    if (!recognised) continue;
    return recognised.type === 'descriptor' ? 'descriptors' : schemaNames[recognised.type];
  }
  return undefined;
}

/**
 * @param revision - another one when the schema has become another: who reads it keeps it by its URI
 */
export function contributedSchemaUri(schema: ContributedSchema, revision: number): string {
  return `${SCHEMA_SCHEME}:/${schema}/${revision}`;
}

/** What such a URI stands for; undefined for any other URI. */
export function contributedSchemaIn(uri: string): ContributedSchema | undefined {
  const name = new RegExp(
    `^${SCHEMA_SCHEME}:/+(descriptors|mkdocs|app-config|template-test)/\\d+$`,
  ).exec(uri)?.[1];
  return name as ContributedSchema | undefined;
}
