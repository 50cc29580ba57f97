import { type Range, uriPath } from '../../../../../base';
import { type Entity, stringifyEntityRef, stringifyLocationRef } from '../../../../../model';
import type { CatalogConfig, KindRule } from '../../../../appConfig/core';
import { newIdentity, type ParsedEntity } from '../parsedFile';
import { absoluteTarget } from '../locations/locationPath';
import type { DeferredEntity } from '../locations/processLocation';

/** A location in a config or on the command line. */
export interface RootLocation {
  readonly type: string;
  /** Absolute path for files, otherwise a URL. */
  readonly target: string;
  /** Whether a missing target is acceptable; default: false. */
  readonly isOptional?: boolean;
  /** Undefined for locations of the command line. */
  readonly place: { readonly file: string; readonly range: Range } | undefined;
}

/** Returns the locations of a config and command line without duplicates, and the rules for their kinds. */
export function rootLocations(
  config: CatalogConfig,
  { files, backendFolder }: { files: readonly string[]; backendFolder: string },
): { readonly locations: readonly RootLocation[]; readonly rules: readonly KindRule[] } {
  const rules: KindRule[] = [...config.rules];
  const locations = new Map<string, RootLocation>();
  const add = (location: RootLocation): void => {
    const key = stringifyLocationRef(location);
    if (!locations.has(key)) locations.set(key, location);
  };
  for (const { type, target: written, place, allow } of config.locations) {
    const target = type === 'file' ? absoluteTarget(written, backendFolder) : written;
    add({ type, target, place });
    if (allow.length) {
      rules.push({ allow, locations: [{ type, exact: target, pattern: undefined }] });
    }
  }
  for (const uri of files) {
    const target = uriPath(uri);
    add({ type: 'file', target, place: undefined });
    const only = { type: 'file', exact: target, pattern: undefined };
    rules.push({ allow: undefined, locations: [only] });
  }
  return { locations: [...locations.values()], rules };
}

/**
 * Creates the server's Location entity for a configured location. Its name is a hash of the
 * location.
 * Source: `locationSpecToLocationEntity` of `plugins/catalog-backend`.
 */
export async function locationEntity({
  type,
  target,
  isOptional = false,
  place,
}: RootLocation): Promise<DeferredEntity> {
  const location = stringifyLocationRef({ type, target });
  const entity: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Location',
    metadata: { name: `generated-${await sha1(location)}`, namespace: 'default' },
    spec: { type, target, ...(isOptional && { presence: 'optional' }) },
  };
  const ref = stringifyEntityRef(entity);
  const range = place?.range ?? { start: ORIGIN, end: ORIGIN };
  const source = place && { file: place.file, document: 0, range, nameRange: range };
  const document: ParsedEntity = {
    type: 'entity',
    ref,
    identity: newIdentity(),
    kind: 'Location',
    specType: type,
    source,
    kindRange: range,
    record: { ref, entity, source, references: [], emitted: [] },
    error: undefined,
    isServable: true,
    rangeOf: () => range,
  };
  return { document, location, origin: location, locationKey: location };
}

const ORIGIN = { line: 0, character: 0 };

async function sha1(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
