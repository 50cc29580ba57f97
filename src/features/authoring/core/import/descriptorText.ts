import mustache from 'mustache';
import { stringify } from 'yaml';

/** Fields that components and APIs share. Each is there, though it may have no value: a name that is missing in an API would be looked up in its component. */
interface SharedFields {
  readonly name: string;
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly type: string;
  readonly lifecycle: string;
  readonly owner: string;
  readonly system: string | undefined;
}

/** Fields of a descriptor besides those that all have. Texts are of one line. */
export interface ComponentFields extends SharedFields {
  readonly annotations: readonly { readonly key: string; readonly value: string }[];
  readonly tags: readonly string[];
  readonly links: readonly {
    readonly url: string;
    readonly title: string;
    readonly icon: string;
  }[];
  readonly hasNoOwner: boolean;
  readonly apis: readonly ApiFields[];
}

export interface ApiFields extends SharedFields {
  /** Relative to the descriptor, as a URL. */
  readonly definition: string;
}

/**
 * Every value goes through `{{ }}`, which writes it as a scalar of YAML: whatever a manifest or a
 * README says, it stays one value. `{{{ }}}` and `{{& }}` must not be used here.
 */
const template = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: {{name}}
  {{#title}}
  title: {{title}}
  {{/title}}
  {{#description}}
  description: {{description}}
  {{/description}}
  {{#annotations.length}}
  annotations:
    {{#annotations}}
    {{key}}: {{value}}
    {{/annotations}}
  {{/annotations.length}}
  {{#tags.length}}
  tags:
    {{#tags}}
    - {{.}}
    {{/tags}}
  {{/tags.length}}
  {{#links.length}}
  links:
    {{#links}}
    - url: {{url}}
      title: {{title}}
      icon: {{icon}}
    {{/links}}
  {{/links.length}}
spec:
  type: {{type}}
  lifecycle: {{lifecycle}}
  {{#hasNoOwner}}
  # Nobody is known to own this folder: name a group or a user.
  {{/hasNoOwner}}
  owner: {{owner}}
  {{#system}}
  system: {{system}}
  {{/system}}
  {{#apis.length}}
  providesApis:
    {{#apis}}
    - {{name}}
    {{/apis}}
  {{/apis.length}}
{{#apis}}
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: {{name}}
  {{#title}}
  title: {{title}}
  {{/title}}
  {{#description}}
  description: {{description}}
  {{/description}}
spec:
  type: {{type}}
  lifecycle: {{lifecycle}}
  owner: {{owner}}
  {{#system}}
  system: {{system}}
  {{/system}}
  definition:
    $text: {{definition}}
{{/apis}}
`;

/** The text of a descriptor: the component, and a document for each of its APIs. */
export function renderDescriptor(fields: ComponentFields): string {
  return mustache.render(template, fields, {}, { escape: yamlScalar });
}

/** A text as a scalar on one line that every version of YAML reads as this very text. */
export function yamlScalar(value: unknown): string {
  const line = stringify(String(value), {
    lineWidth: 0,
    blockQuote: false,
    compat: 'yaml-1.1',
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  });
  // Without its end, and nothing else: spaces that are not ASCII's are part of a plain text.
  return line.replace(/\n$/, '');
}
