import type { CompletionItem } from 'vscode-languageserver-types';
import { type PositionRequest } from '../../src/features/authoring/language';
import { documentedActions } from '../../src/features/templates/core';
import {
  createSkeletonProvider,
  createTemplateProvider,
  SkeletonUses,
} from '../../src/features/templates/language';

export const skeletonProvider = createSkeletonProvider(new SkeletonUses(() => documentedActions));

export const templateProvider = createTemplateProvider({ actions: () => documentedActions });

/** Returns a Template with two parameters, two steps and an output; the given parts may contain `<|>`. */
export function aTemplate({
  input = '',
  more = '',
  ask = '',
  output = '',
}: { input?: string; more?: string; ask?: string; output?: string } = {}): string {
  return `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: service
spec:
  type: service
  parameters:
    - title: The service
      required: [name]
      properties:
        name:
          title: Name
          type: string
          description: What it is called
        repo:
          type: object
          properties:
            host: { type: string, enum: [github.com, gitlab.com] }
        token:
          type: string
          ui:field: Secret
${ask}  steps:
    - id: fetch-base
      name: Fetch
      action: fetch:template
      input:
        url: ./skeleton
        values:
          name: \${{ parameters.name }}
${input}    - id: publish
      action: publish:github
      input:
        repoUrl: \${{ parameters.repo.host }}
${more}  output:
    links:
      - url: \${{ steps.publish.output.remoteUrl }}
${output}`;
}

/** Returns the completions of a Template at the cursor, in the editor's order. */
export async function templateItems(request: PositionRequest): Promise<readonly CompletionItem[]> {
  const { items } = (await templateProvider.complete?.(request)) ?? { items: [] };
  return [...items].sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1));
}

/** Returns the text after accepting the item with this label. */
export async function afterTaking(request: PositionRequest, label: string): Promise<string> {
  const edit = (await templateItems(request)).find(item => item.label === label)?.textEdit;
  if (!edit || !('range' in edit)) throw new Error(`There is no ${label}`);
  const { text } = request;
  const start = text.offsetAt(edit.range.start);
  const end = text.offsetAt(edit.range.end);
  return `${text.text.slice(0, start)}${edit.newText}${text.text.slice(end)}`;
}
