import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../../../src/base';
import { CatalogEngine } from '../../../../../src/features/catalog/core';
import { type Entity, stringifyEntityRef } from '../../../../../src/model';
import { NodeFileSystem, pathToFileUri } from '../../../../../src/platform/node';
import { aLocation } from '../../../../support/descriptors';
import { sharedMaterial } from '../../../../support/sharedMaterial';
import { TestClock } from '../../../../support/testClock';

/*
 * Recorded catalogs of a Backstage server, compared with this engine's for the same files. The
 * server had a list of files; here all are discovered.
 */

const oracle = sharedMaterial(
  'oracle/catalog',
  "The comparison with a Backstage server's catalogs",
);

interface Unprocessed {
  readonly entity_ref: string;
  readonly errors: readonly { readonly message: string }[];
}

async function withInput(
  name: string,
  use: (engine: CatalogEngine) => void | Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-oracle-'));
  try {
    cpSync(join(oracle ?? '', name, 'input'), folder, { recursive: true });
    // The server's list included files that don't look like descriptors.
    if (name === 'sem-validation') {
      writeFileSync(join(folder, 'catalog-info.yaml'), aLocation('everything', './*.yaml'));
    }
    const engine = new CatalogEngine({
      fileSystem: new NodeFileSystem(),
      clock: new TestClock(),
      logger: silentLogger,
    });
    engine.setRoots([{ uri: pathToFileUri(folder), name: 'input' }]);
    await engine.refresh();
    await use(engine);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function recording<T>(name: string, file: string): T {
  return JSON.parse(readFileSync(join(oracle ?? '', name, file), 'utf8')) as T;
}

/**
 * Without locations of files, which are another machine's; without content fetched from the web,
 * which isn't fetched here; and without relations to entities that the server rejected, because it
 * had no model for AI or could not read their placeholders.
 */
function comparable(
  { metadata, spec, relations = [], ...entity }: Entity,
  isRefused: (ref: string) => boolean,
): unknown {
  const annotations = Object.fromEntries(
    Object.entries(metadata.annotations ?? {}).filter(
      ([key]) => !/^backstage\.io\/managed-by-(?:origin-)?location$/.test(key),
    ),
  );
  const definition = JSON.stringify(spec?.['definition'] ?? '');
  return {
    ...entity,
    metadata: { ...metadata, annotations },
    spec: /"\$text":|title: stub /.test(definition) ? { ...spec, definition: 'remote' } : spec,
    relations: relations.filter(({ targetRef }) => !isRefused(targetRef)),
  };
}

/** Failures of reading or of the server's own rules rather than of a document. */
const OTHER_FAILURES =
  /^YAML error at |does not exist$|EISDIR|ends with a path separator|is not of an allowed kind|^Registered locations must|^Unable to read/;

describe.runIf(oracle)('Catalog compared with a Backstage server', () => {
  it.each([
    'examples-file',
    'default-app-examples',
    'sem-relations',
    'sem-validation',
    'sem-locations',
  ])('%s has the same entities and relations', async name => {
    const recorded = recording<readonly Entity[]>(name, 'entities.json').filter(
      // The server's configured Locations are in no file.
      ({ metadata }) => !metadata.name.startsWith('generated-'),
    );
    const known = new Set(recorded.map(entity => stringifyEntityRef(entity)));
    await withInput(name, async engine => {
      const isRefused = (ref: string): boolean =>
        !known.has(ref) && engine.getEntityByRef(ref) !== undefined;
      const ours: unknown[] = [];
      for (const ref of known) {
        const entity = await engine.loadEntity(ref);
        ours.push(entity ? comparable(entity, isRefused) : `${ref} is missing`);
      }
      expect(ours).toEqual(recorded.map(entity => comparable(entity, isRefused)));
    });
  });

  it.each(['sem-relations', 'sem-validation', 'sem-locations'])(
    '%s has the same failures',
    async name => {
      const failures = recording<readonly Unprocessed[]>(name, 'unprocessed.json')
        .flatMap(({ entity_ref, errors }) =>
          errors.map(({ message }) => ({ ref: entity_ref, message })),
        )
        .filter(({ message }) => !OTHER_FAILURES.test(message));
      await withInput(name, engine => {
        const messages = engine.getProblems().map(({ message }) => message);
        expect(
          failures.filter(({ message }) => !messages.some(own => message.includes(own))),
        ).toEqual([]);
      });
    },
  );
});
