import { expect, it } from 'vitest';
import type { CatalogOptions } from '../../../../src/features/catalog/core';
import { appConfigProvider } from '../../../../src/server/standalone/appConfigProvider';
import { openLanguageWorkspace } from '../../../support/languageWorkspace';
import { at } from '../../../support/testCatalog';

async function codesOf(
  text: string,
  name = 'app-config.yaml',
  options: Partial<CatalogOptions> = {},
): Promise<readonly string[]> {
  const workspace = await openLanguageWorkspace({ [name]: '', 'a.yaml': 'a: 1\n' }, { options });
  const request = workspace.open(name, text);
  const found =
    (await appConfigProvider({ roots: () => [at('')], reportsProblems: () => false }).problems?.(
      request,
    )) ?? [];
  workspace.dispose();
  return found.map(({ code, range }) => `${range.start.line} ${code}`);
}

const location = (type: string, target: string): string =>
  `catalog:\n  locations:\n    - type: ${type}\n      target: ${target}\n`;

it.each([
  [location('{}', './a.yaml'), ['2 app-config-invalid']],
  [location('url', 'https://example.com/a.yaml'), []],
  [location('file', './a.yaml'), []],
  [location('url', '${TARGET}'), []],
  [`app:\n  title: \${TITLE}\n${location('file', '${ROOT}/a.yaml')}`, []],
  ['catalog:\n  readonly: ${SOMETIMES}\n', []],
  ['catalog: [\n', ['1 app-config-invalid']],
  ['', []],
])('checks the open text: %j', async (text, codes) => {
  expect(await codesOf(text)).toEqual(codes);
});

it('accepts custom kinds', async () => {
  const text = 'catalog:\n  rules:\n    - allow: [Component, Cluster]\n';
  expect(await codesOf(text)).toEqual(['2 app-config-kind']);
  const customKinds = [{ kind: 'Cluster', apiVersions: ['acme.example/v1'] }];
  expect(await codesOf(text, 'app-config.yaml', { customKinds })).toEqual([]);
});

it('ignores other files', async () => {
  expect(await codesOf(location('{}', './a.yaml'), 'config.yaml')).toEqual([]);
});
