import mustache from 'mustache';
import { stringify } from 'yaml';

/**
 * Fields that components and APIs share. All are required, even if undefined: Mustache would look up a missing field of
 * an API in its component.
 */
interface SharedFields {
  readonly name: string;
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly type: string;
  readonly lifecycle: string;
  readonly owner: string;
  readonly system: string | undefined;
}

/** Additional fields of a component. Texts have one line. */
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
 * Every value is inserted by `{{ }}`, which escapes it as a YAML scalar, so that text of manifests and READMEs stays
 * one value. Don't use `{{{ }}}` and `{{& }}` here.
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

/** Renders a descriptor: the component, and a document for each of its APIs. */
export function renderDescriptor(fields: ComponentFields): string {
  return mustache.render(template, fields, {}, { escape: yamlScalar });
}

/** Formats a text as a one-line scalar that every version of YAML reads as this text. */
export function yamlScalar(value: unknown): string {
  const line = stringify(String(value), {
    lineWidth: 0,
    blockQuote: false,
    compat: 'yaml-1.1',
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  });
  // Removes only the final line break: other whitespace is part of the text.
  return line.replace(/\n$/, '');
}
