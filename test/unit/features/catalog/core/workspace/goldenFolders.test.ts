import { describe, expect, it } from 'vitest';
import { aComponent } from '../../../../../support/descriptors';
import { openCatalog } from '../../../../../support/testCatalog';

const fixture = (folder: string): string =>
  `tests:\n  - name: a\n    expect:\n      files:\n        golden: ${folder}\n`;

describe('Golden folders of template tests', () => {
  it('are ignored while a test refers to them', async () => {
    const catalog = await openCatalog({
      't/a.callboard-test.yaml': fixture('golden/a'),
      't/golden/a/catalog-info.yaml': aComponent('expected'),
      't/golden/b/catalog-info.yaml': aComponent('other'),
    });
    expect(catalog.refs()).toEqual(['component:default/other']);
    await catalog.write({ 't/a.callboard-test.yaml': fixture('golden/b') });
    expect(catalog.refs()).toEqual(['component:default/expected']);
    await catalog.remove('t/a.callboard-test.yaml');
    expect(catalog.refs()).toEqual(['component:default/expected', 'component:default/other']);
  });

  it.each(['..', '/work', 'file:///work', '.', '5', '[', '{}'])(
    'hide nothing when declared as %s',
    async folder => {
      const catalog = await openCatalog({
        't/a.callboard-test.yaml': fixture(folder),
        't/catalog-info.yaml': aComponent('a'),
      });
      expect([catalog.refs(), catalog.codes()]).toEqual([
        ['component:default/a'],
        ['dangling-reference'],
      ]);
    },
  );
});
