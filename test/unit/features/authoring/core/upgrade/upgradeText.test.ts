import { describe, expect, it } from 'vitest';
import { upgradeText } from '../../../../../../src/features/authoring/core/upgrade';

const document = (name: number): string => `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: a${name}
  annotations:
    backstage.io/github-actions-id: a/b # kept
spec: {}
`;

describe('the upgrade of a text', () => {
  it('takes time for its length, not for its square', () => {
    const text = `# first\n---\n${Array.from({ length: 2_000 }, (_, name) => document(name)).join('---\n')}...\n`;
    const upgraded = upgradeText(text, 'all.yaml', {});
    expect(upgraded.text).toBe(
      text.replaceAll('backstage.io/github-actions-id', 'github.com/project-slug'),
    );
    expect(upgraded.parts).toHaveLength(2_000);
    expect(upgraded.parts.every(({ isChanged }) => isChanged)).toBe(true);
    expect(upgraded.parts[1]?.position).toEqual({ line: 15, character: 4 });
  });

  it('leaves parts to be changed by hand in a document with too many', () => {
    const step = '    - { action: github:repo:create, input: { sourcePath: . } }\n';
    const text = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: a }
spec:
  steps:
${step.repeat(3)}`;
    const { parts } = upgradeText(text, 'template.yaml', { maxParsed: text.length * 2 });
    expect(parts.map(({ isChanged }) => isChanged)).toEqual([true, true, false]);
  });

  it('keeps a byte order mark', () => {
    const upgraded = upgradeText(`\uFEFF${document(1)}`, 'all.yaml', {});
    expect(upgraded.text.slice(0, 12)).toBe('\uFEFFapiVersion:');
    expect(upgraded.text).toContain('github.com/project-slug: a/b # kept');
    expect(upgraded).toMatchObject({
      isPartlyUnread: false,
      parts: [{ position: { line: 5, character: 4 } }],
    });
  });
});
