import { dirnameUri, ownValue, relativePath } from '../../../../base';
import { childOf, stringOf } from './config/configNode';
import type { SiteConfig } from './config/siteConfig';
import type { IncludedSite } from './plugins/monorepo';
import { splitExtension } from './python/texts';
import { joinUrl, quote } from './python/urls';

/** Source: `Page._set_edit_url` of `mkdocs.structure.pages`. */
export function editUrlOf(
  path: string,
  { editUri, editUriTemplate, repoUrl }: SiteConfig,
): string | undefined {
  if (!editUriTemplate && !editUri) return undefined;
  const uri = editUriTemplate ? filled(editUriTemplate, path) : `${editUri ?? ''}${path}`;
  if (!repoUrl) return uri;
  const isAppended = /^[?#]/.test(uri) || repoUrl.endsWith('/');
  return joinUrl(isAppended ? repoUrl : `${repoUrl}/`, uri);
}

/** `{path}`, `{path_noext}`, and with `!q` quoted. */
function filled(template: string, path: string): string {
  const values: Readonly<Record<string, string>> = {
    path,
    path_noext: splitExtension(path)[0],
  };
  return template.replace(
    /\{\{|\}\}|\{(path|path_noext)(!q)?(?::[^{}]*)?\}/g,
    (written, name?: string, quoted?: string) => {
      if (name === undefined) return written.slice(1);
      const value = ownValue(values, name) ?? '';
      return quoted ? quote(value, '') : value;
    },
  );
}

/**
 * Of a page that a monorepo takes in.
 *
 * Source: `edit_uri.py` of mkdocs-monorepo-plugin.
 *
 * @param path - in the included site
 */
export function includedEditUrl(
  path: string,
  { config: own, docsFolder }: IncludedSite,
  { config, docsFolder: rootDocs }: { config: SiteConfig; docsFolder: string },
): string | undefined {
  const folder = dirnameUri(config.file);
  const rootPath = relativePath(folder, rootDocs) ?? '';
  const ownPath = relativePath(folder, docsFolder) ?? '';
  const inherited = rootPath
    ? (config.editUri ?? '').replaceAll(rootPath, ownPath)
    : (config.editUri ?? '');
  let repoUrl = own.entries.has('repo_url') ? stringOf(childOf(own, 'repo_url')) : config.repoUrl;
  let editUri = own.entries.has('edit_uri') ? stringOf(childOf(own, 'edit_uri')) : inherited;
  if (!repoUrl) return undefined;
  if (editUri) {
    if (!/^[?#]/.test(editUri) && !repoUrl.endsWith('/')) repoUrl += '/';
    if (!editUri.endsWith('/')) editUri += '/';
  }
  return `${repoUrl}${editUri ?? ''}${path}`;
}
