import { describe, expect, it } from 'vitest';
import { TestAgent } from '../../../../support/agents';
import { aComponent, aDescriptor } from '../../../../support/descriptors';

const crew = aDescriptor(
  'group:crew',
  { profile: { displayName: 'The Crew', email: 'crew@example.com' }, members: ['ann'] },
  { links: [{ url: 'https://chat.example.com', title: 'Chat' }] },
);
const ann = aDescriptor('user:ann', { profile: { displayName: 'Ann', email: 'ann@example.com' } });
const people = { 'org/crew.yaml': crew, 'org/ann.yaml': ann };

describe('`owners` tool', () => {
  it('returns the owner of an entity with contacts', async () => {
    const agent = await TestAgent.open({
      'shop.yaml': aComponent('shop', { owner: 'crew' }),
      ...people,
    });
    expect(await agent.value('owners', { ref: 'shop' })).toEqual({
      owners: [
        {
          ref: 'group:default/crew',
          title: 'The Crew',
          email: 'crew@example.com',
          isInCatalog: true,
          links: [{ title: 'Chat', url: 'https://chat.example.com' }],
          members: [{ ref: 'user:default/ann', title: 'Ann', email: 'ann@example.com' }],
          totalMembers: 1,
          file: 'org/crew.yaml',
          line: 4,
        },
      ],
      sources: [
        {
          type: 'entity',
          ref: 'component:default/shop',
          owners: ['group:default/crew'],
          file: 'shop.yaml',
          line: 4,
        },
      ],
    });
    expect(await agent.text('owners', { ref: 'shop' })).toBe(`shop is owned by group:default/crew.
- group:default/crew The Crew <crew@example.com> (org/crew.yaml:4)
  Members: user:default/ann Ann <ann@example.com>
  Link: Chat <https://chat.example.com>
Source: component:default/shop (shop.yaml:4): group:default/crew`);
  });

  it.each([
    ['services/shop/src/main.ts', ['component:default/shop']],
    ['services/shop/catalog-info.yaml', ['component:default/shop']],
    ['services/other/main.ts', ['component:default/all']],
    ['/work/services/shop/src', ['component:default/shop']],
    ['file:///work/services/shop/new.ts', ['component:default/shop']],
    ['services\\shop\\main.ts', ['component:default/shop']],
  ])('uses the nearest descriptor: %s', async (path, refs) => {
    const agent = await TestAgent.open({
      'catalog-info.yaml': aComponent('all', { owner: 'crew' }),
      'services/shop/catalog-info.yaml': aComponent('shop', { owner: 'crew' }),
      'services/shop/src/main.ts': '',
      'services/shop/main.ts': '',
      'services/shop/new.ts': '',
      'services/other/main.ts': '',
      ...people,
    });
    const { sources } = (await agent.value('owners', { path })) as { sources: { ref: string }[] };
    expect(sources.map(({ ref }) => ref)).toEqual(refs);
  });

  it("distinguishes an entity's folder from its descriptor", async () => {
    const agent = await TestAgent.open({
      'booking/catalog-info.yaml': aComponent('booking', { owner: 'crew' }),
      ...people,
    });
    const reasonOf = async (path: string): Promise<unknown> => {
      const { answer } = (await agent.value('owners', { path })) as { answer?: { reason: string } };
      return answer?.reason;
    };
    expect(await reasonOf('booking')).toBe(
      'it is in the folder of component:default/booking, which has this spec.owner',
    );
    expect(await reasonOf('booking/catalog-info.yaml')).toBe(
      'it is the descriptor of component:default/booking, which has this spec.owner',
    );
  });

  it('uses CODEOWNERS, even with owners outside the catalog', async () => {
    const agent = await TestAgent.open({
      '.git/HEAD': 'ref: refs/heads/main',
      '.github/CODEOWNERS': '* @acme/all\n/src @acme/crew @stranger\n',
      'src/a.ts': '',
      ...people,
    });
    expect(await agent.value('owners', { path: 'src/a.ts' })).toMatchObject({
      answer: {
        owners: ['group:default/crew', '@stranger'],
        reason: 'line 2 of .github/CODEOWNERS matches it',
      },
      owners: [{ ref: 'group:default/crew' }],
      sources: [
        {
          type: 'codeowners',
          owners: ['@acme/crew', '@stranger'],
          file: '.github/CODEOWNERS',
          line: 2,
        },
      ],
    });
  });

  const candidates = {
    '.git/HEAD': 'ref: refs/heads/main',
    'catalog-info.yaml': aComponent('all', { owner: 'ops' }),
    'services/shop/catalog-info.yaml': `${aDescriptor('api:api', { owner: 'apis' })}---\n${aComponent('shop', { owner: 'crew' })}`,
    'services/shop/a.ts': '',
    'b.ts': '',
    ...people,
  };

  it.each([
    [
      '* @acme/ops',
      'services/shop/a.ts',
      'group:default/crew',
      /folder of component:default\/shop/,
    ],
    ['*.ts @acme/ts', 'services/shop/a.ts', '@acme/ts', /line 1 of CODEOWNERS matches/],
    ['/docs @acme/docs', 'b.ts', 'group:default/ops', /folder of component:default\/all/],
    [
      '*.yaml @acme/yaml',
      'services/shop/catalog-info.yaml',
      'group:default/crew',
      /it is the descriptor/,
    ],
  ])('returns the most specific answer first: %s, %s', async (rules, path, owner, reason) => {
    const agent = await TestAgent.open({ ...candidates, CODEOWNERS: rules });
    const value = await agent.value('owners', { path });
    const { answer } = value as { answer: { owners: string[]; reason: string } };
    expect(answer.owners).toEqual([owner]);
    expect(answer.reason).toMatch(reason);
    const text = await agent.text('owners', { path });
    expect(text.split('\n')[0]).toBe(`${path} is owned by ${owner}: ${answer.reason}.`);
  });

  it('lists other candidates after the answer', async () => {
    const agent = await TestAgent.open({ ...candidates, CODEOWNERS: '* @acme/ops' });
    const text = await agent.text('owners', { path: 'services/shop/a.ts' });
    const [, others = ''] = text.split('\nOther candidates:\n');
    expect(others).toContain('Source: api:default/api');
    expect(others).toContain('Source: CODEOWNERS (CODEOWNERS:1): @acme/ops');
  });

  it("rejects a path that doesn't exist", async () => {
    const agent = await TestAgent.open(candidates);
    expect(await agent.text('owners', { path: 'services/shop/gone.ts' })).toBe(
      `Can't find "services/shop/gone.ts" in the workspace.`,
    );
  });

  it.each([
    '../secret',
    '/etc/passwd',
    'a/../../etc/passwd',
    'file:///etc/passwd',
    '..\\..\\secret',
    '/work/../etc/passwd',
    '/workshop/a',
    'C:\\Windows',
  ])('rejects a path outside the workspace: %s', async path => {
    const agent = await TestAgent.open({ 'shop.yaml': aComponent('shop'), '/etc/passwd': 'root' });
    for (const tool of ['owners', 'validate']) {
      expect(await agent.text(tool, { path })).toMatch(/^".*" is outside the workspace\. Give/);
    }
  });

  it('rejects a path outside the workspace through a symbolic link', async () => {
    const agent = await TestAgent.open({ 'shop.yaml': aComponent('shop'), '/etc/passwd': 'root' });
    agent.catalog.files.link('/work/out', '/etc');
    for (const path of ['out/passwd', 'out/none', 'out/no/such/file']) {
      expect(await agent.text('owners', { path })).toBe(
        `"${path}" is a symbolic link to a place outside the workspace.`,
      );
    }
  });

  it('truncates long values and removes invisible characters', async () => {
    const hidden = '\u202e\u200b\n';
    const url = `https://example.com/${'x'.repeat(10_000)}`;
    const links = Array.from({ length: 500 }, (_, index) => ({
      url: index ? 'https://example.com' : url,
      title: `a${hidden}b${'x'.repeat(10_000)}`,
    }));
    const email = `crew${hidden}@example.com`;
    const agent = await TestAgent.open({
      '.git/HEAD': 'ref: refs/heads/main',
      'src/a.ts': '',
      CODEOWNERS: `* @acme/crew ${'@stranger '.repeat(500)}`,
      'crew.yaml': aDescriptor('group:crew', { profile: { email } }, { links }),
    });
    const text = await agent.text('owners', { path: 'src/a.ts' });
    expect(text.length).toBeLessThan(10_000);
    expect(text).toContain('- group:default/crew crew <crew @example.com> (crew.yaml:4)\n');
    expect(text).toContain('  Link: a bxxx');
  });

  it('reports a missing owner and requires one argument', async () => {
    const agent = await TestAgent.open({ 'team.yaml': aDescriptor('group:team'), 'x.ts': '' });
    expect(await agent.text('owners', { path: 'x.ts' })).toBe('x.ts has no owner.');
    for (const input of [{}, { ref: 'team', path: 'x.ts' }]) {
      expect(await agent.text('owners', input)).toMatch(/^Give either "ref"/);
    }
  });

  it("accepts a path with a workspace folder's name", async () => {
    const files = {
      '/one/a.yaml': aComponent('a', { owner: 'crew' }),
      '/two/b.yaml': aComponent('b', { owner: 'crew' }),
    };
    const agent = await TestAgent.open(files, { roots: ['one', 'two'] });
    const sourcesOf = async (path: string) =>
      ((await agent.value('owners', { path })) as { sources: { ref: string }[] }).sources[0]?.ref;
    expect(await sourcesOf('two/b.yaml')).toBe('component:default/b');
    expect(await sourcesOf('b.yaml')).toBe('component:default/b');
    expect(await sourcesOf('two')).toBe('component:default/b');
  });
});
