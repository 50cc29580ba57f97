import mustache from 'mustache';
import { stringify } from 'yaml';

/** What a descriptor is made of, apart from what all have. Texts are of one line. */
export interface ComponentFields {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly annotations: readonly { readonly key: string; readonly value: string }[];
  readonly tags: readonly string[];
  readonly links: readonly {
    readonly url: string;
    readonly title: string;
    readonly icon: string;
  }[];
  readonly type: string;
  readonly lifecycle: string;
  readonly owner: string;
  readonly hasNoOwner: boolean;
  readonly system?: string;
  readonly apis: readonly ApiFields[];
}

export interface ApiFields {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly type: string;
  readonly lifecycle: string;
  readonly owner: string;
  readonly system?: string;
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
  {{#hasAnnotations}}
  annotations:
    {{#annotations}}
    {{key}}: {{value}}
    {{/annotations}}
  {{/hasAnnotations}}
  {{#hasTags}}
  tags:
    {{#tags}}
    - {{.}}
    {{/tags}}
  {{/hasTags}}
  {{#hasLinks}}
  links:
    {{#links}}
    - url: {{url}}
      title: {{title}}
      icon: {{icon}}
    {{/links}}
  {{/hasLinks}}
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
  {{#hasApis}}
  providesApis:
    {{#apis}}
    - {{name}}
    {{/apis}}
  {{/hasApis}}
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
  const view = {
    ...fields,
    title: fields.title ?? '',
    description: fields.description ?? '',
    system: fields.system ?? '',
    hasAnnotations: fields.annotations.length > 0,
    hasTags: fields.tags.length > 0,
    hasLinks: fields.links.length > 0,
    hasApis: fields.apis.length > 0,
    // Names that are missing in an API must not be looked up in the component around it.
    apis: fields.apis.map(api => ({
      ...api,
      title: api.title ?? '',
      description: api.description ?? '',
      system: api.system ?? '',
    })),
  };
  return mustache.render(template, view, {}, { escape: yamlScalar });
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
