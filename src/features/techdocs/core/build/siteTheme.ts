import { joinUri } from '../../../../base';
import type { FileSystem } from '../../../../platform/core/ports';
import type { ThemePaths } from './sitePages';

/** Where a site has its scripts. */
const SCRIPTS = 'assets/javascripts';

/** Files of the theme, by where the site has them. */
export interface SiteTheme extends ThemePaths {
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Reads the theme out of the folder that it is built into: its style sheet, its script, and of the chunks that the script
 * loads those that are loaded at once, or all of them where there are diagrams to draw.
 *
 * The style sheet has the name of Material's: Backstage's reader takes all others off a page (`removeUnsafeLinks`).
 *
 * @param folder - URI
 * @throws as `readFile` does, where the folder lacks something
 */
export async function readTheme(
  folder: string,
  { fileSystem, hasDiagrams }: { fileSystem: FileSystem; hasDiagrams: boolean },
): Promise<SiteTheme> {
  const styles = await fileSystem.readFile(joinUri(folder, 'site.css'));
  const files = new Map<string, Uint8Array>();
  const cssPath = `assets/stylesheets/main.${await shortHash(styles)}.min.css`;
  files.set(cssPath, styles);
  const pending = ['site.js'];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const path = `${SCRIPTS}/${name}`;
    if (files.has(path)) continue;
    const content = await fileSystem.readFile(joinUri(folder, name));
    files.set(path, content);
    pending.push(...importsOf(new TextDecoder().decode(content), name, hasDiagrams));
  }
  return { styles: cssPath, script: `${SCRIPTS}/site.js`, files };
}

/** The chunks that a script imports, as the bundler spells that. */
function importsOf(script: string, name: string, withLater: boolean): readonly string[] {
  const folder = name.slice(0, name.lastIndexOf('/') + 1);
  const form = withLater
    ? /(?:\bfrom|\bimport)\s*\(?\s*["'](\.\/[\w./-]+\.js)["']/g
    : /(?:\bfrom|\bimport)\s*["'](\.\/[\w./-]+\.js)["']/g;
  return [...script.matchAll(form)].map(([, path = '']) => `${folder}${path.slice(2)}`);
}

async function shortHash(content: Uint8Array<ArrayBufferLike>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(content));
  return Array.from(new Uint8Array(digest, 0, 4), byte => byte.toString(16).padStart(2, '0')).join(
    '',
  );
}
