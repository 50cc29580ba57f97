import { basenameUri, ownValue } from '../../../../../base';
import { readGradle, readMaven } from './jvm';
import type { ComponentType, ManifestFacts, ReadManifest } from './manifestFacts';
import { readNpm } from './npm';
import { readDockerfile, readDotnet, readGo, readHelm, readMkdocs } from './others';
import { readCargo, readPython } from './toml';

/** By type of evidence; a Dockerfile makes a service of what could be anything. */
const readers: Readonly<Record<string, ReadManifest>> = {
  npm: readNpm,
  go: readGo,
  maven: readMaven,
  gradle: readGradle,
  cargo: readCargo,
  python: readPython,
  dotnet: readDotnet,
  docker: readDockerfile,
  helm: readHelm,
  mkdocs: readMkdocs,
};

/** Puts together what the manifests of a folder say, the first that says something of a field wins. */
export function readManifests(
  files: readonly { readonly type: string; readonly uri: string; readonly text: string }[],
): ManifestFacts {
  const all = files.flatMap(({ type, uri, text }): ManifestFacts[] => {
    const read = ownValue(readers, type);
    if (!read) return [];
    try {
      return [read(text.replace(/^\uFEFF/, ''), basenameUri(uri))];
    } catch {
      // A broken manifest is somebody else's to report; its folder is described all the same.
      return [];
    }
  });
  const first = <K extends keyof ManifestFacts>(key: K): ManifestFacts[K] | undefined =>
    all.find(facts => facts[key] !== undefined)?.[key];
  return {
    name: first('name'),
    description: first('description'),
    version: first('version'),
    homepage: first('homepage'),
    tags: [...new Set(all.flatMap(({ tags }) => tags))],
    type: typeOf(
      all,
      files.some(({ type }) => type === 'docker'),
    ),
  };
}

/** Docs beside software are the software's; with nothing else to go by, a container is a service. */
function typeOf(all: readonly ManifestFacts[], isContainer: boolean): ComponentType | undefined {
  const types = all.flatMap(({ type }) => type ?? []);
  const software = types.filter(type => type !== 'documentation');
  if (software[0] === 'library' && isContainer) return 'service';
  return software[0] ?? types[0];
}
