import { formatUri, parseUri } from '../../../../../base';
import { parseEntityRef } from '../../../../../model';
import { type CopiedFiles, SOURCE_SCHEME } from '../../../../sources/core';

/** Returns the file URI of a source's entity. */
export function entityUri(key: string, ref: string): string {
  const { kind, namespace, name } = parseEntityRef(ref);
  const path = `/${kind}/${namespace}/${name}.yaml`;
  return formatUri({ scheme: SOURCE_SCHEME, authority: key, path });
}

/** Returns the ref of an entity's file URI; undefined for other URIs. */
export function refOfUri(key: string, uri: string): string | undefined {
  const { scheme, authority, path } = parseUri(uri);
  if (scheme !== SOURCE_SCHEME || authority !== key || !path.endsWith('.yaml')) return undefined;
  const [empty, kind, namespace, name, ...rest] = path.slice(0, -'.yaml'.length).split('/');
  if (empty !== '' || !kind || !namespace || !name || rest.length) return undefined;
  return `${kind}:${namespace}/${name}`;
}

export interface ServedFilesDeps {
  readonly key: string;
  readonly entities: ReadonlyMap<string, unknown>;
  /** Returns undefined if the entity doesn't exist anymore. */
  readonly textOf: (ref: string) => Promise<string | undefined>;
  /** Milliseconds since the epoch. */
  readonly time: () => number | undefined;
}

/** File view of a source's entities, with folders for kinds and namespaces. */
export function servedFiles({ key, entities, textOf, time }: ServedFilesDeps): CopiedFiles {
  return {
    keys: () => new Map(Array.from(entities, ([ref]) => [entityUri(key, ref), ref])).keys(),
    get(uri) {
      const ref = refOfUri(key, uri);
      if (ref === undefined || !entities.has(ref)) return undefined;
      return { text: () => textOf(ref), changedAt: time() ?? 0 };
    },
  };
}
