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

describe('Annotation hover', () => {
  it('explains the annotation on its key with an example', async () => {
    const hover = await hoverOn('backstage.io/techdocs<|>-ref: dir:.');
    expect(hover?.on).toBe('backstage.io/techdocs-ref');
    expect(hover?.contents).toMatch(/^`backstage\.io\/techdocs-ref`\n\n.*\n\nExample: `/);
    expect(hover?.contents).toContain('Read by ');
  });

  it('explains the annotation on its value', async () => {
    const hover = await hoverOn('backstage.io/techdocs-ref: "dir<|>:."');
    expect(hover?.on).toBe('"dir:."');
    expect(hover?.contents).toContain('Example: `');
  });

  it('shows the replacement of an obsolete annotation', async () => {
    const hover = await hoverOn('jenkins.io/github-<|>folder: a');
    expect(hover?.contents).toContain('use jenkins.io/job-full-name.');
  });

  it('marks annotations that the catalog sets', async () => {
    const hover = await hoverOn('backstage.io/orphan<|>: "true"');
    expect(hover?.contents).toContain('Set by the catalog');
  });

  it('lists its kinds', async () => {
    const hover = await hoverOn('github.com/team-<|>slug: a/b');
    expect(hover?.contents).toContain('entities of kind Group.');
  });

  it.each([
    ['an unknown annotation', 'example.com/own<|>: a'],
    ['a map instead of text', 'github.com/team-slug: { a: b<|> }'],
  ])('is undefined for %s', async (_name, annotation) => {
    expect(await hoverOn(annotation)).toBeUndefined();
  });

  it('is undefined in other documents', async () => {
    expect(await hoverOn('github.com/team-<|>slug: a/b', 'apps/v1')).toBeUndefined();
  });
});
