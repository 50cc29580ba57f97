import { MarkupContent } from 'vscode-languageserver-types';
import { beforeAll, describe, expect, it } from 'vitest';
import { annotationHoverProvider } from '../../../../../src/features/authoring/language/hover/annotationHoverProvider';
import { SchemaLibrary } from '../../../../../src/features/authoring/language/structure/schemas/schemaLibrary';
import { acceptedAt, labelsAt } from '../../../../support/completions';
import { fixtureFiles } from '../../../../support/fixtureFiles';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../support/languageWorkspace';

let workspace: LanguageWorkspace;
beforeAll(async () => {
  workspace = await openLanguageWorkspace(fixtureFiles('catalogModel'));
});

const component = (rest: string): string =>
  `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: x\n${rest}`;
const labels = (text: string): Promise<readonly string[]> =>
  labelsAt(workspace.cursor('new.yaml', text));

describe('Language features with model layers', () => {
  it('complete kinds and their versions', async () => {
    expect(await labels('apiVersion: acme.com/v1\nkind: Ware<|>\nmetadata:\n  name: x\n')).toEqual([
      'Warehouse',
    ]);
    expect(await labels('apiVersion: <|>\nkind: Dataset\nmetadata:\n  name: x\n')).toEqual([
      'acme.com/v1',
    ]);
  });

  it('complete types with their own schema', async () => {
    const text =
      'apiVersion: acme.com/v1\nkind: Dataset\nmetadata:\n  name: x\nspec:\n  type: st<|>\n';
    expect(await labels(text)).toContain('stream');
  });

  it('offer snippets with the types and fields of the model', async () => {
    const cursor = workspace.cursor('shop/catalog-info.yaml', '<|>');
    const dataset = await acceptedAt(cursor, 'Dataset');
    expect(dataset).toContain('spec:\n  type: ${3:stream}\n');
    const warehouse = await acceptedAt(cursor, 'Warehouse');
    expect(warehouse).not.toContain('type: ');
  });

  it('complete refs in relation fields', async () => {
    expect(await labels(component('spec:\n  reads:\n    - <|>\n'))).toEqual(
      expect.arrayContaining(['invoices', 'payments-made']),
    );
  });

  it("complete the model's annotations, labels and tags with values", async () => {
    const annotation = component('  annotations:\n    acme<|>\n');
    expect((await labels(annotation))[0]).toBe('acme.com/cost-center');
    const label = component('  labels:\n    acme<|>\n');
    expect(await acceptedAt(workspace.cursor('new.yaml', label), 'acme.com/region')).toContain(
      'acme.com/region: ${1|north,south|}',
    );
    expect(await labels(component('  labels:\n    acme.com/region: <|>\n'))).toEqual([
      'north',
      'south',
    ]);
    expect(await labels(component('  tags:\n    - pers<|>\n'))).toEqual(['personal-data']);
  });

  it.each([
    ['annotations:\n    acme.com/cost<|>-center: CC-1234', 'Cost center'],
    ['labels:\n    acme.com/reg<|>ion: north', 'Region'],
    ['tags:\n    - personal<|>-data', 'Personal data'],
  ])('explain names in metadata: %s', async (text, title) => {
    const request = workspace.cursor('new.yaml', component(`  ${text}\n`));
    const hover = await annotationHoverProvider.hover?.(request);
    const contents = hover && MarkupContent.is(hover.contents) ? hover.contents.value : '';
    expect(contents).toContain(`**${title}**`);
  });

  it('use the schema of the kind and its type', () => {
    const library = new SchemaLibrary(workspace.catalog.engine.model.kinds);
    const schemaOf = (kind: string, apiVersion: string, specType: string): string => {
      const head = { kind, apiVersion, specType, keys: [], isBlank: false };
      return JSON.stringify(library.schemaOf(library.nameFor({ type: 'descriptor', head })));
    };
    expect(schemaOf('Dataset', 'acme.com/v1', 'stream')).toContain('The topic of the events.');
    expect(schemaOf('Dataset', 'acme.com/v1', 'table')).not.toContain('The topic of the events.');
    expect(schemaOf('Component', 'backstage.io/v1alpha1', 'service')).toContain(
      'The tier of support.',
    );
    expect(schemaOf('Component', 'backstage.io/v1beta1', 'service')).not.toContain('The tier of');
  });
});
