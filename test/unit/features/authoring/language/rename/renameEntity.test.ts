import { afterEach, describe, expect, it } from 'vitest';
import {
  type LanguageContext,
  moveToNamespace,
  type MoveRequest,
  renameEntity,
  type RenameRequest,
} from '../../../../../../src/features/authoring/language';
import { aDescriptor, aLocation, documents } from '../../../../../support/descriptors';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../../support/languageWorkspace';
import { appliedPlan, planOf, reasonOf } from '../../../../../support/renames';
import { at, type TestCatalogOptions } from '../../../../../support/testCatalog';

let workspace: LanguageWorkspace;
afterEach(() => workspace.dispose());

const signal = new AbortController().signal;

async function rename(
  files: Readonly<Record<string, string>>,
  request: RenameRequest,
  options?: TestCatalogOptions,
): Promise<{ texts: Readonly<Record<string, string>>; warnings: readonly string[] }> {
  workspace = await openLanguageWorkspace(files, options);
  const plan = planOf(await renameEntity(workspace.context, request, signal));
  return { texts: appliedPlan(workspace, plan), warnings: plan.warnings };
}

async function move(
  files: Readonly<Record<string, string>>,
  request: MoveRequest,
): Promise<Readonly<Record<string, string>>> {
  workspace = await openLanguageWorkspace(files);
  return appliedPlan(workspace, planOf(await moveToNamespace(workspace.context, request, signal)));
}

async function refusal(
  files: Readonly<Record<string, string>>,
  request: RenameRequest,
): Promise<string | undefined> {
  workspace = await openLanguageWorkspace(files);
  return reasonOf(await renameEntity(workspace.context, request, signal));
}

const TEAM = { ref: 'group:default/team-a', newName: 'team-b' };
const TEAM_FILE = { 'team.yaml': aDescriptor('group:team-a') };

/** A component with these lines after `spec:`. */
function component(...spec: readonly string[]): string {
  return [
    'apiVersion: backstage.io/v1alpha1',
    'kind: Component',
    'metadata:',
    '  name: cart # team-a',
    'spec:',
    ...['type: service', 'lifecycle: production', ...spec].map(line => `  ${line}`),
    '',
  ].join('\n');
}

async function renameIn(...spec: readonly string[]): Promise<string | undefined> {
  const { texts } = await rename(
    { 'team.yaml': aDescriptor('group:team-a'), 'cart.yaml': component(...spec) },
    TEAM,
  );
  return texts['cart.yaml'];
}

describe('Renaming an entity', () => {
  it('changes its name in its descriptor', async () => {
    const { texts } = await rename(
      { 'teams.yaml': documents(aDescriptor('group:other'), aDescriptor('group:team-a')) },
      TEAM,
    );
    expect(texts).toEqual({
      'teams.yaml': documents(aDescriptor('group:other'), aDescriptor('group:team-b')),
    });
  });

  it.each([
    ['owner: team-a', 'owner: team-b'],
    ['owner: default/team-a', 'owner: default/team-b'],
    ['owner: group:team-a', 'owner: group:team-b'],
    ['owner: Group:Default/team-a', 'owner: Group:Default/team-b'],
    ['owner: Team-A', 'owner: team-b'],
    ["owner: 'team-a'", "owner: 'team-b'"],
    ['owner: "group:team-a" # mine', 'owner: "group:team-b" # mine'],
    ['owner: !!str team-a', 'owner: !!str team-b'],
    ['"owner":   team-a', '"owner":   team-b'],
    ['owner: "te\\u0061m-a"', 'owner: "team-b"'],
  ])('keeps the form of %s', async (before, after) => {
    expect(await renameIn(before)).toBe(component(after));
  });

  it.each([
    [
      ['owner: >-', '  team-a', 'system: x'],
      ['owner: >-', '  team-b', 'system: x'],
    ],
    [
      ['owner: |-', '  group:team-a'],
      ['owner: |-', '  group:team-b'],
    ],
    [
      ['owner: x', 'dependsOn: [resource:db, group:team-a]'],
      ['owner: x', 'dependsOn: [resource:db, group:team-b]'],
    ],
    [
      ['owner: x', 'dependsOn:', '- group:team-a', '- "Group:team-a"'],
      ['owner: x', 'dependsOn:', '- group:team-b', '- "Group:team-b"'],
    ],
  ])('changes refs in blocks and lists: %j', async (before, after) => {
    expect(await renameIn(...before)).toBe(component(...after));
  });

  it('keeps other entities with the same name', async () => {
    const files = {
      'team.yaml': documents(aDescriptor('group:team-a'), aDescriptor('system:team-a')),
      'cart.yaml': aDescriptor('component:cart', { owner: 'user:team-a', system: 'team-a' }),
    };
    expect((await rename(files, TEAM)).texts).toEqual({
      'team.yaml': documents(aDescriptor('group:team-b'), aDescriptor('system:team-a')),
    });
  });

  it.each(['true', '123', '1e3', '0x1f', 'null', 'on', '2020-01-01'])(
    'quotes %s because YAML would misread it',
    async newName => {
      const { texts } = await rename(
        { 'team.yaml': aDescriptor('group:team-a'), 'cart.yaml': component('owner: team-a') },
        { ...TEAM, newName },
      );
      expect(texts['cart.yaml']).toBe(component(`owner: "${newName}"`));
      expect(texts['team.yaml']).toContain(`name: "${newName}"`);
    },
  );

  it.each([
    ['backstage.io/techdocs-entity', 'component'],
    ['backstage.io/source-template', 'template'],
  ])('changes the ref in %s', async (key, kind) => {
    const { texts } = await rename(
      {
        'docs.yaml': aDescriptor(`${kind}:docs`, { owner: 'x' }),
        'cart.yaml': aDescriptor(
          'component:shop/cart',
          {},
          { annotations: { [key]: `${kind}:docs` } },
        ),
      },
      { ref: `${kind}:default/docs`, newName: 'handbook' },
    );
    expect(texts['cart.yaml']).toContain(`${key}: ${kind}:handbook`);
  });

  it("changes only the case of refs with the entity's spelling", async () => {
    const { texts } = await rename(
      {
        'team.yaml': aDescriptor('group:team-a'),
        'cart.yaml': component('owner: team-a', 'system: x'),
      },
      { ...TEAM, newName: 'Team-A' },
    );
    expect(texts).toEqual({
      'team.yaml': aDescriptor('group:Team-A'),
      'cart.yaml': component('owner: Team-A', 'system: x'),
    });
  });

  it('uses texts in the editor', async () => {
    workspace = await openLanguageWorkspace({
      'team.yaml': aDescriptor('group:team-a'),
      'cart.yaml': component('owner: x'),
    });
    workspace.open('cart.yaml', `# new\n${component('owner: team-a')}`);
    workspace.open('new.yaml', component('owner: default/team-a'));
    const request = { ...TEAM, moreFiles: [at('new.yaml')] };
    const plan = planOf(await renameEntity(workspace.context, request, signal));
    expect(appliedPlan(workspace, plan)).toEqual({
      'team.yaml': aDescriptor('group:team-b'),
      'cart.yaml': `# new\n${component('owner: team-b')}`,
      'new.yaml': component('owner: default/team-b'),
    });
    expect(plan.files.map(({ version }) => version)).toEqual([1, 1, undefined]);
  });

  it('is canceled when a file changes in between', async () => {
    workspace = await openLanguageWorkspace({
      'cart.yaml': component('owner: team-a'),
      'team.yaml': aDescriptor('group:team-a'),
    });
    workspace.open('cart.yaml');
    const { files } = workspace.context;
    const context: LanguageContext = {
      ...workspace.context,
      files: {
        stat: uri => files.stat(uri),
        readDirectory: uri => files.readDirectory(uri),
        realPath: uri => files.realPath(uri),
        readFile(uri) {
          // The component's file has been checked by then.
          workspace.open('cart.yaml', `# new\n${component('owner: team-a')}`);
          return files.readFile(uri);
        },
      },
    };
    expect(reasonOf(await renameEntity(context, TEAM, signal))).toBe(
      'cart.yaml was changed in the meantime. Try again.',
    );
  });

  it('finds refs after document end markers and directives', async () => {
    const files = {
      'all.yaml': `%YAML 1.2\n---\n${aDescriptor('group:team-a')}...\n---\n${component('owner: team-a')}`,
    };
    expect((await rename(files, TEAM)).texts).toEqual({
      'all.yaml': `%YAML 1.2\n---\n${aDescriptor('group:team-b')}...\n---\n${component('owner: team-b')}`,
    });
  });

  it('changes refs of failing descriptors', async () => {
    const broken = aDescriptor('component:cart', { owner: 'team-a', lifecycle: undefined });
    const { texts } = await rename({ ...TEAM_FILE, 'cart.yaml': broken }, TEAM);
    expect(texts['cart.yaml']).toBe(broken.replace('team-a', 'team-b'));
  });

  it('renames a failing descriptor', async () => {
    const broken = aDescriptor('group:team-a', { type: undefined });
    const files = { 'team.yaml': broken, 'cart.yaml': component('owner: team-a') };
    const { texts } = await rename(files, TEAM);
    expect(texts).toEqual({
      'team.yaml': broken.replace('team-a', 'team-b'),
      'cart.yaml': component('owner: team-b'),
    });
  });

  it('renames all declaring documents with a warning', async () => {
    const { texts, warnings } = await rename(
      { 'a.yaml': aDescriptor('group:team-a'), 'b.yaml': aDescriptor('group:team-a') },
      TEAM,
    );
    expect(Object.keys(texts)).toEqual(['a.yaml', 'b.yaml']);
    expect(warnings).toEqual([
      'group:default/team-a is defined more than once, in a.yaml and b.yaml. All of its definitions change.',
    ]);
  });

  it('changes nothing for the same name', async () => {
    const { texts } = await rename(
      { 'team.yaml': aDescriptor('group:team-a') },
      { ...TEAM, newName: 'team-a' },
    );
    expect(texts).toEqual({});
  });

  it('returns undefined when aborted', async () => {
    workspace = await openLanguageWorkspace({ 'team.yaml': aDescriptor('group:team-a') });
    const aborted = AbortSignal.abort();
    expect(await renameEntity(workspace.context, TEAM, aborted)).toBeUndefined();
  });
});

describe('Renaming a value shared by an anchor', () => {
  it('changes it once', async () => {
    expect(await renameIn('owner: &o group:team-a', 'dependsOn: [*o]')).toBe(
      component('owner: &o group:team-b', 'dependsOn: [*o]'),
    );
  });

  it('changes the anchor even outside of refs', async () => {
    expect(await renameIn('x: &o team-a', 'owner: *o')).toBe(
      component('x: &o team-b', 'owner: *o'),
    );
  });

  it('changes lists and maps', async () => {
    expect(await renameIn('owner: x', 'dependsOn: &d [group:team-a]', 'dependencyOf: *d')).toBe(
      component('owner: x', 'dependsOn: &d [group:team-b]', 'dependencyOf: *d'),
    );
  });

  it('keeps the value for a ref to another entity', async () => {
    const { texts } = await rename(
      {
        'team.yaml': documents(aDescriptor('group:team-a'), aDescriptor('system:team-a')),
        'cart.yaml': component('owner: &o team-a', 'system: *o'),
      },
      TEAM,
    );
    expect(texts['cart.yaml']).toBe(component('owner: &o team-b', 'system: team-a'));
  });

  it('keeps the value as the name of the referring entity', async () => {
    const shared = component('system: *n', 'owner: x').replace('cart #', '&n cart #');
    const { texts } = await rename(
      { 'system.yaml': aDescriptor('system:cart'), 'cart.yaml': shared },
      { ref: 'system:default/cart', newName: 'shop' },
    );
    expect(texts['cart.yaml']).toBe(shared.replace('*n', 'shop'));
  });
});

describe('Invalid rename', () => {
  it.each(['team b', '', '-a', 'a/b', 'é', 'a'.repeat(64), 'a\n'])(
    'is rejected for the name %j',
    async newName => {
      expect(await refusal(TEAM_FILE, { ...TEAM, newName })).toContain("isn't a valid name");
    },
  );

  it('is rejected for a ref of another entity', async () => {
    const files = { 'teams.yaml': documents(aDescriptor('group:team-a'), aDescriptor('group:B')) };
    expect(await refusal(files, { ...TEAM, newName: 'b' })).toBe('group:default/b already exists.');
  });

  it('is rejected for a ref of a failing descriptor', async () => {
    const broken = aDescriptor('group:team-b', { type: undefined });
    expect(await refusal({ ...TEAM_FILE, 'b.yaml': broken }, TEAM)).toBe(
      'group:default/team-b already exists.',
    );
  });

  it('is rejected for a ref declared in an open text', async () => {
    workspace = await openLanguageWorkspace(TEAM_FILE);
    workspace.open('new.yaml', aDescriptor('group:team-b'));
    const request = { ...TEAM, moreFiles: [at('new.yaml')] };
    expect(reasonOf(await renameEntity(workspace.context, request, signal))).toBe(
      'group:default/team-b already exists.',
    );
  });

  it('is rejected for an entity or ref in a read-only file', async () => {
    const files = { ...TEAM_FILE, 'cart.yaml': component('owner: team-a') };
    workspace = await openLanguageWorkspace(files);
    const reasons = ['team.yaml', 'cart.yaml'].map(async path => {
      const context = { ...workspace.context, isReadOnly: (uri: string) => uri === at(path) };
      return reasonOf(await renameEntity(context, TEAM, signal));
    });
    expect(await Promise.all(reasons)).toEqual([
      'group:default/team-a is in a read-only file.',
      'cart.yaml needs to change but is read-only.',
    ]);
  });

  it('ignores open read-only files outside the catalog', async () => {
    workspace = await openLanguageWorkspace(TEAM_FILE);
    workspace.open('old.yaml', aDescriptor('group:team-b', { parent: 'team-a' }));
    const context = { ...workspace.context, isReadOnly: (uri: string) => uri === at('old.yaml') };
    const request = { ...TEAM, moreFiles: [at('old.yaml')] };
    const plan = planOf(await renameEntity(context, request, signal));
    expect(Object.keys(appliedPlan(workspace, plan))).toEqual(['team.yaml']);
  });

  it('is rejected for an entity or referrer without a file', async () => {
    workspace = await openLanguageWorkspace(TEAM_FILE);
    const provided = (ref: string, target?: string) => ({
      uri: `provider:${ref}`,
      entities: [
        {
          ref,
          kind: 'User',
          namespace: 'default',
          name: ref.replace(/.*\//, ''),
          references: target
            ? [
                {
                  field: 'spec.memberOf[0]',
                  written: target,
                  targetRef: target,
                  type: 'memberOf',
                  inverse: 'hasMember',
                  defaultKind: 'Group',
                  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
                },
              ]
            : [],
        },
      ],
    });
    workspace.mirror.update([provided('user:default/mary', 'group:default/team-a')]);
    expect(reasonOf(await renameEntity(workspace.context, TEAM, signal))).toBe(
      "user:default/mary refers to group:default/team-a but isn't defined in a file, so it can't be changed.",
    );
    const request = { ref: 'user:default/mary', newName: 'jane' };
    expect(reasonOf(await renameEntity(workspace.context, request, signal))).toBe(
      "user:default/mary isn't defined in a file, so it can't be changed.",
    );
  });

  it('is rejected for a declaring document with errors', async () => {
    const text = TEAM_FILE['team.yaml'].replace('children: []', 'children: [');
    workspace = await openLanguageWorkspace({ 'team.yaml': text });
    expect(reasonOf(await renameEntity(workspace.context, TEAM, signal))).toBe(
      "team.yaml declares group:default/team-a and can't be changed: it has errors; fix them first.",
    );
  });

  it('is rejected for an entity that moved in its file', async () => {
    workspace = await openLanguageWorkspace(TEAM_FILE);
    workspace.open('team.yaml', '');
    expect(reasonOf(await renameEntity(workspace.context, TEAM, signal))).toBe(
      'group:default/team-a has moved because its file was changed. Try again.',
    );
  });

  it('is rejected for an unknown entity', async () => {
    expect(await refusal(TEAM_FILE, { ref: 'group:default/gone', newName: 'b' })).toBe(
      'group:default/gone is not in the catalog.',
    );
  });

  it('is rejected while the catalog is loading', async () => {
    workspace = await openLanguageWorkspace(TEAM_FILE);
    workspace.mirror.isReady = false;
    expect(reasonOf(await renameEntity(workspace.context, TEAM, signal))).toBe(
      'The catalog is still loading.',
    );
  });
});

describe('Rename warnings', () => {
  it('cover skeletons', async () => {
    const { texts, warnings } = await rename(
      {
        'team.yaml': aDescriptor('group:team-a'),
        'template.yaml': aDescriptor('template:new', {
          owner: 'x',
          steps: [{ id: 'fetch', action: 'fetch:template', input: { url: './skeleton' } }],
        }),
        'skeleton/a/catalog-info.yaml': component('owner: team-a').replace(
          'cart',
          '${{ values.name }}',
        ),
      },
      TEAM,
    );
    expect(Object.keys(texts)).toEqual(['team.yaml']);
    expect(warnings).toEqual([
      "skeleton/a/catalog-info.yaml refers to the entity in spec.owner of a skeleton, which isn't changed.",
    ]);
  });

  it('cover open skeletons', async () => {
    workspace = await openLanguageWorkspace({
      'team.yaml': aDescriptor('group:team-a'),
      'template.yaml': aDescriptor('template:new', {
        owner: 'x',
        steps: [{ id: 'fetch', action: 'fetch:template', input: { url: './skeleton' } }],
      }),
      'skeleton/a.yaml': component('owner: team-a'),
    });
    workspace.open('skeleton/a.yaml');
    const request = { ...TEAM, moreFiles: [at('skeleton/a.yaml')] };
    const plan = planOf(await renameEntity(workspace.context, request, signal));
    expect(Object.keys(appliedPlan(workspace, plan))).toEqual(['team.yaml']);
    expect(plan.warnings).toEqual([
      "skeleton/a.yaml refers to the entity in spec.owner of a skeleton, which isn't changed.",
    ]);
  });

  it('cover templated descriptors', async () => {
    workspace = await openLanguageWorkspace({ 'team.yaml': aDescriptor('group:team-a') });
    workspace.open('new.yaml', component('owner: team-a').replace('cart', '${{ values.name }}'));
    const request = { ...TEAM, moreFiles: [at('new.yaml')] };
    expect(planOf(await renameEntity(workspace.context, request, signal)).warnings).toEqual([
      "new.yaml refers to the entity and isn't changed: it is a template of a descriptor.",
    ]);
  });

  it('cover forms and steps of Templates', async () => {
    const { texts, warnings } = await rename(
      {
        ...TEAM_FILE,
        'template.yaml': aDescriptor('template:new', {
          owner: 'team-a',
          parameters: [
            {
              title: 'team-a',
              properties: {
                owner: { type: 'string', title: 'team-a', default: 'group:default/team-a' },
                user: { type: 'string', default: 'user:team-a' },
              },
            },
          ],
          steps: [{ id: 'a', action: 'catalog:fetch', input: { entityRef: 'Group:Team-A' } }],
        }),
      },
      TEAM,
    );
    expect(texts['template.yaml']).toContain('owner: team-b');
    expect(texts['template.yaml']).toContain('default: group:default/team-a');
    expect(warnings).toEqual([
      'template.yaml mentions the entity in spec.steps[0].input.entityRef of a template. Check it manually.',
      'template.yaml mentions the entity in spec.parameters[0].properties.owner.default of a template. Check it manually.',
    ]);
  });

  it('cover any Backstage app-config.yaml', async () => {
    const config = `app: { title: team-a } # team-a
permission:
  rbac:
    admin:
      superUsers:
        - name: 'Group:Default/Team-A'
        - name: group:team-ab
catalog:
  providers:
    x: { owner: group:team-a, "group:team-a": 1, url: "https://x/group:team-a" }
`;
    const { texts, warnings } = await rename(
      {
        ...TEAM_FILE,
        'app-config.yaml': config,
        'apps/portal/app-config.production.yml': 'auth:\n  owner: group:default/team-a\n',
        'apps/portal/node_modules/x/app-config.yaml': config,
        'apps/portal/.cache/app-config.yaml': config,
        'other.yaml': config,
      },
      TEAM,
    );
    expect(Object.keys(texts)).toEqual(['team.yaml']);
    const end = 'Check it manually.';
    expect(warnings).toEqual([
      `app-config.yaml mentions the entity in permission.rbac.admin.superUsers[0].name. ${end}`,
      `app-config.yaml mentions the entity in catalog.providers.x.owner. ${end}`,
      `apps/portal/app-config.production.yml mentions the entity in auth.owner. ${end}`,
    ]);
  });

  it('cover the open text of an app-config.yaml', async () => {
    workspace = await openLanguageWorkspace({
      'team.yaml': aDescriptor('group:team-a'),
      'a/b/c/d/e/f/app-config.yaml': 'x: 1\n',
    });
    workspace.open('a/b/c/d/e/f/app-config.yaml', 'x: group:team-a\n');
    const request = { ...TEAM, moreFiles: [at('a/b/c/d/e/f/app-config.yaml')] };
    expect(planOf(await renameEntity(workspace.context, request, signal)).warnings).toEqual([
      'a/b/c/d/e/f/app-config.yaml mentions the entity in x. Check it manually.',
    ]);
  });

  it('cover documents with syntax errors', async () => {
    const broken = component('owner: team-a', 'system: [a');
    const { texts, warnings } = await rename({ ...TEAM_FILE, 'cart.yaml': broken }, TEAM);
    expect(Object.keys(texts)).toEqual(['team.yaml']);
    expect(warnings).toEqual([
      "cart.yaml refers to the entity and isn't changed: it has errors; fix them first.",
    ]);
  });

  it('cover text placeholders', async () => {
    const { texts, warnings } = await rename(
      {
        'team.yaml': aDescriptor('group:team-a'),
        'cart.yaml': component('owner:', '  $text: ./owner.txt'),
        'owner.txt': 'team-a',
      },
      TEAM,
    );
    expect(Object.keys(texts)).toEqual(['team.yaml']);
    expect(warnings).toEqual([
      "cart.yaml: spec.owner refers to the entity through $text: ./owner.txt, which isn't changed.",
    ]);
  });

  it('cover the CODEOWNERS mapping in settings', async () => {
    const { warnings } = await rename(
      { 'team.yaml': aDescriptor('group:team-a') },
      { ...TEAM, ownerMapping: { '@acme/a': 'team-a', '@acme/b': 'team-b' } },
    );
    expect(warnings).toEqual([
      "The setting callboard.codeowners.owners maps @acme/a to the entity and isn't changed.",
    ]);
  });
});

describe('Renaming a group with a GitHub team', () => {
  const CODEOWNERS =
    '# @acme/team-a\n/a/ @acme/team-a @acme/team-ab\n/b/ @Acme/Team-A # @acme/team-a\n';
  const team = (slug: string): string =>
    aDescriptor('group:team-a', {}, { annotations: { 'github.com/team-slug': slug } });

  it('also renames the team, including in CODEOWNERS', async () => {
    const { texts } = await rename(
      { 'teams/team.yaml': team('acme/team-a'), '.github/CODEOWNERS': CODEOWNERS },
      TEAM,
    );
    expect(texts['.github/CODEOWNERS']).toBe(
      '# @acme/team-a\n/a/ @acme/team-b @acme/team-ab\n/b/ @acme/team-b # @acme/team-a\n',
    );
    expect(texts['teams/team.yaml']).toContain('github.com/team-slug: acme/team-b');
  });

  it('keeps a team with another name', async () => {
    const { texts } = await rename(
      { 'team.yaml': team('acme/a-team'), CODEOWNERS: '* @acme/a-team' },
      TEAM,
    );
    expect(Object.keys(texts)).toEqual(['team.yaml']);
    expect(texts['team.yaml']).toContain('acme/a-team');
  });
});

describe('Renaming an entity and its file', () => {
  const files = {
    'teams/team-a.yaml': aDescriptor('group:team-a'),
    'all.yaml': aLocation('all', './teams/team-a.yaml', 'teams/team-a.yaml', './teams/*-a.yaml'),
  };

  it('keeps the file by default', async () => {
    const { texts } = await rename(files, TEAM);
    expect(Object.keys(texts)).toEqual(['teams/team-a.yaml']);
  });

  it('moves the file on request and updates targets', async () => {
    const { texts, warnings } = await rename(files, {
      ...TEAM,
      moveFile: at('teams/team-b.yaml'),
    });
    expect(texts).toEqual({
      'teams/team-b.yaml': aDescriptor('group:team-b'),
      'all.yaml': aLocation('all', './teams/team-b.yaml', 'teams/team-b.yaml', './teams/*-a.yaml'),
    });
    expect(warnings).toEqual([
      "all.yaml: the pattern ./teams/*-a.yaml doesn't match the moved file.",
    ]);
  });

  it('warns about unchanged URLs of the file', async () => {
    const url = 'https://git.example/shop/blob/main/teams/team-a.yaml';
    const { texts, warnings } = await rename(
      { ...files, 'all.yaml': aLocation('all', url, 'https://git.example/b.yaml') },
      { ...TEAM, moveFile: at('teams/team-b.yaml') },
    );
    expect(Object.keys(texts)).toEqual(['teams/team-b.yaml']);
    expect(warnings).toEqual([
      `all.yaml: the address ${url} may refer to the file. Check it manually.`,
    ]);
  });

  it('moves to another folder and warns about relative paths', async () => {
    const { texts, warnings } = await rename(
      {
        'teams/team-a.yaml': documents(
          aDescriptor('group:team-a'),
          aDescriptor('api:a', { definition: { $text: './a.json' } }),
        ),
        'all/all.yaml': aDescriptor('location:all', { target: '../teams/team-a.yaml' }),
        'here.yaml': aLocation('here', './teams/team-a.yaml'),
      },
      { ...TEAM, moveFile: at('other/b.yaml') },
    );
    expect(texts['all/all.yaml']).toContain('target: ../other/b.yaml');
    expect(texts['here.yaml']).toContain('- ./other/b.yaml');
    expect(warnings).toEqual([
      'teams/team-a.yaml: the path ./a.json is relative to the old folder.',
    ]);
  });

  it.each([
    ['all.yaml', 'all.yaml already exists.'],
    ['/elsewhere/a.yaml', 'a.yaml would be outside the workspace folder.'],
  ])('rejects a move to %s', async (path, reason) => {
    expect(await refusal(files, { ...TEAM, moveFile: at(path) })).toBe(reason);
  });
});

describe('Moving an entity to a namespace', () => {
  const CART = { ref: 'component:default/cart', namespace: 'shop' };

  it('qualifies refs only as far as needed', async () => {
    const texts = await move(
      {
        'cart.yaml': aDescriptor('component:cart', {
          owner: 'team',
          system: 'system:sales',
          subcomponentOf: 'shop/all',
          dependsOn: ['component:cart', 'resource:db', 'resource:default/db'],
        }),
        'other.yaml': documents(
          aDescriptor('component:other', { subcomponentOf: 'cart', dependsOn: ['component:cart'] }),
          aDescriptor('component:shop/near', { subcomponentOf: 'default/cart' }),
          aDescriptor('component:far/far', { dependsOn: ['component:default/cart'] }),
        ),
      },
      CART,
    );
    expect(texts).toEqual({
      'cart.yaml': aDescriptor('component:cart', {
        owner: 'default/team',
        system: 'system:default/sales',
        subcomponentOf: 'shop/all',
        dependsOn: ['component:cart', 'resource:default/db', 'resource:default/db'],
      }).replace('  name: cart\n', '  name: cart\n  namespace: shop\n'),
      'other.yaml': documents(
        aDescriptor('component:other', {
          subcomponentOf: 'shop/cart',
          dependsOn: ['component:shop/cart'],
        }),
        aDescriptor('component:shop/near', { subcomponentOf: 'shop/cart' }),
        aDescriptor('component:far/far', { dependsOn: ['component:shop/cart'] }),
      ),
    });
  });

  it('keeps annotations, which omit the namespace `default`', async () => {
    const annotations = (docs: string): Readonly<Record<string, unknown>> => ({
      annotations: { 'backstage.io/techdocs-entity': docs },
    });
    const texts = await move(
      {
        'cart.yaml': aDescriptor('component:cart', { owner: 'x/y' }, annotations('component:docs')),
        'docs.yaml': aDescriptor('component:docs', {}, annotations('component:cart')),
      },
      CART,
    );
    expect(texts['cart.yaml']).toContain('techdocs-entity: component:docs');
    expect(texts['docs.yaml']).toContain('techdocs-entity: component:shop/cart');
  });

  it('replaces a written namespace', async () => {
    const texts = await move(
      { 'cart.yaml': aDescriptor('component:old/cart', { owner: 'default/team' }) },
      { ref: 'component:old/cart', namespace: 'default' },
    );
    expect(texts['cart.yaml']).toBe(
      aDescriptor('component:old/cart', { owner: 'default/team' }).replace(
        'namespace: old',
        'namespace: default',
      ),
    );
  });

  it.each([
    ['Shop', `"Shop" isn't a valid namespace`],
    ['taken', 'component:taken/cart already exists.'],
  ])('is rejected for %s', async (namespace, reason) => {
    workspace = await openLanguageWorkspace({
      'cart.yaml': documents(aDescriptor('component:cart'), aDescriptor('component:taken/cart')),
    });
    const result = await moveToNamespace(workspace.context, { ...CART, namespace }, signal);
    expect(reasonOf(result)).toContain(reason);
  });
});
