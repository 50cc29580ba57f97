/** Values of `spec.type` that Backstage's documentation and plugins speak of, by kind. */
export const knownTypes: Readonly<Record<string, readonly string[]>> = {
  Component: ['service', 'website', 'library'],
  API: ['openapi', 'asyncapi', 'graphql', 'grpc', 'trpc', 'mcp-server'],
  Resource: ['database', 's3-bucket', 'cluster', 'queue', 'topic', 'cache'],
  System: ['product', 'service', 'feature-set'],
  Domain: ['product-area'],
  Group: ['team', 'business-unit', 'product-area', 'root'],
  Location: ['file', 'url'],
  Template: ['service', 'website', 'library', 'documentation'],
  AiResource: ['skill', 'rule', 'plugin', 'marketplace', 'agent', 'prompt', 'tool'],
};

/** The values of `spec.lifecycle` that the software catalog model describes. */
export const knownLifecycles: readonly string[] = ['experimental', 'production', 'deprecated'];

/** The kinds that have a lifecycle. */
export const kindsWithLifecycle: readonly string[] = ['Component', 'API', 'AiResource'];

/** Names of icons that every Backstage app knows. Source: `packages/app-defaults`. */
export const knownIcons: readonly string[] = [
  'dashboard',
  'docs',
  'techdocs',
  'github',
  'chat',
  'email',
  'help',
  'warning',
  'catalog',
  'scaffolder',
  'search',
  'user',
  'group',
  'kind:api',
  'kind:component',
  'kind:domain',
  'kind:group',
  'kind:location',
  'kind:resource',
  'kind:system',
  'kind:template',
  'kind:user',
];

/** Kinds of links that Backstage's documentation gives as examples. */
export const knownLinkTypes: readonly string[] = [
  'admin-dashboard',
  'dashboard',
  'documentation',
  'runbook',
  'repository',
  'website',
];
