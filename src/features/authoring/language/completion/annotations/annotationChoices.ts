import { wellKnownAnnotation } from '../../../../../model/annotations';

/** Values that are usual where others would do. Source: the documentation of the plugins. */
const USUAL: ReadonlyMap<string, readonly string[]> = new Map([
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
  ['tekton.dev/cicd', ['true']],
]);

/** The values of an annotation that has only so many; none where it may be any text. */
export function annotationChoices(key: string): readonly string[] {
  const known = wellKnownAnnotation(key);
  if (known?.format === 'boolean') return ['true', 'false'];
  return known?.values ?? USUAL.get(key) ?? [];
}

/** Not what the catalog writes itself, what nothing reads any more, and what is for other kinds. */
export function isForAuthors(key: string, kind: string | undefined): boolean {
  const known = wellKnownAnnotation(key);
  if (!known) return true;
  if (known.isWrittenByBackstage || known.deprecated) return false;
  return !known.kinds || kind === undefined || known.kinds.includes(kind);
}
