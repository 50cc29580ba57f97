import { describe, expect, it } from 'vitest';
import { offered } from '../../../../../support/codeActions';

const HEAD = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: t
spec:
  owner: user:u
  type: service
`;

describe('Fix for a deprecated field', () => {
  it('renames it', async () => {
    const actions = await offered({
      text: `${HEAD}  EXPERIMENTAL_<|>formDecorators: # a\n    - id: x\n  steps: []\n`,
    });
    expect(actions.find('Rename to formDecorators').isPreferred).toBe(true);
    expect(actions.text('Rename to formDecorators')).toBe(
      `${HEAD}  formDecorators: # a\n    - id: x\n  steps: []\n`,
    );
  });

  it('moves an input', async () => {
    const steps = (input: string): string =>
      `${HEAD}  steps:\n    - action: publish:gitlab\n      input:\n        repoUrl: gitlab.com?owner=a&repo=b\n${input}`;
    const actions = await offered({
      text: steps('        topics<|>: ["a"] # t\n        sourcePath: .\n'),
    });
    expect(actions.text('Update topics of publish:gitlab for Backstage 1.19')).toBe(
      steps('        sourcePath: .\n        settings:\n          topics:\n            - a\n'),
    );
  });

  it('is not offered if the author has to decide', async () => {
    const actions = await offered({
      text: `${HEAD}  steps:\n    - action: publish:<|>bitbucket\n      input:\n        repoUrl: \${{ parameters.url }}\n`,
    });
    expect(actions.titles.filter(title => /Update|Rename/.test(title))).toEqual([]);
  });

  it('is part of Fix All', async () => {
    const actions = await offered({
      only: ['source.fixAll'],
      text: `${HEAD}<|>  EXPERIMENTAL_formDecorators: []\n  steps: []\n`,
    });
    expect(actions.text('Fix all auto-fixable Callboard problems')).toBe(
      `${HEAD}  formDecorators: []\n  steps: []\n`,
    );
  });
});
