/** Returns a Template like those of large portals: each step uses parameters and the output of the step before. */
export function aTemplate(steps: number): string {
  return [HEAD, ...Array.from({ length: steps }, (_, index) => aStep(index)), TAIL].join('');
}

const HEAD = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: authored-template
  title: A service with all that belongs to it
  description: Makes repositories, pipelines and entries of the catalog.
spec:
  owner: user:nobody-at-all
  type: service
  parameters:
    - title: What it is
      required: [name, owner]
      properties:
        name: { title: Name, type: string, ui:field: EntityNamePicker }
        description: { title: Description, type: string }
        owner: { title: Owner, type: string, ui:field: OwnerPicker }
        replicas: { title: Replicas, type: number, default: 2 }
        hasDatabase: { title: With a database, type: boolean, default: false }
    - title: Where it goes
      required: [repoUrl]
      properties:
        repoUrl: { title: Repository, type: string, ui:field: RepoUrlPicker }
        visibility: { title: Visibility, type: string, enum: [private, internal, public] }
        environments: { title: Environments, type: array, items: { type: string } }
  steps:
`;

function aStep(index: number): string {
  return index % 3 === 2 ? aPublishStep(index) : aFetchStep(index);
}

function aFetchStep(index: number): string {
  const last = index - (index % 3) - 1;
  const before =
    last < 0 ? '' : `\n          parent: \${{ steps['step-${last}'].output.remoteUrl }}`;
  return `    - id: step-${index}
      name: Step ${index} fills in what belongs to the service
      action: fetch:template
      if: \${{ parameters.hasDatabase and parameters.replicas > 1 }}
      input:
        url: ./skeletons/part-${index}
        targetPath: ./parts/\${{ parameters.name }}/${index}
        values:
          name: \${{ parameters.name }}
          owner: \${{ parameters.owner | parseEntityRef | pick('name') }}
          description: "\${{ parameters.description or 'No words yet' }}"${before}
`;
}

function aPublishStep(index: number): string {
  return `    - id: step-${index}
      name: Step ${index} puts it into a repository
      action: publish:github
      input:
        repoUrl: \${{ parameters.repoUrl }}
        description: Part ${index} of \${{ parameters.name }}
        repoVisibility: \${{ parameters.visibility }}
        topics: [service, '\${{ parameters.name }}']
        defaultBranch: main
`;
}

const TAIL = `  output:
    links:
      - title: Repository
        url: \${{ parameters.repoUrl | parseRepoUrl }}
`;
