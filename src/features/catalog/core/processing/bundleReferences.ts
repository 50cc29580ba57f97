import { stringify } from 'yaml';
import { composeDocuments } from '../../../../platform/core/yaml';

/** A file that a `$ref` references. */
export interface ReferencedFile {
  readonly uri: string;
  readonly text: string;
  /** Text parsed as YAML. */
  readonly value: unknown;
}

/** Reads the target of a `$ref`; `base` is the URI of the file with the `$ref`. */
export type ReferencedFileReader = (reference: string, base: string) => Promise<ReferencedFile>;

/**
 * References of AsyncAPI 3 that must stay references, because their target is an identity.
 * Source: `plugins/catalog-backend-module-openapi/src/lib/bundle.ts`.
 */
const PRESERVED_PATHS_OF_ASYNCAPI_3 =
  /#\/(?:components\/)?(?:channels\/.*\/servers|operations\/.*\/(?:channel|messages|reply\/channel|reply\/messages))/;

/**
 * Bundles an OpenAPI or AsyncAPI file with all referenced files into one document. Uses the same
 * library and major version as Backstage, so that the text is identical.
 *
 * @throws any error of the parser or the reader
 */
export async function bundleReferences(
  document: unknown,
  uri: string,
  read: ReferencedFileReader,
): Promise<string> {
  const { $RefParser } = await import('@apidevtools/json-schema-ref-parser');
  /** Files by the library's URLs. */
  const files = new Map<string, ReferencedFile>();
  const resolver = {
    canRead: true,
    order: 1,
    async read(file: { url: string; reference?: string; baseUrl?: string }): Promise<string> {
      const parent = file.baseUrl?.split('#')[0];
      const base = (parent === undefined ? undefined : files.get(parent)?.uri) ?? uri;
      const found = await read(file.reference ?? file.url, base);
      files.set(file.url, found);
      return found.text;
    },
  };
  // Replaces the library's parser, which would parse again and is excluded from the bundle.
  const yaml = {
    order: 200,
    allowEmpty: true,
    canParse: ['.yaml', '.yml', '.json'],
    async parse({ url }: { url: string }): Promise<unknown> {
      const file = files.get(url);
      if (!file || isBlank(file.text)) return undefined;
      refuseUnknownTags(file.text);
      return file.value;
    },
  };
  const bundled = await $RefParser.bundle(document as object, {
    // Only files that the reader allows; the library's own file and network access is off.
    resolve: { external: true, file: resolver, http: resolver },
    parse: { yaml },
    bundle: isAsyncApi3(document)
      ? { excludedPathMatcher: (path: string) => PRESERVED_PATHS_OF_ASYNCAPI_3.test(path) }
      : {},
  });
  return stringify(bundled);
}

/** Whether a text contains no document, not even an empty one. */
function isBlank(text: string): boolean {
  return !/^[^\S\r\n]*[^\s#]/m.test(text);
}

/**
 * Rejects unknown tags, as the library does; `yaml` would ignore them.
 *
 * @throws Error
 */
function refuseUnknownTags(text: string): void {
  if (!text.includes('!')) return;
  const [warning] = composeDocuments(text)[0]?.document?.warnings ?? [];
  if (warning) throw warning;
}

function isAsyncApi3(document: unknown): boolean {
  const version = (document as { asyncapi?: unknown } | null)?.asyncapi;
  const isText = typeof version === 'string' || typeof version === 'number';
  return isText && Number.parseInt(`${version}`, 10) === 3;
}
