import { MarkupContent } from 'vscode-languageserver-types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { annotationHoverProvider } from '../../../../../../src/features/authoring/language/hover/annotationHoverProvider';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../../support/languageWorkspace';
import { textAt } from '../../../../../support/markedText';

let workspace: LanguageWorkspace;
beforeEach(async () => {
  workspace = await openLanguageWorkspace();
});
afterEach(() => workspace.dispose());

async function hoverOn(
  annotation: string,
  apiVersion = 'backstage.io/v1alpha1',
): Promise<{ contents: string; on: string } | undefined> {
  const head = `apiVersion: ${apiVersion}\nkind: Component\nmetadata:\n  name: a\n`;
  const request = workspace.cursor('a.yaml', `${head}  annotations:\n    ${annotation}\n`);
  const hover = await annotationHoverProvider.hover?.(request);
  if (!hover?.range) return undefined;
  const contents = MarkupContent.is(hover.contents) ? hover.contents.value : '';
  return { contents, on: textAt(request.text.text, hover.range) };
}

describe('The hover of an annotation', () => {
  it('says on the key what it is for, what reads it and how it looks', async () => {
    const hover = await hoverOn('backstage.io/techdocs<|>-ref: dir:.');
    expect(hover?.on).toBe('backstage.io/techdocs-ref');
    expect(hover?.contents).toMatch(/^`backstage\.io\/techdocs-ref`\n\n.*\n\nExample: `/);
    expect(hover?.contents).toContain('Read by ');
  });

  it('says the same on the value', async () => {
    const hover = await hoverOn('backstage.io/techdocs-ref: "dir<|>:."');
    expect(hover?.on).toBe('"dir:."');
    expect(hover?.contents).toContain('Example: `');
  });

  it('says what to write instead of one that nothing reads any more', async () => {
    const hover = await hoverOn('jenkins.io/github-<|>folder: a');
    expect(hover?.contents).toContain('use jenkins.io/job-full-name.');
  });

  it('says that the catalog writes some itself', async () => {
    const hover = await hoverOn('backstage.io/orphan<|>: "true"');
    expect(hover?.contents).toContain('Set by the catalog');
  });

  it('says which kinds it is for', async () => {
    const hover = await hoverOn('github.com/team-<|>slug: a/b');
    expect(hover?.contents).toContain('entities of kind Group.');
  });

  it.each([
    ['one that is not known', 'example.com/own<|>: a'],
    ['a map where a text belongs', 'github.com/team-slug: { a: b<|> }'],
  ])('is none for %s', async (_name, annotation) => {
    expect(await hoverOn(annotation)).toBeUndefined();
  });

  it('is none in a document that is no descriptor', async () => {
    expect(await hoverOn('github.com/team-<|>slug: a/b', 'apps/v1')).toBeUndefined();
  });
});
