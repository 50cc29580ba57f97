import { stringify } from 'yaml';
import { composeDocuments } from '../../../../platform/core/yaml';

/** A file that a `$ref` leads to. */
export interface ReferencedFile {
  readonly uri: string;
  readonly text: string;
  /** Of the text, read as YAML. */
  readonly value: unknown;
}

/** Reads what a `$ref` leads to; `base` is the URI of the file that the `$ref` stands in. */
export type ReferencedFileReader = (reference: string, base: string) => Promise<ReferencedFile>;

/**
 * References of AsyncAPI 3 that must stay references, since their target is an identity.
 * Source: `plugins/catalog-backend-module-openapi/src/lib/bundle.ts`.
 */
const PRESERVED_PATHS_OF_ASYNCAPI_3 =
  /#\/(?:components\/)?(?:channels\/.*\/servers|operations\/.*\/(?:channel|messages|reply\/channel|reply\/messages))/;

/**
 * Makes one document of an OpenAPI or AsyncAPI file and all that it refers to, with the library
 * that Backstage does it with, in the same major version, so that the text comes out the same.
 *
 * @throws whatever the parser or the reader throws
 */
export async function bundleReferences(
  document: unknown,
  uri: string,
  read: ReferencedFileReader,
): Promise<string> {
  const { $RefParser } = await import('@apidevtools/json-schema-ref-parser');
  /** By the URLs that the library has for them. */
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
  // The library's own would read the same once more; bundles leave it out.
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
    // Only what the reader lets through: the library's own access to disk and network is off.
    resolve: { external: true, file: resolver, http: resolver },
    parse: { yaml },
    bundle: isAsyncApi3(document)
      ? { excludedPathMatcher: (path: string) => PRESERVED_PATHS_OF_ASYNCAPI_3.test(path) }
      : {},
  });
  return stringify(bundled);
}

/** Whether there is no document in it, not even an empty one. */
function isBlank(text: string): boolean {
  return !/^[^\S\r\n]*[^\s#]/m.test(text);
}

/** The library takes none, where `yaml` takes the value without its tag. @throws Error */
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
