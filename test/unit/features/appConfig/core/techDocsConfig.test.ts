import { expect, it } from 'vitest';
import { techDocsConfigOf } from '../../../../../src/features/catalog/core/configuredBackstage/config/techDocsConfigFile';
import { InMemoryFileSystem } from '../../../../support/inMemoryFileSystem';

async function read(...texts: readonly string[]): Promise<unknown> {
  const files = Object.fromEntries(texts.map((text, index) => [`/app-config.${index}.yaml`, text]));
  const {
    issues,
    files: _files,
    ...config
  } = await techDocsConfigOf(
    Object.keys(files).map(path => `file://${path}`),
    { fileSystem: new InMemoryFileSystem(files), environment: new Map() },
  );
  return { ...config, issues: issues.map(({ message }) => message) };
}

const nothing = {
  defaultPlugins: [],
  additionalKeys: [],
  additionalPlugins: [],
  additionalExtensions: [],
  issues: [],
};

it('is empty without settings', async () => {
  expect(await read()).toEqual(nothing);
  expect(await read('techdocs: { builder: local }')).toEqual(nothing);
});

it('uses each list of the last config that has it', async () => {
  const first = `techdocs:
  generator:
    mkdocs:
      defaultPlugins: [techdocs-core, tags]
      dangerouslyAllowAdditionalKeys: [hooks]
`;
  const second = `techdocs:
  generator:
    mkdocs:
      dangerouslyAllowAdditionalKeys: [extra_javascript]
      dangerouslyAllowAdditionalPlugins: [exclude]
      dangerouslyAllowAdditionalExtensions: [mkdocs_click]
`;
  expect(await read(first, second)).toEqual({
    ...nothing,
    defaultPlugins: ['techdocs-core', 'tags'],
    additionalKeys: ['extra_javascript'],
    additionalPlugins: ['exclude'],
    additionalExtensions: ['mkdocs_click'],
  });
});

it("reports a value that isn't a list", async () => {
  const text = 'techdocs: { generator: { mkdocs: { defaultPlugins: tags } } }';
  const message =
    "Invalid type in config for key 'techdocs.generator.mkdocs.defaultPlugins', got string, wanted string-array";
  expect(await read(text)).toEqual({ ...nothing, issues: [message] });
});
