const PER_FILE = 100;

/** Descriptors of the given number of entities: components of teams, a hundred per file. */
export function manyEntities(count: number): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  const teams = Math.max(1, Math.floor(count / PER_FILE));
  for (let file = 0; file * PER_FILE < count; file++) {
    const size = Math.min(PER_FILE, count - file * PER_FILE);
    const texts = Array.from({ length: size }, (_, index) =>
      index === 0 ? group(file) : component(file * PER_FILE + index, teams),
    );
    files[`${file}/catalog-info.yaml`] = texts.join('---\n');
  }
  return files;
}

function component(number: number, teams: number): string {
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: part-${String(number).padStart(5, '0')}
  description: Does number ${number} of all that there is to do
  tags: [tag-${number % 40}]
spec:
  type: ${number % 3 ? 'service' : 'library'}
  lifecycle: ${number % 5 ? 'production' : 'experimental'}
  owner: team-${number % teams}
`;
}

function group(number: number): string {
  return `apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: team-${number}
spec:
  type: team
  children: []
`;
}
