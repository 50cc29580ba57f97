import { isWithin, joinUri } from '../../../../base';
import type { FileSystem } from '../../../../platform/core/ports';
import type { BuiltSite } from '../sites/buildSite';

/** Why a folder cannot take a site: it has the sources in it, or lies among them. */
export type TargetRefusal = 'holds-sources' | 'among-sources';

/**
 * Whether a site can be put into a folder (a URI), which need not be there. Symbolic links count for what they lead to.
 */
export async function refuseTarget(
  target: string,
  { content, config, files }: BuiltSite,
  fileSystem: FileSystem,
): Promise<TargetRefusal | undefined> {
  const real = await realPath(target, fileSystem);
  const folder = await fileSystem.realPath(content.site.folder);
  const docs = await fileSystem.realPath(joinUri(content.site.folder, config.docsDir));
  const sources = [folder, docs, config.file, ...[...files.values()].map(({ uri }) => uri)];
  if (sources.some(source => isWithin(target, source) || isWithin(real, source))) {
    return 'holds-sources';
  }
  const isAmong = docs !== folder && isWithin(docs, real);
  return isAmong ? 'among-sources' : undefined;
}

/** Of what is not there, where it would be: its folder may be a link. */
async function realPath(uri: string, fileSystem: FileSystem): Promise<string> {
  const missing: string[] = [];
  let at = uri;
  while ((await fileSystem.stat(at)) === undefined) {
    const slash = at.lastIndexOf('/');
    if (slash <= at.indexOf('://') + 2) break;
    missing.unshift(at.slice(slash + 1));
    at = at.slice(0, slash);
  }
  const real = await fileSystem.realPath(at);
  return [real.replace(/\/$/, ''), ...missing].join('/');
}
