/** The values of annotations that have only so many. Source: the documentation of the plugins. */
export const annotationChoices: ReadonlyMap<string, readonly string[]> = new Map([
  ['backstage.io/code-coverage', ['enabled', 'scm-only']],
  ['backstage.io/techdocs-builder', ['local', 'external']],
  ['datadoghq.com/graph-size', ['small', 'medium', 'large', 'x-large']],
  ['jira/token-type', ['Bearer', 'Basic']],
  [
    'kubernetes.io/auth-provider',
    [
      'aws',
      'azure',
      'google',
      'googleServiceAccount',
      'localKubectlProxy',
      'oidc',
      'serviceAccount',
    ],
  ],
  ['kubernetes.io/dashboard-app', ['aks', 'eks', 'gke', 'openshift', 'rancher', 'standard']],
  ['kubernetes.io/skip-metrics-lookup', ['true', 'false']],
  ['kubernetes.io/skip-tls-verify', ['true', 'false']],
  ['tekton.dev/cicd', ['true']],
]);

/** What the catalog writes itself, and what nothing reads any more. */
export const notForAuthors: ReadonlySet<string> = new Set([
  'backstage.io/managed-by-location',
  'backstage.io/managed-by-origin-location',
  'backstage.io/orphan',
  'backstage.io/github-actions-id',
  'backstage.io/definition-at-location',
  'jenkins.io/github-folder',
]);
