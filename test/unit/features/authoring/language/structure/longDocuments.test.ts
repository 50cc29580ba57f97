import { beforeAll, describe, expect, it } from 'vitest';
import {
  createStructureProvider,
  StructureService,
  type LanguageProvider,
} from '../../../../../../src/features/authoring/language';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../../support/languageWorkspace';
import { at } from '../../../../../support/testCatalog';

const STEP = `    # A step.
    - id: fetch
      name: Fetch
      action: fetch:template
      each: [a, b]
      input:
        url: ./skeleton
        list:
          - a
          - - b
            - c
        text: |
          Some text.

            - more of it
          - and the end of it

      if: \${{ parameters.name }}
`;
const DOCUMENT = `# A long Template.
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: long
  description: >-
    One line,
    and another,
    and so on,
    until the end.
  links:
    - url: https://a.example
      title: A
    - url: https://b.example
  tags:
  - one
  - two
  - three
spec:
  owner: team
  type: service
  steps:
${STEP.repeat(9)}  output:
    links:
      - title: A
      - title: B
`;
const BEFORE = 'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: a\n---\n';

let workspace: LanguageWorkspace;
let service: StructureService;
let provider: LanguageProvider;

beforeAll(async () => {
  workspace = await openLanguageWorkspace({});
  service = new StructureService({
    declaredKinds: () => [],
    readFile: () => Promise.reject(new Error('Nothing is read')),
    fetchText: () => Promise.reject(new Error('Nothing is fetched')),
    workspaceFolders: () => [at('')],
    isTrusted: () => false,
    allowedHosts: () => [],
    now: () => 0,
  });
  provider = createStructureProvider({
    service,
    isDelegated: () => false,
    state: () => workspace,
  });
});

/** Results at an offset from the relevant part of the document, and from the whole document. */
async function answersAt(text: string, offset: number) {
  const request = workspace.open('a.yaml', text);
  const { text: opened } = request;
  const position = opened.positionAt(offset);
  const here = { ...request, offset, position };
  const placed = opened.partAt(offset);
  const part = {
    uri: opened.uri,
    index: placed.index,
    source: placed.part.source,
    startLine: opened.positionAt(placed.start).line,
    isCatalogFile: true,
  };
  return {
    position,
    found: {
      items: (await provider.complete?.(here))?.items ?? [],
      hover: await provider.hover?.(here),
    },
    expected: {
      items: await service.complete(part, position),
      hover: await service.hover(part, position),
    },
  };
}

/** The start, middle and end of lines in turn, so that offsets differ between items. */
function placesIn(text: string): readonly number[] {
  const places: number[] = [];
  let start = 0;
  for (const [index, line] of text.split('\n').entries()) {
    const blanks = /^[ -]*/.exec(line)?.[0].length ?? 0;
    const columns = [0, Math.min(line.length, blanks + 1), line.length];
    places.push(start + (columns[index % columns.length] ?? 0));
    start += line.length + 1;
  }
  return places;
}

describe('Structure features in a long document', () => {
  it.each([
    ['unchanged', DOCUMENT],
    ['after another document', BEFORE + DOCUMENT],
    ['with carriage returns', DOCUMENT.replaceAll('\n', '\r\n')],
    ['with blank lines', DOCUMENT.replaceAll('      input:', '      \n      input:')],
    ['incomplete', DOCUMENT.replaceAll('      input:', '      na\n      input:')],
  ])('return the same as for the whole document, %s', async (_, text) => {
    let hovers = 0;
    let offers = 0;
    for (const offset of placesIn(text)) {
      const { found, expected, position } = await answersAt(text, offset);
      expect(found.items, `${position.line}:${position.character}`).toEqual(expected.items);
      expect(found.hover?.contents).toEqual(expected.hover?.contents);
      if (found.hover?.range) expect(found.hover.range).toEqual(expected.hover?.range);
      hovers += found.hover?.range ? 1 : 0;
      offers += found.items.length ? 1 : 0;
    }
    expect(hovers).toBeGreaterThan(15);
    expect(offers).toBeGreaterThan(10);
  });
});
