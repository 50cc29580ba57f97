/** What the value of an annotation looks like. */
export type AnnotationFormat =
  /** Anything. */
  | 'text'
  /** One of the values that the annotation lists. */
  | 'choice'
  /** `'true'` or `'false'`; anything else is taken for false. */
  | 'boolean'
  /** Digits alone. */
  | 'number'
  /** Texts with commas between them. */
  | 'list'
  /** As ISO 8601 has it: `PT4H`. */
  | 'duration'
  | 'url'
  /** `OWNER/NAME` */
  | 'ownerAndName'
  /** `GROUP/NAME`, with groups in groups. */
  | 'projectPath'
  /** With a kind: `component:default/shop`. */
  | 'entityRef'
  /** `url:https://…` */
  | 'locationRef'
  /** `dir:PATH` or `url:https://…` */
  | 'techdocsRef'
  /** As Kubernetes has it: `app=shop,tier in (web, api)`. */
  | 'labelSelector';

/** An annotation whose meaning is known: Backstage's own, or that of a plugin that many use. */
export interface WellKnownAnnotation {
  readonly key: string;
  readonly format: AnnotationFormat;
  /** The values that there are; only with the format `choice`. */
  readonly values?: readonly string[];
  /** The kinds that it makes sense on; undefined where it does on all. */
  readonly kinds?: readonly string[];
  /** Whether the catalog writes it, and nobody else. */
  readonly isWrittenByBackstage?: boolean;
  /** Set where nothing reads it any more: what is to be written instead. */
  readonly deprecated?: { readonly by?: string; readonly advice: string };
}

type Row = readonly [
  key: string,
  format?: AnnotationFormat,
  more?: Omit<WellKnownAnnotation, 'key' | 'format'>,
];

const GROUP = { kinds: ['Group'] };
const USER = { kinds: ['User'] };
const RESOURCE = { kinds: ['Resource'] };
const WRITTEN = { isWrittenByBackstage: true };

/**
 * Source: "Well-known Annotations" of Backstage's documentation, and the READMEs of the plugins. Where a
 * README does not say what a value looks like, any text will do.
 */
const ROWS: readonly Row[] = [
  ['backstage.io/managed-by-location', 'text', WRITTEN],
  ['backstage.io/managed-by-origin-location', 'text', WRITTEN],
  ['backstage.io/orphan', 'text', WRITTEN],
  ['backstage.io/source-template'],
  ['backstage.io/techdocs-ref', 'techdocsRef'],
  ['backstage.io/techdocs-entity', 'entityRef'],
  ['backstage.io/techdocs-entity-path'],
  ['backstage.io/techdocs-builder'],
  ['backstage.io/view-url', 'url'],
  ['backstage.io/edit-url', 'url'],
  ['backstage.io/source-location', 'locationRef'],
  ['backstage.io/adr-location'],
  ['backstage.io/code-coverage', 'choice', { values: ['enabled', 'scm-only'] }],
  ['backstage.io/kubernetes-id'],
  ['backstage.io/kubernetes-namespace'],
  ['backstage.io/kubernetes-cluster'],
  ['backstage.io/kubernetes-label-selector', 'labelSelector'],
  ['backstage.io/ldap-rdn', 'text', { kinds: ['Group', 'User'] }],
  ['backstage.io/ldap-uuid', 'text', { kinds: ['Group', 'User'] }],
  ['backstage.io/ldap-dn', 'text', { kinds: ['Group', 'User'] }],
  ['backstage.io/linguist', 'url'],
  ['backstage.io/time-saved', 'duration', { kinds: ['Template'] }],
  [
    'backstage.io/github-actions-id',
    'text',
    {
      deprecated: {
        by: 'github.com/project-slug',
        advice: 'use github.com/project-slug, with the same value',
      },
    },
  ],
  [
    'backstage.io/definition-at-location',
    'text',
    { deprecated: { advice: 'let spec.definition be a $text, $json or $yaml placeholder' } },
  ],

  ['github.com/project-slug', 'ownerAndName'],
  ['github.com/project-readme-path'],
  ['github.com/team-slug', 'ownerAndName', GROUP],
  ['github.com/user-login', 'text', USER],
  ['github.com/user-id', 'text', USER],
  ['gitlab.com/project-slug', 'projectPath'],
  ['gitlab.com/project-id', 'number'],
  ['gitlab.com/instance'],
  ['gitlab.com/codeowners-path'],
  ['gitlab.com/readme-path'],
  ['gitlab.com/wiki-slug'],
  ['gitlab.com/team-path', 'text', GROUP],
  ['gitlab.com/user-login', 'text', USER],
  ['gitlab.com/saml-external-uid', 'text', USER],
  ['bitbucket.org/project-slug', 'ownerAndName'],
  ['bitbucket.com/project-slug', 'ownerAndName'],
  ['dev.azure.com/project'],
  ['dev.azure.com/project-repo', 'ownerAndName'],
  ['dev.azure.com/build-definition'],
  ['dev.azure.com/host-org'],
  ['dev.azure.com/readme-path'],
  ['graph.microsoft.com/tenant-id', 'text', { kinds: ['Group', 'User'] }],
  ['graph.microsoft.com/group-id', 'text', GROUP],
  ['graph.microsoft.com/user-id', 'text', USER],
  ['microsoft.com/email', 'text', { kinds: ['Group', 'User'] }],

  ['jenkins.io/job-full-name'],
  ['jenkins.io/job-slug'],
  [
    'jenkins.io/github-folder',
    'text',
    { deprecated: { by: 'jenkins.io/job-full-name', advice: 'use jenkins.io/job-full-name' } },
  ],
  ['circleci.com/project-slug', 'projectPath'],
  ['travis-ci.com/repo-slug', 'ownerAndName'],
  ['buildkite.com/project-slug', 'ownerAndName'],
  ['gocd.org/pipelines', 'list'],
  ['google.com/cloudbuild-project-slug'],
  ['octopus.com/project-id'],
  ['argocd/app-name'],
  ['argocd/app-selector', 'labelSelector'],
  ['argocd/app-namespace'],
  ['argocd/project-name'],
  ['argocd/instance-name'],
  ['argocd/proxy-url'],
  ['janus-idp.io/tekton'],
  ['tekton.dev/cicd'],

  ['sentry.io/project-slug'],
  ['rollbar.com/project-slug'],
  ['bugsnag.com/project-key'],
  ['airbrake.io/project-id', 'number'],
  ['periskop.io/service-name'],
  ['sonarqube.org/project-key'],
  ['snyk.io/org-id'],
  ['snyk.io/org-name'],
  ['snyk.io/project-ids', 'list'],
  ['snyk.io/target-id'],
  ['codescene.io/project-id', 'number'],
  ['fossa.io/project-name'],
  ['lighthouse.com/website-url', 'url'],
  ['allure.qameta.io/project-id'],
  ['vault.io/secrets-path'],
  ['vault.io/secrets-engine'],

  ['pagerduty.com/integration-key'],
  ['pagerduty.com/service-id'],
  ['opsgenie.com/component-selector'],
  ['opsgenie.com/team'],
  ['splunk.com/on-call-team'],
  ['splunk.com/on-call-routing-key'],
  ['ilert.com/integration-key'],
  ['firehydrant.com/service-name'],
  ['statuspage.io/components'],
  ['grafana/dashboard-selector'],
  ['grafana/alert-label-selector'],
  ['grafana/overview-dashboard'],
  ['grafana/tag-selector'],
  ['grafana/instance'],
  ['prometheus.io/rule'],
  ['prometheus.io/alert'],
  ['prometheus.io/labels', 'list'],
  ['prometheus.io/service-name'],
  ['datadoghq.com/dashboard-url', 'url'],
  ['datadoghq.com/graph-token'],
  ['datadoghq.com/graph-size'],
  ['datadoghq.com/site'],
  ['newrelic.com/dashboard-guid'],
  ['dynatrace.com/dynatrace-entity-id'],
  ['dynatrace.com/synthetics-ids', 'list'],

  ['jira/project-key'],
  ['jira/component'],
  ['jira/label'],
  ['jira/token-type'],
  ['stackoverflow.com/tags', 'list'],
  ['matomo.io/site-id'],
  ['humanitec.com/orgId'],
  ['humanitec.com/appId'],
  ['kafka.apache.org/consumer-groups'],
  ['quay.io/repository-slug', 'ownerAndName'],
  ['jfrog-artifactory/image-name'],
  ['goharbor.io/repository-slug'],
  ['puppet.com/certname'],
  ['aws.com/lambda-function-name'],
  ['aws.com/lambda-region'],
  ['aws.amazon.com/amazon-ecs-service-arn'],
  ['aws.amazon.com/amazon-ecs-service-tags'],
  ['aws.amazon.com/aws-codebuild-project'],
  ['aws.amazon.com/aws-codepipeline-arn'],

  ['kubernetes.io/api-server', 'url', RESOURCE],
  ['kubernetes.io/api-server-certificate-authority', 'text', RESOURCE],
  ['kubernetes.io/auth-provider', 'text', RESOURCE],
  ['kubernetes.io/oidc-token-provider', 'text', RESOURCE],
  ['kubernetes.io/skip-metrics-lookup', 'boolean', RESOURCE],
  ['kubernetes.io/skip-tls-verify', 'boolean', RESOURCE],
  ['kubernetes.io/dashboard-url', 'url', RESOURCE],
  ['kubernetes.io/dashboard-app', 'text', RESOURCE],
  ['kubernetes.io/dashboard-parameters', 'text', RESOURCE],
  ['kubernetes.io/aws-assume-role', 'text', RESOURCE],
  ['kubernetes.io/aws-external-id', 'text', RESOURCE],
  ['kubernetes.io/x-k8s-aws-id', 'text', RESOURCE],
];

/** All of them, those that belong together side by side. */
export const wellKnownAnnotations: readonly WellKnownAnnotation[] = ROWS.map(
  ([key, format = 'text', more]) => ({ key, format, ...more }),
);

const BY_KEY: ReadonlyMap<string, WellKnownAnnotation> = new Map(
  wellKnownAnnotations.map(annotation => [annotation.key, annotation]),
);

/** Undefined where the key is none of these. */
export function wellKnownAnnotation(key: string): WellKnownAnnotation | undefined {
  return BY_KEY.get(key);
}

/** What stands before keys that Backstage keeps for itself, so that none that is not listed is read. */
export const RESERVED_PREFIX = 'backstage.io/';
