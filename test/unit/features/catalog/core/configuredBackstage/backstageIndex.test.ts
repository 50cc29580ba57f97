import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import type { CatalogEngine } from '../../../../../../src/features/catalog/core';
import { BackstageIndex } from '../../../../../../src/features/catalog/core/configuredBackstage/backstageIndex';
import type { BackstageSetup } from '../../../../../../src/features/catalog/core/configuredBackstage/config/backstageSetup';
import { stringifyEntityRef } from '../../../../../../src/model';
import { aSetup, openBackstage } from '../../../../../support/backstageCatalog';
import { aComponent, aDescriptor, aLocation, documents } from '../../../../../support/descriptors';
import { indexSession } from '../../../../../support/indexSession';
import { fileUri, InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { TestClock } from '../../../../../support/testClock';

type Files = Readonly<Record<string, string>>;

/** A Backstage whose config is `/work/app-config.yaml`; paths are relative to `/work`. */
class TestBackstage {
  readonly files: InMemoryFileSystem;
  readonly engine: CatalogEngine;

  private constructor(files: InMemoryFileSystem, engine: CatalogEngine) {
    this.files = files;
    this.engine = engine;
  }

  static async open(texts: Files, setup: Partial<BackstageSetup> = {}): Promise<TestBackstage> {
    const files = new InMemoryFileSystem(
      Object.fromEntries(Object.entries(texts).map(([path, text]) => [absolute(path), text])),
    );
    const engine = await openBackstage(files, {
      configs: [fileUri('/work/app-config.yaml')],
      ...setup,
    });
    return new TestBackstage(files, engine);
  }

  async write(path: string, text: string): Promise<void> {
    this.files.write(absolute(path), text);
    await this.engine.applyChanges([{ type: 'changed', uri: fileUri(absolute(path)) }]);
  }

  /** Refs of all entities but the configured locations; orphans with a `?`, old versions with a `!`. */
  refs(): readonly string[] {
    return this.engine
      .getEntities()
      .filter(({ metadata }) => !metadata.name.startsWith('generated-'))
      .map(entity => {
        const annotations = entity.metadata['annotations'] as Record<string, string>;
        const orphan = annotations['backstage.io/orphan'] === 'true' ? '?' : '';
        return `${stringifyEntityRef(entity)}${orphan}${'status' in entity ? '!' : ''}`;
      });
  }

  problems(): readonly string[] {
    return this.engine
      .getProblems()
      .filter(({ code }) => code !== 'dangling-reference')
      .map(({ file, range, code }) => `${file?.slice(13)}:${range.start.line + 1} ${code}`);
  }
}

/** The index of such a Backstage by itself, which also exposes the server's errors. */
async function openIndex(texts: Files, setup: Partial<BackstageSetup>): Promise<BackstageIndex> {
  const files = Object.entries(texts).map(([path, text]) => [absolute(path), text]);
  const index = new BackstageIndex({
    fileSystem: new InMemoryFileSystem(Object.fromEntries(files)),
    clock: new TestClock(),
    logger: silentLogger,
    setup: aSetup({ configs: [fileUri('/work/app-config.yaml')], ...setup }),
  });
  await index.refresh([], indexSession({ aiModel: setup.aiModel ?? false }));
  return index;
}

const absolute = (path: string): string => (path.startsWith('/') ? path : `/work/${path}`);

function aConfig(targets: readonly string[], more = ''): string {
  const locations = targets.map(target => `    - { type: file, target: '${target}' }\n`);
  return `catalog:\n${more}  locations:\n${locations.join('')}`;
}

describe('Catalog in Backstage mode', () => {
  it('ignores files that no location reaches', async () => {
    const backstage = await TestBackstage.open({
      'app-config.yaml': aConfig(['a.yaml']),
      'a.yaml': aComponent('a'),
      'catalog-info.yaml': 'nonsense: [',
    });
    expect(backstage.refs()).toEqual(['component:default/a']);
    expect(backstage.problems()).toEqual([]);
  });

  it('rejects a Location with a failing target and reports both', async () => {
    const backstage = await TestBackstage.open({
      'app-config.yaml': aConfig(['l.yaml']),
      'l.yaml': aLocation('l', './good.yaml', './bad.yaml'),
      'good.yaml': aComponent('good'),
      'bad.yaml': 'a: [',
    });
    expect(backstage.refs()).toEqual([]);
    expect(backstage.problems()).toEqual([
      'l.yaml:8 location-not-loaded',
      'bad.yaml:1 yaml-syntax',
    ]);
  });

  it("keeps the first location's entity, and a file's last document", async () => {
    const backstage = await TestBackstage.open({
      'app-config.yaml': aConfig(['z.yaml', 'a.yaml']),
      'z.yaml': documents(aComponent('x', { type: 'one' }), aComponent('x', { type: 'two' })),
      'a.yaml': aComponent('X', { type: 'three' }),
    });
    expect(backstage.engine.getEntityByRef('component:default/x')?.spec?.['type']).toBe('two');
    expect(backstage.problems()).toEqual(
      ['z.yaml:3 duplicate-entity', 'a.yaml:4 duplicate-entity'].map(
        problem => expect.stringMatching(problem.replace(/:\d+/, ':\\d+')) as string,
      ),
    );
  });

  it('rejects a kind that no rule allows, at the kind', async () => {
    const backstage = await TestBackstage.open({
      'app-config.yaml': aConfig(['g.yaml']),
      'g.yaml': aDescriptor('group:g'),
    });
    expect(backstage.refs()).toEqual([]);
    expect(backstage.problems()).toEqual([
      'app-config.yaml:3 location-not-loaded',
      'g.yaml:2 kind-not-allowed',
    ]);
  });

  it('matches [!…] and parentheses in rule patterns', async () => {
    const backstage = await TestBackstage.open({
      'app-config.yaml': aConfig(
        ['a.yaml', 'b.yaml', '(c).yaml'],
        "  rules: [{ allow: [API], locations: [{ type: file, pattern: '/work/[!a].yaml' }, { type: file, pattern: '/work/(c).yaml' }] }]\n",
      ),
      'a.yaml': aDescriptor('api:a'),
      'b.yaml': aDescriptor('api:b'),
      '(c).yaml': aDescriptor('api:c'),
    });
    expect(backstage.refs()).toEqual(['api:default/b', 'api:default/c']);
  });

  it('reports problems that the server accepts silently', async () => {
    const rules = '  rules: [{ allow: [Component, Group] }]\n';
    const troubled = (parent: string): string =>
      documents(
        aDescriptor('group:a', { parent }),
        aDescriptor('group:b', { parent: 'a' }, { annotations: { 'backstage.io/nothing': 'x' } }),
        aComponent('c', { owner: 'component:c' }),
      );
    const backstage = await TestBackstage.open({
      'app-config.yaml': aConfig(['x.yaml'], rules),
      'x.yaml': troubled('b'),
    });
    expect(backstage.refs()).toEqual(['component:default/c', 'group:default/a', 'group:default/b']);
    expect(backstage.problems()).toEqual([
      'x.yaml:8 relation-cycle',
      'x.yaml:15 unknown-annotation',
      'x.yaml:19 relation-cycle',
      'x.yaml:28 wrong-kind-reference',
    ]);
    await backstage.write('x.yaml', troubled('c'));
    expect(backstage.problems()).toEqual([
      'x.yaml:15 unknown-annotation',
      'x.yaml:28 wrong-kind-reference',
    ]);
  });

  it("processes wildcard matches by level, in the server's order", async () => {
    const backstage = await TestBackstage.open({
      'app-config.yaml': aConfig(['**/x*.yaml']),
      'x1.yaml': aComponent('one', { owner: 'x1' }),
      'x2.yaml': aComponent('two', { owner: 'x2' }),
      'a/x1.yaml': documents(
        aComponent('one', { owner: 'a' }),
        aComponent('three', { owner: 'a' }),
      ),
      'b/x1.yaml': documents(
        aComponent('two', { owner: 'b' }),
        aComponent('three', { owner: 'b' }),
      ),
    });
    const owners = backstage.engine
      .getEntities()
      .flatMap(({ kind, metadata, spec }) =>
        kind === 'Component' ? [`${metadata.name} of ${JSON.stringify(spec?.['owner'])}`] : [],
      );
    expect(owners.sort()).toEqual(['one of "x1"', 'three of "b"', 'two of "x2"']);
  });

  it('reports an error when ** also matches a folder', async () => {
    const backstage = await TestBackstage.open({
      'app-config.yaml': aConfig(['a/**']),
      'a/x.yaml': aComponent('x'),
    });
    expect(backstage.refs()).toEqual([]);
    expect(backstage.problems()).toEqual(['app-config.yaml:3 location-target-invalid']);
  });

  it("overwrites location annotations and doesn't resolve placeholders in annotations", async () => {
    const backstage = await TestBackstage.open({
      'app-config.yaml': aConfig(['a.yaml', 'b.yaml']),
      'a.yaml': aDescriptor(
        'component:a',
        {},
        {
          annotations: { 'backstage.io/managed-by-location': 5, x: 'y' },
        },
      ),
      'b.yaml': aDescriptor('component:b', {}, { annotations: { $text: './x' } }),
    });
    expect(backstage.problems()).toEqual(['b.yaml:6 invalid-metadata']);
    expect(backstage.engine.getEntityByRef('component:default/a')?.metadata['annotations']).toEqual(
      {
        'backstage.io/managed-by-location': 'file:/work/a.yaml',
        'backstage.io/managed-by-origin-location': 'file:/work/a.yaml',
        x: 'y',
      },
    );
  });

  it('rejects a Location with an unresolved alias', async () => {
    const backstage = await TestBackstage.open({
      'app-config.yaml': aConfig(['*.yml']),
      'c.yml': aComponent('c'),
      'b.yml': 'a: *b\n',
      'a.yml': 'kind: X\n',
    });
    expect(backstage.engine.getProblems().map(({ message }) => message)).toContain(
      'Nothing of this Location is loaded because of /work/b.yml: file /work/*.yml could not be read, ReferenceError: Unresolved alias (the anchor must be set before the alias): b.',
    );
    expect(backstage.problems()).toEqual([
      'app-config.yaml:3 location-not-loaded',
      'b.yml:1 yaml-syntax',
    ]);
  });

  describe('with the module for AI models', () => {
    const files = {
      'app-config.yaml': aConfig(
        ['a.yaml', 'user.yaml', 'ai.yaml'],
        '  rules: [{ allow: [Component, User, AiResource] }]\n',
      ),
      'a.yaml': aComponent('a', { owner: 'component:b', dependsOn: ['component:b', 'api:c'] }),
      'user.yaml': aDescriptor('user:u', { memberOf: [5], profile: { email: '' } }),
      'ai.yaml': aDescriptor('airesource:x').replace('v1alpha1', 'v1beta1'),
    };

    it('has only relations that the model allows, with expected inverses', async () => {
      const { engine } = await TestBackstage.open(files, { aiModel: true });
      const relationsOf = (ref: string): readonly string[] =>
        engine.getRelations(ref).map(({ type, targetRef }) => `${type} ${targetRef}`);
      expect(relationsOf('component:default/a')).toEqual([
        'dependsOn api:default/c',
        'dependsOn component:default/b',
      ]);
      expect(relationsOf('component:default/b')).toEqual(['dependencyOf component:default/a']);
      expect(relationsOf('api:default/c')).toEqual([]);
    });

    it("reports the model's errors in the processor's words", async () => {
      const index = await openIndex(files, { aiModel: true });
      const messages = index.unprocessed().flatMap(({ errors }) => errors.map(e => e.message));
      expect(messages).toEqual([
        'Processor ModelProcessor threw an error while validating the entity user:default/u; caused by TypeError: Validation of User entity failed: /spec/profile/email must NOT have fewer than 1 characters - limit: 1; /spec/memberOf/0 must be string - type: string',
        'Processor ModelProcessor threw an error while preprocessing; caused by TypeError: Kind "AiResource" exists, but has no version matching apiVersion "backstage.io/v1beta1"',
      ]);
    });
  });

  it('keeps the last version of failing and deleted entities', async () => {
    const backstage = await TestBackstage.open({
      'app-config.yaml': aConfig(['l.yaml']),
      'l.yaml': aLocation('l', './a.yaml'),
      'a.yaml': aComponent('a'),
    });
    await backstage.write('a.yaml', aComponent('a', { owner: undefined }));
    expect(backstage.refs()).toEqual(['component:default/a!', 'location:default/l']);
    await backstage.write('a.yaml', 'a: [');
    expect(backstage.refs()).toEqual(['component:default/a!', 'location:default/l!']);
    await backstage.write('a.yaml', aComponent('a'));
    expect(backstage.refs()).toEqual(['component:default/a', 'location:default/l']);
  });

  it.each([
    [
      'keep',
      [
        'component:default/a',
        'component:default/b',
        'location:default/inner?',
        'location:default/l',
      ],
    ],
    ['delete', ['component:default/a', 'location:default/l']],
  ])('with orphanStrategy %s keeps %j after a target is removed', async (strategy, refs) => {
    const backstage = await TestBackstage.open({
      'app-config.yaml': aConfig(['l.yaml'], `  orphanStrategy: ${strategy}\n`),
      'l.yaml': aLocation('l', './a.yaml', './inner.yaml'),
      'inner.yaml': aLocation('inner', './b.yaml'),
      'a.yaml': aComponent('a'),
      'b.yaml': aComponent('b'),
    });
    await backstage.write('l.yaml', aLocation('l', './a.yaml'));
    expect(backstage.refs()).toEqual(refs);
  });

  it("doesn't mark entities of a failing location as orphans", async () => {
    const backstage = await TestBackstage.open({
      'app-config.yaml': aConfig(['l.yaml'], '  orphanStrategy: keep\n'),
      'l.yaml': aLocation('l', './m.yaml', './a.yaml'),
      'm.yaml': aLocation('m', './b.yaml'),
      'a.yaml': aComponent('a'),
      'b.yaml': aComponent('b'),
    });
    await backstage.write('b.yaml', 'a: [');
    await backstage.write('l.yaml', aLocation('l'));
    expect(backstage.refs()).toEqual([
      'component:default/a?',
      'component:default/b',
      'location:default/l',
      'location:default/m!',
    ]);
  });

  it('uses the next location after the first drops an entity', async () => {
    const backstage = await TestBackstage.open({
      'app-config.yaml': aConfig(['a.yaml', 'b.yaml']),
      'a.yaml': aComponent('x', { type: 'a' }),
      'b.yaml': aComponent('x', { type: 'b' }),
    });
    await backstage.write('a.yaml', aComponent('y'));
    expect(backstage.engine.getEntityByRef('component:default/x')?.spec?.['type']).toBe('b');
  });

  it('annotates the last origin of an entity reached several ways', async () => {
    const backstage = await TestBackstage.open({
      'app-config.yaml': aConfig(['l.yaml', 'a.yaml']),
      'l.yaml': aLocation('l', './a.yaml'),
      'a.yaml': aComponent('a'),
    });
    const entity = backstage.engine.getEntityByRef('component:default/a');
    expect(entity?.metadata['annotations']).toEqual({
      'backstage.io/managed-by-location': 'file:/work/a.yaml',
      'backstage.io/managed-by-origin-location': 'file:/work/l.yaml',
    });
  });

  it('starts over with another config', async () => {
    const backstage = await TestBackstage.open({
      'app-config.yaml': aConfig(['a.yaml'], '  orphanStrategy: keep\n'),
      'a.yaml': aComponent('a'),
      'b.yaml': aComponent('b'),
    });
    await backstage.write('app-config.yaml', aConfig(['b.yaml']));
    expect(backstage.refs()).toEqual(['component:default/b']);
  });

  it('keeps its state when its config is rewritten unchanged', async () => {
    const config = aConfig(['a.yaml']);
    const backstage = await TestBackstage.open({
      'app-config.yaml': config,
      'a.yaml': aComponent('a'),
    });
    await backstage.write('a.yaml', 'a: [');
    await backstage.write('app-config.yaml', config);
    expect(backstage.refs()).toEqual(['component:default/a']);
  });

  it('applies changed disable comments', async () => {
    const text = (comment: string): string =>
      aConfig(['a.yaml', 'missing.yaml']).replace(/.*missing/, `    # ${comment}\n$&`);
    const disabling = 'callboard-disable-next-line';
    const backstage = await TestBackstage.open({
      'app-config.yaml': text(`${disabling} location-not-read`),
      'a.yaml': aComponent('a'),
    });
    expect(backstage.problems()).toEqual(['app-config.yaml:5 location-target-missing']);
    await backstage.write('app-config.yaml', text(`${disabling} location-target-missing`));
    expect(backstage.problems()).toEqual([]);
  });

  it('fires no event for irrelevant changes', async () => {
    const backstage = await TestBackstage.open({
      'app-config.yaml': aConfig(['a.yaml']),
      'a.yaml': aComponent('a'),
    });
    const events: unknown[] = [];
    backstage.engine.onDidChange(event => events.push(event));
    await backstage.write('b.yaml', aComponent('b'));
    await backstage.write('a.yaml', aComponent('a'));
    expect(events).toEqual([]);
  });

  it('reads no file outside the allowed folders, even through symbolic links', async () => {
    const texts = {
      'app-config.yaml': aConfig(['/etc/secret.yaml', 'link.yaml', 'in.yaml']),
      'in.yaml': aComponent('in'),
      '/etc/secret.yaml': aComponent('secret'),
    };
    const files = new InMemoryFileSystem(
      Object.fromEntries(Object.entries(texts).map(([path, text]) => [absolute(path), text])),
    );
    files.link('/work/link.yaml', '/etc/secret.yaml');
    const engine = await openBackstage(files, {
      configs: [fileUri('/work/app-config.yaml')],
      confinedTo: [fileUri('/work')],
    });
    expect(engine.getEntities({ filter: [[{ key: 'kind', values: ['component'] }]] })).toHaveLength(
      1,
    );
    expect(files.takeReads()).toEqual({ '/work/app-config.yaml': 2, '/work/in.yaml': 1 });
  });
});

it('reports outdated settings of its configs until they change', async () => {
  const integration = (setting: string): string =>
    `integrations:\n  azure:\n    - host: dev.azure.com\n      ${setting}\n`;
  const backstage = await TestBackstage.open({
    'app-config.yaml': `catalog: { locations: [] }\n${integration('token: x')}`,
  });
  expect(backstage.problems()).toEqual(['app-config.yaml:5 deprecated-field']);
  await backstage.write(
    'app-config.yaml',
    `catalog: { locations: [] }\n${integration('credentials: []')}`,
  );
  expect(backstage.problems()).toEqual([]);
});
