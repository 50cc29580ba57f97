import type { Random } from './organizationTexts';

/*
 * Files of a workspace that aren't descriptors: sources, packages, and other YAML files, some of which look like
 * descriptors.
 */

/** The files of a part of a project by their paths; `serial` keeps parts of one project apart. */
export function decoyProject(
  random: Random,
  serial: number,
): readonly (readonly [string, string])[] {
  const part = `part-${serial}`;
  return [
    ...sources(part),
    ...random.pick([packages, packages, packages, packages, deployment, skeleton])(part),
  ];
}

type Files = readonly (readonly [string, string])[];

function sources(part: string): Files {
  return [
    [`src/${part}/README.md`, `# ${part}\n\nWhat it is for.\n`],
    [`src/${part}/main.ts`, "export * from './lib';\n"],
    [`src/${part}/lib/index.ts`, 'export const answer = 42;\n'],
    [`src/${part}/lib/index.test.ts`, "import { answer } from '.';\n"],
  ];
}

function packages(part: string): Files {
  return Array.from({ length: 4 }, (_, index) => `node_modules/${part}-${index}`).flatMap(
    (folder): Files => [
      [`${folder}/package.json`, `{ "name": "${part}", "version": "1.0.0" }\n`],
      [`${folder}/index.js`, "'use strict';\n"],
      [`${folder}/index.d.ts`, 'export {};\n'],
      [`${folder}/.travis.yml`, 'language: node_js\n'],
    ],
  );
}

function deployment(part: string): Files {
  return [
    [`.github/workflows/${part}.yaml`, WORKFLOW],
    [`deploy/${part}/deployment.yaml`, kubernetes(part)],
    [`deploy/${part}/docker-compose.yml`, COMPOSE],
    [`charts/${part}/Chart.yaml`, `apiVersion: v2\nname: ${part}\nversion: 0.1.0\n`],
    [`charts/${part}/values.yaml`, 'replicaCount: 2\nimage:\n  repository: example/web\n'],
    [`charts/${part}/templates/service.yaml`, CHART],
    [`docs/${part}/mkdocs.yml`, `site_name: ${part}\nplugins: [techdocs-core]\n`],
    [`docs/${part}/docs/index.md`, `# ${part}\n`],
  ];
}

/** A skeleton's descriptor is none until a Template has filled it in. */
function skeleton(part: string): Files {
  return [
    [`skeletons/${part}/catalog-info.yaml`, SKELETON],
    [`skeletons/${part}/README.md`, '# ${{ values.name }}\n'],
    [`skeletons/${part}/src/index.ts`, 'export {};\n'],
  ];
}

const SKELETON = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: \${{ values.name | dump }}
  description: \${{ values.description | dump }}
spec:
  type: service
  lifecycle: experimental
  owner: \${{ values.owner | dump }}
`;

const WORKFLOW = `name: CI
on: [push, pull_request]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: npm ci
        env:
          TOKEN: \${{ secrets.TOKEN }}
`;

const COMPOSE = `services:
  web:
    image: example/web:1.0
    ports: ["8080:8080"]
    environment: { MODE: production }
`;

const CHART = `apiVersion: v1
kind: Service
metadata:
  name: {{ include "web.fullname" . }}
{{- if .Values.labels }}
  labels: {{- toYaml .Values.labels | nindent 4 }}
{{- end }}
`;

function kubernetes(name: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels:
    backstage.io/kubernetes-id: ${name}
spec:
  replicas: 2
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  ports:
    - port: 80
`;
}
