import { parseYaml } from '../../../../../platform/core/yaml';
import { type Framework, frameworkFacts, type ReadManifest, record, text } from './manifestFacts';
import { readXml } from './xml';

const goFrameworks: readonly Framework[] = [
  { dependency: /^github\.com\/gin-gonic\/gin$/, tag: 'gin', type: 'service' },
  { dependency: /^github\.com\/labstack\/echo/, tag: 'echo', type: 'service' },
  { dependency: /^github\.com\/gofiber\/fiber/, tag: 'fiber', type: 'service' },
  { dependency: /^github\.com\/go-chi\/chi/, tag: 'chi', type: 'service' },
  { dependency: /^google\.golang\.org\/grpc$/, tag: 'grpc', type: 'service' },
];

/** `go.mod`: the module's last name that is no major version. */
export const readGo: ReadManifest = content => {
  const path = /^module[ \t]+["']?([^\s"']{1,500})/m.exec(content)?.[1];
  const required = content.match(/^(?:require[ \t]+|[ \t]+)[\w./~-]{1,300}(?=[ \t]+v\d)/gm) ?? [];
  const { tags, type } = frameworkFacts(
    required.map(line => line.replace(/^(?:require)?\s+/, '')),
    goFrameworks,
  );
  const names = path?.split('/').filter(name => !/^v\d+$/.test(name)) ?? [];
  return { name: names.at(-1), tags: ['go', ...tags], type };
};

/** A project file of .NET, which gives its name to what it makes. */
export const readDotnet: ReadManifest = (content, fileName) => {
  const { attributes, texts } = readXml(content);
  const field = (name: string): string | undefined => {
    const value = texts.get(`Project/PropertyGroup/${name}`);
    return value?.includes('$(') ? undefined : text(value);
  };
  const sdk = attributes.get('Sdk') ?? '';
  const isTool = /^(exe|winexe)$/i.test(field('OutputType') ?? '');
  return {
    name: field('AssemblyName') ?? fileName.replace(/\.\w+proj$/, ''),
    description: field('Description'),
    version: field('Version'),
    tags: ['dotnet', ...(fileName.endsWith('.fsproj') ? ['fsharp'] : [])],
    type: /BlazorWebAssembly/.test(sdk)
      ? 'website'
      : /\.(Web|Worker)$/.test(sdk)
        ? 'service'
        : isTool
          ? undefined
          : 'library',
  };
};

/** `Chart.yaml` of Helm. */
export const readHelm: ReadManifest = content => {
  const chart = record(parseYaml(content));
  return {
    name: text(chart['name']),
    description: text(chart['description']),
    homepage: text(chart['home']),
    tags: ['helm'],
  };
};

/** `mkdocs.yml`, which has tags of its own and is therefore searched only. */
export const readMkdocs: ReadManifest = content => ({
  name: text(/^site_name:[ \t]*["']?([^"'\n#]{1,200})/m.exec(content)?.[1]?.trim()),
  description: text(/^site_description:[ \t]*["']?([^"'\n]{1,500})/m.exec(content)?.[1]?.trim()),
  tags: [],
  type: 'documentation',
});

export const readDockerfile: ReadManifest = () => ({ tags: [], type: 'service' });
