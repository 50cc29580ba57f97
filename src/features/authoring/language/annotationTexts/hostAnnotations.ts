import type { AnnotationText } from './annotationText';

const CATALOG = 'the catalog';
const TECHDOCS = 'TechDocs';
const KUBERNETES = 'the Kubernetes plugin';
const GITHUB = 'the GitHub plugins (Actions, pull requests, security insights, …)';
const GITHUB_ORG = "the catalog's import of GitHub organisations";
const GITLAB = 'the GitLab plugin';
const GITLAB_ORG = "the catalog's import of GitLab groups";
const LDAP = "the catalog's import from LDAP";
const AZURE = 'the Azure DevOps plugin';
const MICROSOFT = "the catalog's import from Microsoft Graph";

/** Backstage's own annotations, and those of hosts of code and of people. */
export const hostAnnotations: readonly AnnotationText[] = [
  [
    'backstage.io/managed-by-location',
    'The place that the entity was read from. The catalog writes it itself.',
    'url:https://github.com/example/shop/blob/main/catalog-info.yaml',
    CATALOG,
  ],
  [
    'backstage.io/managed-by-origin-location',
    'The registered location that led to the entity. The catalog writes it itself.',
    'url:https://github.com/example/shop/blob/main/catalog-info.yaml',
    CATALOG,
  ],
  [
    'backstage.io/orphan',
    "Says 'true' where no location leads to the entity any more. The catalog writes it itself.",
    'true',
    CATALOG,
  ],
  [
    'backstage.io/source-template',
    'The template that the entity was made with.',
    'template:default/node-service',
    'the scaffolder',
  ],
  [
    'backstage.io/techdocs-ref',
    'Where the documentation is: the folder with mkdocs.yml, seen from this file, or a URL.',
    'dir:.',
    TECHDOCS,
  ],
  [
    'backstage.io/techdocs-entity',
    'The entity whose documentation is shown for this one.',
    'component:default/shop',
    TECHDOCS,
  ],
  [
    'backstage.io/techdocs-entity-path',
    "The page of the other entity's documentation that this one begins at.",
    '/services/shop',
    TECHDOCS,
  ],
  [
    'backstage.io/techdocs-builder',
    'Who builds the documentation, where several builders share the work.',
    'external',
    TECHDOCS,
  ],
  [
    'backstage.io/view-url',
    'The page that shows the descriptor, where it is not the file itself.',
    'https://example.com/shop/catalog-info.yaml',
    CATALOG,
  ],
  [
    'backstage.io/edit-url',
    'The page on which the descriptor is edited.',
    'https://github.com/example/shop/edit/main/catalog-info.yaml',
    CATALOG,
  ],
  [
    'backstage.io/source-location',
    'Where the source code is; a folder ends with a slash.',
    'url:https://github.com/example/shop/',
    'the catalog, the link to the source, and plugins that read code',
  ],
  [
    'backstage.io/adr-location',
    'The folder of architecture decision records, seen from this file, or its URL.',
    'docs/adrs',
    'the ADR plugin',
  ],
  [
    'backstage.io/code-coverage',
    'Whether coverage is shown: of all files, or of those under source control alone.',
    'enabled',
    'the code coverage plugin',
  ],
  [
    'backstage.io/kubernetes-id',
    'The value of the label backstage.io/kubernetes-id of what runs in clusters.',
    'shop',
    KUBERNETES,
  ],
  [
    'backstage.io/kubernetes-namespace',
    'The namespace in clusters that is looked at alone.',
    'shop',
    KUBERNETES,
  ],
  [
    'backstage.io/kubernetes-cluster',
    'The cluster that is looked at alone.',
    'production-1',
    KUBERNETES,
  ],
  [
    'backstage.io/kubernetes-label-selector',
    'The labels of what runs in clusters; it has precedence over the id.',
    'app=shop,component=front-end',
    KUBERNETES,
  ],
  ['backstage.io/ldap-rdn', 'The relative distinguished name in LDAP.', 'team-a', LDAP],
  [
    'backstage.io/ldap-uuid',
    'The unique id in LDAP.',
    'c57e8ba2-6cc4-1039-9ebc-d5f241a7ca21',
    LDAP,
  ],
  [
    'backstage.io/ldap-dn',
    'The distinguished name in LDAP.',
    'cn=team-a,ou=groups,dc=example,dc=com',
    LDAP,
  ],
  [
    'backstage.io/linguist',
    'The repository whose languages are shown.',
    'https://github.com/example/shop',
    'the Linguist plugin',
  ],
  [
    'backstage.io/time-saved',
    'How much time a run of the template saves.',
    'PT4H',
    'the analytics of the scaffolder',
  ],
  [
    'backstage.io/github-actions-id',
    'Deprecated: github.com/project-slug has taken its place.',
    'example/shop',
    'nothing any more',
  ],
  [
    'backstage.io/definition-at-location',
    'Deprecated: a placeholder in spec.definition has taken its place.',
    'url:https://example.com/openapi.yaml',
    'nothing any more',
  ],

  ['github.com/project-slug', 'The repository on GitHub.', 'example/shop', GITHUB],
  [
    'github.com/project-readme-path',
    'The README that is shown, seen from the root of the repository.',
    'packages/shop/README.md',
    'the GitHub insights plugin',
  ],
  ['github.com/team-slug', 'The team on GitHub.', 'example/team-a', GITHUB_ORG],
  ['github.com/user-login', 'The login on GitHub.', 'jane', GITHUB_ORG],
  ['github.com/user-id', 'The id of the user on GitHub.', '1234567', GITHUB_ORG],
  ['gitlab.com/project-slug', 'The project on GitLab, with its groups.', 'example/shop', GITLAB],
  ['gitlab.com/project-id', 'The number of the project on GitLab.', '1234', GITLAB],
  ['gitlab.com/instance', 'The GitLab that the project is on, by its host.', 'gitlab.com', GITLAB],
  [
    'gitlab.com/codeowners-path',
    'The CODEOWNERS file, seen from the root of the repository.',
    '.gitlab/CODEOWNERS',
    GITLAB,
  ],
  [
    'gitlab.com/readme-path',
    'The README that is shown, seen from the root of the repository.',
    'docs/README.md',
    GITLAB,
  ],
  ['gitlab.com/wiki-slug', 'The page of the wiki that is shown.', 'home', GITLAB],
  ['gitlab.com/team-path', 'The group on GitLab.', 'example/team-a', GITLAB_ORG],
  ['gitlab.com/user-login', 'The login on GitLab.', 'jane', GITLAB_ORG],
  ['gitlab.com/saml-external-uid', 'The id of the user at the SAML provider.', 'jane', GITLAB_ORG],
  [
    'bitbucket.org/project-slug',
    'The repository on Bitbucket Cloud.',
    'example/shop',
    'the Bitbucket plugins',
  ],
  [
    'bitbucket.com/project-slug',
    'The repository on a Bitbucket server, with its project.',
    'EX/shop',
    'the Bitbucket plugins',
  ],
  ['dev.azure.com/project', 'The project in Azure DevOps.', 'shop', AZURE],
  [
    'dev.azure.com/project-repo',
    'The project and the repository in Azure DevOps.',
    'shop/shop-api',
    AZURE,
  ],
  ['dev.azure.com/build-definition', 'The pipeline whose builds are shown.', 'shop-ci', AZURE],
  [
    'dev.azure.com/host-org',
    'The host and the organisation in Azure DevOps, where there are several.',
    'dev.azure.com/example',
    AZURE,
  ],
  [
    'dev.azure.com/readme-path',
    'The README that is shown, seen from the root of the repository.',
    '/docs/README.md',
    AZURE,
  ],
  [
    'graph.microsoft.com/tenant-id',
    'The tenant in Microsoft Entra.',
    '6902611b-ffc1-463f-8af3-4d5285dc057b',
    MICROSOFT,
  ],
  [
    'graph.microsoft.com/group-id',
    'The group in Microsoft Entra.',
    'c57e8ba2-6cc4-1039-9ebc-d5f241a7ca21',
    MICROSOFT,
  ],
  [
    'graph.microsoft.com/user-id',
    'The user in Microsoft Entra.',
    '2de244b5-104b-4e8f-a3b8-dce3c31e54b6',
    MICROSOFT,
  ],
  ['microsoft.com/email', 'The mail address in Microsoft Entra.', 'jane@example.com', MICROSOFT],
];
