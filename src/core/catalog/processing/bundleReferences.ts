import { stringify } from 'yaml';

/** Reads what a `$ref` leads to; `base` is the URI of the file that the `$ref` stands in. */
export type ReferencedFileReader = (
  reference: string,
  base: string,
) => Promise<{ text: string; uri: string }>;

/**
 * References of AsyncAPI 3 that must stay references, since their target is an identity.
 * Source: `plugins/catalog-backend-module-openapi/src/lib/bundle.ts`.
 */
const PRESERVED_PATHS_OF_ASYNCAPI_3 =
  /#\/(?:components\/)?(?:channels\/.*\/servers|operations\/.*\/(?:channel|messages|reply\/channel|reply\/messages))/;

/**
 * Makes one document of an OpenAPI or AsyncAPI file and all that it refers to, with the library
 * that Backstage does it with, so that the text comes out the same.
 *
 * @throws whatever the parser or the reader throws
 */
export async function bundleReferences(
  document: unknown,
  uri: string,
  read: ReferencedFileReader,
): Promise<string> {
  const { $RefParser } = await import('@apidevtools/json-schema-ref-parser');
  const uris = new Map<string, string>();
  const resolver = {
    canRead: true,
    order: 1,
    async read(file: { url: string; reference?: string; baseUrl?: string }): Promise<string> {
      const parent = file.baseUrl?.split('#')[0];
      const base = (parent === undefined ? undefined : uris.get(parent)) ?? uri;
      const result = await read(file.reference ?? file.url, base);
      uris.set(file.url, result.uri);
      return result.text;
    },
  };
  const bundled = await $RefParser.bundle(document as object, {
    // Only what the reader lets through: the library's own access to disk and network is off.
    resolve: { external: true, file: resolver, http: resolver },
    bundle: isAsyncApi3(document)
      ? { excludedPathMatcher: (path: string) => PRESERVED_PATHS_OF_ASYNCAPI_3.test(path) }
      : {},
  });
  return stringify(bundled);
}

function isAsyncApi3(document: unknown): boolean {
  const version = (document as { asyncapi?: unknown } | null)?.asyncapi;
  const isText = typeof version === 'string' || typeof version === 'number';
  return isText && Number.parseInt(`${version}`, 10) === 3;
}
