/**
 * A catalog with the given number of entities: systems of eight, which use each other's APIs and
 * resources.
 */
export function inventedFiles(entities: number): Readonly<Record<string, string>> {
  const systems = Math.ceil(entities / 8);
  const files: Record<string, string> = {};
  for (let index = 0; index < systems; index++) files[`s${index}.yaml`] = systemOf(index, systems);
  return files;
}

/** A system that uses earlier ones, so that the graph has layers. */
function systemOf(index: number, systems: number): string {
  const other = (step: number): number => Math.floor((index * step) / (step + 1)) % systems;
  const spec = `type: service, lifecycle: production, owner: team-${index % 9}, system: s${index}`;
  return [
    descriptor('System', `s${index}`, `owner: team-${index % 9}`),
    descriptor('API', `a${index}`, `${spec}, definition: x`),
    ...[0, 1].map(store =>
      descriptor('Resource', `r${index}-${store}`, `type: database, owner: x, system: s${index}`),
    ),
    descriptor(
      'Component',
      `c${index}-0`,
      `${spec}, providesApis: [a${index}], dependsOn: [resource:r${index}-0, component:c${index}-1]`,
    ),
    ...[1, 2, 3].map(number =>
      descriptor(
        'Component',
        `c${index}-${number}`,
        `${spec}, consumesApis: [a${other(number)}], dependsOn: [resource:r${index}-1]`,
      ),
    ),
  ].join('---\n');
}

function descriptor(kind: string, name: string, spec: string): string {
  return `apiVersion: backstage.io/v1alpha1
kind: ${kind}
metadata: { name: ${name} }
spec: { ${spec} }
`;
}
