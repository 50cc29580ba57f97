import { formatUri, parseUri } from '../../../../../base';
import { parseEntityRef } from '../../../../../model';
import { type CopiedFiles, SOURCE_SCHEME } from '../../../../sources/core';

/** The URI of the file that an entity of a source stands in. */
export function entityUri(key: string, ref: string): string {
  const { kind, namespace, name } = parseEntityRef(ref);
  const path = `/${kind}/${namespace}/${name}.yaml`;
  return formatUri({ scheme: SOURCE_SCHEME, authority: key, path });
}

/** The ref of the entity of such a file; undefined for what is none of the source's. */
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
  /** Undefined where there is no such entity any more. */
  readonly textOf: (ref: string) => Promise<string | undefined>;
  /** Milliseconds since the epoch. */
  readonly time: () => number | undefined;
}

/** The entities of a source as files, in a folder for each kind and in that for each namespace. */
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
