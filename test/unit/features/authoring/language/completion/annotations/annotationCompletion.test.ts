import { beforeAll, describe, expect, it } from 'vitest';
import { acceptedAt, labelsAt, offeredAt } from '../../../../../../support/completions';
import { aDescriptor, documents } from '../../../../../../support/descriptors';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../../../support/languageWorkspace';

function annotated(lines: string): string {
  return `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: x\n  annotations:\n${lines}`;
}

describe('Annotation completion', () => {
  let workspace: LanguageWorkspace;
  const at = (lines: string): ReturnType<LanguageWorkspace['cursor']> =>
    workspace.cursor('shop/catalog-info.yaml', annotated(lines));

  beforeAll(async () => {
    const own = (tier: string): Record<string, unknown> => ({
      annotations: { 'example.com/tier': tier },
    });
    workspace = await openLanguageWorkspace({
      'org.yaml': documents(
        aDescriptor('component:a', {}, own('gold')),
        aDescriptor('component:b', {}, own('gold')),
        aDescriptor('component:c', {}, own('${{ values.tier }}')),
        aDescriptor('component:d', {}, own('odd')),
      ),
      'shop/mkdocs.yml': 'site_name: Shop\n',
      'shop/services/basket/mkdocs.yaml': 'site_name: Basket\n',
      'shop/node_modules/other/mkdocs.yml': 'site_name: Other\n',
    });
  });

  it("lists the organization's annotations first and omits existing ones", async () => {
    const labels = await labelsAt(at('    backstage.io/techdocs-ref: dir:.\n    <|>\n'));
    expect(labels[0]).toBe('example.com/tier');
    expect(labels).toContain('github.com/project-slug');
    expect(labels).not.toContain('backstage.io/techdocs-ref');
    expect(labels).not.toContain('backstage.io/orphan');
    expect(labels).not.toContain('backstage.io/github-actions-id');
    expect(labels).not.toContain('github.com/user-login');
    expect(labels).not.toContain('backstage.io/managed-by-location');
  });

  it("adapts values that contain another entity's name", async () => {
    const slug = (value: string): Record<string, unknown> => ({
      annotations: { 'github.com/project-slug': value },
    });
    const others = await openLanguageWorkspace({
      'all.yaml': documents(
        aDescriptor('component:cart', {}, slug('acme/cart')),
        aDescriptor('component:e', {}, slug('acme/e')),
        aDescriptor('component:pay', {}, slug('old/pay-service')),
        aDescriptor('component:web', {}, slug('other/web')),
      ),
    });
    const labels = await labelsAt(
      others.cursor('new.yaml', annotated('    github.com/project-slug: <|>\n')),
    );
    expect(labels).toEqual(['acme/x', 'other/x']);
  });

  it('documents each annotation', async () => {
    const [item] = await offeredAt(at('    github.com/proj<|>\n'));
    expect(item).toMatchObject({
      label: 'github.com/project-slug',
      detail: 'The repository on GitHub.',
      documentation: {
        kind: 'markdown',
        value:
          'The repository on GitHub.\n\nExample: `example/shop`  \nRead by the GitHub plugins (Actions, pull requests, security insights, …).',
      },
    });
  });

  it.each([
    [
      '    techdocs-r<|>\n',
      'backstage.io/techdocs-ref',
      '    backstage.io/techdocs-ref: ${1:dir:.}\n',
    ],
    ['    code<|>: x\n', 'backstage.io/code-coverage', '    backstage.io/code-coverage: x\n'],
    [
      '    code<|>\n',
      'backstage.io/code-coverage',
      '    backstage.io/code-coverage: ${1|enabled,scm-only|}\n',
    ],
    ['    tekton.dev/c<|>\n', 'tekton.dev/cicd', "    tekton.dev/cicd: ${1:'true'}\n"],
    ['    tier<|>\n', 'example.com/tier', '    example.com/tier: $1\n'],
    ['    "tier<|>\n', 'example.com/tier', '    "example.com/tier": $1\n'],
  ])('inserts a key with an initial value: %s', async (lines, label, expected) => {
    expect(await acceptedAt(at(lines), label)).toBe(annotated(expected));
  });

  it("depends on the entity's kind", async () => {
    const text = annotated('    <|>\n').replace('kind: Component', 'kind: Resource');
    const request = workspace.cursor('catalog-info.yaml', text);
    expect(await acceptedAt(request, 'kubernetes.io/skip-tls-verify')).toContain(
      "kubernetes.io/skip-tls-verify: ${1|'true','false'|}\n",
    );
  });

  it.each([
    ['backstage.io/code-coverage: <|>', ['enabled', 'scm-only']],
    ['example.com/tier: <|>', ['gold']],
    ['backstage.io/techdocs-ref: <|>', ['dir:.', 'dir:./services/basket']],
    ['backstage.io/source-location: <|>', ['url:']],
    ['__proto__: <|>', []],
  ])('completes values: %s', async (line, expected) => {
    expect(await labelsAt(at(`    ${line}\n`))).toEqual(expected);
  });
});
