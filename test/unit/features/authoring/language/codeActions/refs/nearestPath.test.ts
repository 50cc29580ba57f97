import { describe, expect, it } from 'vitest';
import { offered } from '../../../../../../support/codeActions';
import { aDescriptor, aLocation, documents } from '../../../../../../support/descriptors';

const TEAM = aDescriptor('group:team');
const files = {
  'org.yaml': TEAM,
  'teams/crew.yaml': aDescriptor('group:crew'),
  'api/openapi.yaml': 'openapi: 3.1.0\n',
  'openapi/prices v1.json': '{}',
  'skeleton/README.md': 'x',
  'docs-a/mkdocs.yml': 'site_name: A',
  'more/docs-b/mkdocs.yaml': 'site_name: B',
  'node_modules/teams/crw.yaml': TEAM,
};

function fetching(url: string): string {
  const steps = [{ id: 'fetch', action: 'fetch:template', input: { url } }];
  return aDescriptor('template:t', { owner: 'team', steps });
}

describe('Fix with the nearest existing path', () => {
  it.each([
    ['corrects a target', aLocation('all', './teams/cr<|>w.yaml'), './teams/crew.yaml'],
    [
      'corrects the extension of a target',
      aLocation('all', 'teams/cr<|>ew.yml'),
      'teams/crew.yaml',
    ],
    [
      'corrects a target in a folder',
      aLocation('all', './taems/cr<|>ew.yaml'),
      './teams/crew.yaml',
    ],
    ['finds a target in a subfolder', aLocation('all', './cr<|>ew.yaml'), './teams/crew.yaml'],
    [
      'corrects a placeholder',
      aDescriptor('api:a', { definition: { $text: './api/open<|>api.yml' } }),
      './api/openapi.yaml',
    ],
    [
      'corrects a placeholder with a space',
      aDescriptor('api:a', { definition: { $text: './openapi/prices%20v<|>2.json' } }),
      './openapi/prices%20v1.json',
    ],
    ['corrects a source folder', fetching('./skele<|>tno'), './skeleton'],
    ['corrects a source folder with a slash', fetching('skeletons/<|>'), 'skeleton/'],
  ])('%s', async (_, marked, path) => {
    for (const lineEnd of ['\n', '\r\n']) {
      const text = documents(TEAM.replace('team', 'other'), marked).replaceAll('\n', lineEnd);
      const actions = await offered({ files, text });
      const title = `Change to "${path}"`;
      expect(actions.find(title)).toMatchObject({ kind: 'quickfix', isPreferred: true });
      expect(actions.find(title).diagnostics?.map(({ code }) => code)).toEqual([
        expect.stringMatching(/-missing$/),
      ]);
      expect(await actions.codesAfter(title)).toEqual([]);
    }
  });

  it('allows parent folders within the workspace', async () => {
    const text = aLocation('all', '../og<|>r.yaml', '../../x.yaml');
    const actions = await offered({ files, path: 'teams/all.yaml', text });
    expect(actions.text('Change to "../org.yaml"')).toBe(
      text.replace('../og<|>r.yaml', '../org.yaml'),
    );
  });

  it('offers all folders with docs', async () => {
    const text = aDescriptor(
      'component:a',
      {},
      { annotations: { 'backstage.io/techdocs-ref': 'dir:./d<|>ocs' } },
    );
    const actions = await offered({ files, text });
    const titles = actions.titles.filter(title => title.startsWith('Change'));
    expect(titles).toEqual(['Change to "dir:./docs-a"', 'Change to "dir:./more/docs-b"']);
    for (const title of titles) expect(await actions.codesAfter(title)).toEqual([]);
    const beside = await offered({ files: { ...files, 'mkdocs.yml': 'site_name: C' }, text });
    expect(beside.titles[0]).toBe('Change to "dir:."');
  });

  it.each([
    ['a path unlike all others', aLocation('all', './no<|>thing.yaml')],
    ['a pattern', aLocation('all', './taems/*<|>.yaml')],
    ['a URL', aLocation('all', 'https://a.example/or<|>g.yaml')],
  ])("isn't offered for %s", async (_, text) => {
    const { titles } = await offered({ files, text });
    expect(titles.filter(title => title.startsWith('Change'))).toEqual([]);
  });
});
