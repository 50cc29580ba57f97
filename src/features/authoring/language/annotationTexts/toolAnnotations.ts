import type { AnnotationText } from './annotationText';

const KUBERNETES = 'the Kubernetes plugin';
const ARGO = 'the Argo CD plugin';
const TEKTON = 'the Tekton plugin';
const SNYK = 'the Snyk plugin';
const VAULT = 'the Vault plugin';
const GRAFANA = 'the Grafana plugin';
const PROMETHEUS = 'the Prometheus plugin';
const DATADOG = 'the Datadog plugin';
const DYNATRACE = 'the Dynatrace plugin';
const JIRA = 'the Jira plugin';
const PAGERDUTY = 'the PagerDuty plugin';
const OPSGENIE = 'the Opsgenie plugin';
const SPLUNK = 'the Splunk On-Call plugin';
const HUMANITEC = 'the Humanitec plugin';
const AWS = 'the AWS plugins';

/** Annotations of tools that build, run and watch software. */
export const toolAnnotations: readonly AnnotationText[] = [
  [
    'jenkins.io/job-full-name',
    'The job in Jenkins, with its folders; the instance first where there are several.',
    'folder/shop',
    'the Jenkins plugin',
  ],
  ['jenkins.io/job-slug', 'The job in Jenkins.', 'shop', 'the Jenkins plugin'],
  [
    'jenkins.io/github-folder',
    'Deprecated: jenkins.io/job-full-name has taken its place.',
    'folder/shop',
    'nothing any more',
  ],
  [
    'circleci.com/project-slug',
    'The project in CircleCI, with its host and organisation.',
    'github/example/shop',
    'the CircleCI plugin',
  ],
  [
    'travis-ci.com/repo-slug',
    'The repository in Travis CI.',
    'example/shop',
    'the Travis CI plugin',
  ],
  [
    'buildkite.com/project-slug',
    'The pipeline in Buildkite, with its organisation.',
    'example/shop',
    'the Buildkite plugin',
  ],
  [
    'gocd.org/pipelines',
    'The pipelines in GoCD, separated by commas.',
    'shop,shop-pr',
    'the GoCD plugin',
  ],
  [
    'google.com/cloudbuild-project-slug',
    'The Google Cloud project whose builds are shown.',
    'example-project',
    'the Cloud Build plugin',
  ],
  [
    'octopus.com/project-id',
    'The project in Octopus Deploy; the space first where there are several.',
    'Projects-102',
    'the Octopus Deploy plugin',
  ],
  ['argocd/app-name', 'The application in Argo CD.', 'shop', ARGO],
  ['argocd/app-selector', 'The labels of the applications in Argo CD.', 'app=shop', ARGO],
  ['argocd/app-namespace', 'The namespace of the application in Argo CD.', 'argocd', ARGO],
  ['argocd/project-name', 'The project in Argo CD.', 'shop', ARGO],
  ['argocd/instance-name', 'The Argo CD that is asked, where there are several.', 'main', ARGO],
  ['argocd/proxy-url', 'The path of the proxy to Argo CD.', '/argocd/api', ARGO],
  ['janus-idp.io/tekton', 'The name by which pipeline runs are found.', 'shop', TEKTON],
  ['tekton.dev/cicd', "Says 'true' where pipeline runs are shown.", 'true', TEKTON],

  ['sentry.io/project-slug', 'The project in Sentry.', 'shop', 'the Sentry plugin'],
  [
    'rollbar.com/project-slug',
    'The project in Rollbar; the organisation first where it is another.',
    'example/shop',
    'the Rollbar plugin',
  ],
  [
    'bugsnag.com/project-key',
    'The organisation and the key of the project in Bugsnag.',
    'example/0123456789abcdef',
    'the Bugsnag plugin',
  ],
  [
    'airbrake.io/project-id',
    'The number of the project in Airbrake.',
    '1234',
    'the Airbrake plugin',
  ],
  ['periskop.io/service-name', 'The service in Periskop.', 'shop', 'the Periskop plugin'],
  [
    'sonarqube.org/project-key',
    'The project in SonarQube; the instance first where there are several.',
    'shop',
    'the SonarQube plugin',
  ],
  ['snyk.io/org-id', 'The organisation in Snyk, by its id.', 'example-org-id', SNYK],
  ['snyk.io/org-name', 'The organisation in Snyk, by its name.', 'example', SNYK],
  ['snyk.io/project-ids', 'The projects in Snyk, separated by commas.', 'id-1,id-2', SNYK],
  ['snyk.io/target-id', 'The repository in Snyk, by its name or id.', 'example/shop', SNYK],
  [
    'codescene.io/project-id',
    'The number of the project in CodeScene.',
    '1234',
    'the CodeScene plugin',
  ],
  ['fossa.io/project-name', 'The project in FOSSA.', 'shop', 'the FOSSA plugin'],
  [
    'lighthouse.com/website-url',
    'The website that is audited.',
    'https://shop.example.com',
    'the Lighthouse plugin',
  ],
  ['allure.qameta.io/project-id', 'The project in Allure.', 'shop', 'the Allure plugin'],
  ['vault.io/secrets-path', 'The path of the secrets in Vault.', 'shop/production', VAULT],
  ['vault.io/secrets-engine', 'The engine of the secrets in Vault.', 'secrets', VAULT],

  [
    'pagerduty.com/integration-key',
    'The key by which incidents are triggered.',
    '0123456789abcdef',
    PAGERDUTY,
  ],
  ['pagerduty.com/service-id', 'The service in PagerDuty.', 'PABC123', PAGERDUTY],
  [
    'opsgenie.com/component-selector',
    'The query that finds the alerts.',
    'tag:"service:shop"',
    OPSGENIE,
  ],
  ['opsgenie.com/team', 'The team in Opsgenie.', 'team-a', OPSGENIE],
  ['splunk.com/on-call-team', 'The team in Splunk On-Call.', 'team-a', SPLUNK],
  ['splunk.com/on-call-routing-key', 'The routing key in Splunk On-Call.', 'shop', SPLUNK],
  [
    'ilert.com/integration-key',
    'The key of the alert source in iLert.',
    '0123456789abcdef',
    'the iLert plugin',
  ],
  ['firehydrant.com/service-name', 'The service in FireHydrant.', 'shop', 'the FireHydrant plugin'],
  [
    'statuspage.io/components',
    'The instance and the components of the status page.',
    'main:shop',
    'the Statuspage plugin',
  ],
  ['grafana/dashboard-selector', 'The tag, or query, of the dashboards.', 'shop', GRAFANA],
  ['grafana/alert-label-selector', 'The labels of the alerts.', 'service=shop', GRAFANA],
  [
    'grafana/overview-dashboard',
    'The dashboard that is shown in full.',
    'https://grafana.example.com/d/abc/shop',
    GRAFANA,
  ],
  ['grafana/tag-selector', 'The tag of the dashboards.', 'shop', GRAFANA],
  ['grafana/instance', 'The Grafana that is asked, where there are several.', 'main', GRAFANA],
  [
    'prometheus.io/rule',
    'The queries that are drawn, with a label each.',
    'up|instance',
    PROMETHEUS,
  ],
  ['prometheus.io/alert', "The names of the alerts, or 'all'.", 'all', PROMETHEUS],
  [
    'prometheus.io/labels',
    'The labels of the alerts, separated by commas.',
    'app=shop',
    PROMETHEUS,
  ],
  [
    'prometheus.io/service-name',
    'The Prometheus that is asked, where there are several.',
    'main',
    PROMETHEUS,
  ],
  [
    'datadoghq.com/dashboard-url',
    'The shared dashboard that is shown.',
    'https://p.datadoghq.eu/sb/example',
    DATADOG,
  ],
  ['datadoghq.com/graph-token', 'The token of the graph that is shown.', 'example-token', DATADOG],
  ['datadoghq.com/graph-size', 'How large the graph is.', 'large', DATADOG],
  ['datadoghq.com/site', 'The site of Datadog that the graph is on.', 'datadoghq.eu', DATADOG],
  [
    'newrelic.com/dashboard-guid',
    'The dashboard in New Relic.',
    'example-guid',
    'the New Relic dashboard plugin',
  ],
  [
    'dynatrace.com/dynatrace-entity-id',
    'The entity in Dynatrace.',
    'SERVICE-0123456789ABCDEF',
    DYNATRACE,
  ],
  [
    'dynatrace.com/synthetics-ids',
    'The synthetic monitors, separated by commas.',
    'SYNTHETIC_TEST-1,HTTP_CHECK-2',
    DYNATRACE,
  ],

  ['jira/project-key', 'The project in Jira.', 'SHOP', JIRA],
  ['jira/component', 'The component of the project in Jira.', 'shop-api', JIRA],
  ['jira/label', 'The label of the issues in Jira.', 'shop', JIRA],
  ['jira/token-type', 'How Jira is logged in to, where it is not with Basic.', 'Bearer', JIRA],
  [
    'stackoverflow.com/tags',
    'The tags of the questions, separated by commas.',
    'shop,payments',
    'the Stack Overflow plugin',
  ],
  ['matomo.io/site-id', 'The site in Matomo.', '1', 'the Matomo plugin'],
  ['humanitec.com/orgId', 'The organisation in Humanitec.', 'example', HUMANITEC],
  ['humanitec.com/appId', 'The application in Humanitec.', 'shop', HUMANITEC],
  [
    'kafka.apache.org/consumer-groups',
    'The cluster and the consumer group in Kafka.',
    'main/shop',
    'the Kafka plugin',
  ],
  [
    'quay.io/repository-slug',
    'The repository of images on Quay.',
    'example/shop',
    'the Quay plugin',
  ],
  ['jfrog-artifactory/image-name', 'The image in Artifactory.', 'shop', 'the Artifactory plugin'],
  [
    'goharbor.io/repository-slug',
    'The repository of images in Harbor.',
    'example/shop',
    'the Harbor plugin',
  ],
  ['puppet.com/certname', 'The node in PuppetDB.', 'shop.example.com', 'the PuppetDB plugin'],
  ['aws.com/lambda-function-name', 'The function in AWS Lambda.', 'shop', AWS],
  ['aws.com/lambda-region', 'The region of the function in AWS Lambda.', 'eu-west-1', AWS],
  [
    'aws.amazon.com/amazon-ecs-service-arn',
    'The service in Amazon ECS.',
    'arn:aws:ecs:eu-west-1:123456789012:service/main/shop',
    AWS,
  ],
  [
    'aws.amazon.com/amazon-ecs-service-tags',
    'The tags of the services in Amazon ECS.',
    'component=shop',
    AWS,
  ],
  [
    'aws.amazon.com/aws-codebuild-project',
    'The project in AWS CodeBuild.',
    'arn:aws:codebuild:eu-west-1:123456789012:project/shop',
    AWS,
  ],
  [
    'aws.amazon.com/aws-codepipeline-arn',
    'The pipeline in AWS CodePipeline.',
    'arn:aws:codepipeline:eu-west-1:123456789012:shop',
    AWS,
  ],

  [
    'kubernetes.io/api-server',
    "The address of the cluster's API server.",
    'https://cluster.example.com',
    KUBERNETES,
  ],
  [
    'kubernetes.io/api-server-certificate-authority',
    "The certificate of the cluster's authority, in base 64.",
    'LS0tLS1CRUdJTi',
    KUBERNETES,
  ],
  ['kubernetes.io/auth-provider', 'How the cluster is logged in to.', 'oidc', KUBERNETES],
  [
    'kubernetes.io/oidc-token-provider',
    'Who gives the token, where the cluster is logged in to with OIDC.',
    'google',
    KUBERNETES,
  ],
  [
    'kubernetes.io/skip-metrics-lookup',
    'Whether the metrics of the cluster are left alone.',
    'true',
    KUBERNETES,
  ],
  [
    'kubernetes.io/skip-tls-verify',
    'Whether the certificate of the cluster is not checked.',
    'false',
    KUBERNETES,
  ],
  [
    'kubernetes.io/dashboard-url',
    'The dashboard that links lead to.',
    'https://dashboard.example.com',
    KUBERNETES,
  ],
  ['kubernetes.io/dashboard-app', 'What kind of dashboard it is.', 'gke', KUBERNETES],
  [
    'kubernetes.io/dashboard-parameters',
    'What the dashboard needs to know, as JSON.',
    '{"projectId":"example"}',
    KUBERNETES,
  ],
  [
    'kubernetes.io/aws-assume-role',
    'The role in AWS that the cluster is logged in to with.',
    'arn:aws:iam::123456789012:role/reader',
    KUBERNETES,
  ],
  [
    'kubernetes.io/aws-external-id',
    'The external id that the role asks for.',
    'example-id',
    KUBERNETES,
  ],
  ['kubernetes.io/x-k8s-aws-id', 'The id of the cluster in AWS.', 'main', KUBERNETES],
];
