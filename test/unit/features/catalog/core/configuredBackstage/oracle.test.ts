import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import { BackstageIndex } from '../../../../../../src/features/catalog/core/configuredBackstage/backstageIndex';
import { type Entity, stringifyEntityRef } from '../../../../../../src/model';
import type { FileChange } from '../../../../../../src/platform/core/ports';
import { NodeFileSystem, pathToFileUri } from '../../../../../../src/platform/node';
import { aSetup, openBackstage } from '../../../../../support/backstageCatalog';
import { indexSession } from '../../../../../support/indexSession';
import { sharedMaterial } from '../../../../../support/sharedMaterial';
import { TestClock } from '../../../../../support/testClock';

/* Recorded results of a Backstage server with configured locations, by entity and failure. */

const oracle = sharedMaterial(
  'oracle/catalog',
  "The comparison with a Backstage server's configured locations",
);

const ONE_RUN_CASES = [
  'examples-file',
  'default-app-examples',
  'sem-relations',
  'sem-validation',
  'sem-locations',
];

interface Unprocessed {
  readonly entity_ref: string;
  readonly location_key: string;
  readonly errors: readonly { readonly name: string; readonly message: string }[];
}

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-backstage-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function recording<T>(name: string, file: string): T {
  const text = readFileSync(join(oracle ?? '', name, file), 'utf8');
  return JSON.parse(text.replaceAll('${CASE}', folder)) as T;
}

/** Copies a case beside a config of its locations and rules. */
function writeConfig(name: string, input: string): string {
  cpSync(join(oracle ?? '', name, input), join(folder, 'input'), { recursive: true });
  for (const path of readdirSync(join(folder, 'input'), { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, 'input', path);
    if (!path.endsWith('.yaml')) continue;
    const text = readFileSync(file, 'utf8');
    if (text.includes('${CASE}')) writeFileSync(file, text.replaceAll('${CASE}', folder));
  }
  const { locations, rules } = recording<{ locations: object[]; rules?: object[] }>(
    name,
    'case.json',
  );
  const config = join(folder, 'app-config.yaml');
  writeFileSync(
    config,
    JSON.stringify({
      catalog: { locations, rules: rules ?? RECORDED_RULES, orphanStrategy: 'keep' },
    }),
  );
  return pathToFileUri(config);
}

/** The rules of the recorded servers unless a case has its own. */
const RECORDED_RULES = [
  {
    allow: [
      'Component',
      'API',
      'Resource',
      'System',
      'Domain',
      'Location',
      'Template',
      'Group',
      'User',
      'AiResource',
    ],
  },
];

/** The name of a configured location depends on its recorded path. */
function generatedName(location: string): string {
  return `generated-${createHash('sha1').update(location).digest('hex')}`;
}

function recordedEntities(name: string): readonly unknown[] {
  return byRef(
    recording<readonly Entity[]>(name, 'entities.json').map(entity => {
      if (!entity.metadata.name.startsWith('generated-')) return entity;
      const { type, target } = entity.spec as { type: string; target: string };
      const name = generatedName(`${type}:${target}`);
      return { ...entity, metadata: { ...entity.metadata, name } };
    }),
  );
}

/** By ref, without content fetched from the web in the recording, which isn't fetched here. */
function byRef(entities: readonly Entity[]): readonly unknown[] {
  return entities
    .map(entity => {
      const definition = JSON.stringify(entity.spec?.['definition'] ?? '');
      if (!/"\$text":"https:|title: stub /.test(definition)) return entity;
      return { ...entity, spec: { ...entity.spec, definition: 'remote' } };
    })
    .sort((a, b) => (stringifyEntityRef(a) < stringifyEntityRef(b) ? -1 : 1));
}

/** `yaml` appends an excerpt of the line, which is removed here. */
function withoutPicture({ name, message }: { name: string; message: string }): string {
  return `${name}: ${message.replace(/:\n[^]*$/, '')}`;
}

describe.runIf(oracle)('Catalog in Backstage mode, compared with a server', () => {
  it.each(ONE_RUN_CASES)('%s has the same entities and relations', async name => {
    const config = writeConfig(name, 'input');
    const engine = await openBackstage(new NodeFileSystem(), { configs: [config] });
    expect(byRef(engine.getEntities())).toEqual(recordedEntities(name));
  });

  it.each(ONE_RUN_CASES)('%s has the same failures', async name => {
    const index = new BackstageIndex({
      fileSystem: new NodeFileSystem(),
      clock: new TestClock(),
      logger: silentLogger,
      setup: aSetup({ configs: [writeConfig(name, 'input')] }),
    });
    await index.refresh([], indexSession({ aiModel: false }));
    const own = index.unprocessed().map(({ ref, errors }) => [ref, errors.map(withoutPicture)]);
    const recorded = recording<readonly Unprocessed[]>(name, 'unprocessed.json');
    expect(Object.fromEntries(own)).toEqual(
      Object.fromEntries(
        recorded.map(({ entity_ref: ref, location_key: key, errors }) => [
          ref.includes('/generated-') ? `location:default/${generatedName(key)}` : ref,
          errors.map(withoutPicture),
        ]),
      ),
    );
  });

  it('gives the same result for sem-lifecycle after its steps', async () => {
    const config = writeConfig('sem-lifecycle', 'input-before');
    const engine = await openBackstage(new NodeFileSystem(), { configs: [config] });
    const script = join(oracle ?? '', 'sem-lifecycle', 'mutate.sh');
    expect(existsSync(script)).toBe(true);
    execFileSync('bash', [script, folder]);
    const changed = (type: FileChange['type'], path: string): FileChange => ({
      type,
      uri: pathToFileUri(join(folder, 'input', path)),
    });
    await engine.applyChanges([
      changed('changed', 'root.yaml'),
      changed('changed', 'sub/break.yaml'),
      changed('changed', 'sub/rename.yaml'),
      changed('deleted', 'sub/gone.yaml'),
    ]);
    expect(byRef(engine.getEntities())).toEqual(recordedEntities('sem-lifecycle'));
  });
});
