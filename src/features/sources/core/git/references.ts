import { decodeEscapes } from '../../../../base';

/** `$text: ./README.md`, `"$ref": "schemas/pet.yaml#/Pet"`: whatever such a key leads to may be read with the file. */
const REFERENCE =
  /(?:^|[\s{,[])["']?\$[A-Za-z][\w-]*["']?[ \t]*:[ \t]*(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"'#,}][^\n#,}]*))/g;
/** `target: ./all.yaml`, `- ./all.yaml`: in a text in which there is a Location. */
const TARGET =
  /(?:(?:^|\s)-|\btargets?["']?:|\[|,)[ \t]*(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"'#,[\]{}][^\s"'#,\]}]*))/g;
/** More are looked up one by one when they are read. */
const MOST = 1000;

/**
 * Paths of files that a text may lead to, as far as that can be told without reading it as YAML: too many do no harm.
 *
 * @param path - of the file, below the top of the repository
 */
export function referencedPaths(path: string, text: string): ReadonlySet<string> {
  const paths = new Set<string>();
  const folder = path.split('/').slice(0, -1);
  const matches = [
    ...(text.includes('$') ? text.matchAll(REFERENCE) : []),
    ...(/kind["']?:[ \t]*["']?Location\b/.test(text) ? text.matchAll(TARGET) : []),
  ];
  for (const [, double, single, plain] of matches) {
    const target = (double ?? single ?? plain ?? '').replace(/[?#].*$/s, '').trim();
    if (target === '' || /^[a-z][\w+.-]*:/i.test(target)) continue;
    const found = resolve(target.startsWith('/') ? [] : folder, target);
    if (found !== undefined) paths.add(found);
    if (paths.size >= MOST) break;
  }
  return paths;
}

/** Undefined for what leads out of the repository. */
function resolve(folder: readonly string[], target: string): string | undefined {
  const names = [...folder];
  for (const name of decodeEscapes(target).split('/')) {
    if (name === '' || name === '.') continue;
    if (name !== '..') names.push(name);
    else if (names.pop() === undefined) return undefined;
  }
  return names.join('/');
}
