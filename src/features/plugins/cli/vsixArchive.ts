import { zipSync } from 'fflate';

/** Files of an extension, by their path relative to its folder. */
export type ExtensionFiles = ReadonlyMap<string, Uint8Array>;

/** Types of assets, with the pattern of their file. */
const ASSETS: readonly (readonly [type: string, file: RegExp])[] = [
  ['Microsoft.VisualStudio.Services.Content.Details', /^readme\.md$/i],
  ['Microsoft.VisualStudio.Services.Content.Changelog', /^changelog\.md$/i],
  ['Microsoft.VisualStudio.Services.Content.License', /^licen[cs]e(?:\.md|\.txt)?$/i],
];

/** The time of all files: the first that a zip can have, so that the same files make the same archive. */
const TIME = new Date(1980, 0, 1);

/**
 * Packs an extension in the format of VS Code's packages.
 *
 * @param fields - those of its package.json
 */
export function packVsix(
  fields: Readonly<Record<string, unknown>>,
  files: ExtensionFiles,
): Uint8Array {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const paths = sorted.map(([path]) => path);
  return zipSync(
    {
      'extension.vsixmanifest': encode(vsixManifest(fields, paths)),
      '[Content_Types].xml': encode(contentTypes(paths)),
      ...Object.fromEntries(sorted.map(([path, bytes]) => [`extension/${path}`, bytes])),
    },
    { mtime: TIME },
  );
}

function vsixManifest(fields: Readonly<Record<string, unknown>>, paths: readonly string[]): string {
  const text = (name: string): string => {
    const value = fields[name];
    return escapeXml(typeof value === 'string' ? value : '');
  };
  const list = (name: string): string => {
    const value = fields[name];
    return escapeXml(
      (Array.isArray(value) ? value : []).filter(item => typeof item === 'string').join(','),
    );
  };
  const { engines } = fields;
  const vscode = Object(engines) === engines ? (engines as { vscode?: unknown }).vscode : '';
  const property = (id: string, value: string): string =>
    `      <Property Id="Microsoft.VisualStudio.${id}" Value="${value}"/>`;
  const assets = [
    ['Microsoft.VisualStudio.Code.Manifest', 'package.json'] as const,
    ...ASSETS.flatMap(([type, file]) => {
      const path = paths.find(candidate => file.test(candidate));
      return path === undefined ? [] : [[type, path] as const];
    }),
    ...(typeof fields['icon'] === 'string'
      ? [['Microsoft.VisualStudio.Services.Icons.Default', fields['icon']] as const]
      : []),
  ];
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="${text('name')}" Version="${text('version')}" Publisher="${text('publisher')}"/>
    <DisplayName>${text('displayName') || text('name')}</DisplayName>
    <Description xml:space="preserve">${text('description')}</Description>
    <Tags>${list('keywords')}</Tags>
    <Categories>${list('categories')}</Categories>
    <Properties>
${[
  property('Code.Engine', escapeXml(String(vscode))),
  property('Code.ExtensionDependencies', list('extensionDependencies')),
  property('Code.ExtensionPack', list('extensionPack')),
  property('Code.ExtensionKind', list('extensionKind')),
].join('\n')}
    </Properties>
  </Metadata>
  <Installation>
    <InstallationTarget Id="Microsoft.VisualStudio.Code"/>
  </Installation>
  <Dependencies/>
  <Assets>
${assets
  .map(
    ([type, path]) =>
      `    <Asset Type="${type}" Path="extension/${escapeXml(path)}" Addressable="true"/>`,
  )
  .join('\n')}
  </Assets>
</PackageManifest>
`;
}

function contentTypes(paths: readonly string[]): string {
  const extensions = new Set(
    [...paths, 'extension.vsixmanifest'].flatMap(path => /\.\w+$/.exec(path)?.[0] ?? []),
  );
  const types = [...extensions]
    .sort()
    .map(
      extension =>
        `  <Default Extension="${extension}" ContentType="${TYPES.get(extension) ?? 'application/octet-stream'}"/>`,
    );
  return `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
${types.join('\n')}
</Types>
`;
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['.css', 'text/css'],
  ['.js', 'application/javascript'],
  ['.json', 'application/json'],
  ['.md', 'text/markdown'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml'],
  ['.txt', 'text/plain'],
  ['.vsixmanifest', 'text/xml'],
]);

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
