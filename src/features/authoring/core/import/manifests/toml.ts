import { parse } from 'smol-toml';
import { type Framework, frameworkFacts, type ReadManifest, record, text } from './manifestFacts';

const rustFrameworks: readonly Framework[] = [
  { dependency: /^axum$/, tag: 'axum', type: 'service' },
  { dependency: /^actix-web$/, tag: 'actix', type: 'service' },
  { dependency: /^rocket$/, tag: 'rocket', type: 'service' },
  { dependency: /^warp$/, tag: 'warp', type: 'service' },
  { dependency: /^tonic$/, tag: 'grpc', type: 'service' },
  { dependency: /^(leptos|yew|dioxus)$/, tag: 'wasm', type: 'website' },
];

/** `Cargo.toml`; what a package inherits from its workspace is not looked up. */
export const readCargo: ReadManifest = content => {
  const manifest = record(parse(content));
  const crate = record(manifest['package']);
  const { tags, type } = frameworkFacts(
    Object.keys(record(manifest['dependencies'])),
    rustFrameworks,
  );
  return {
    name: text(crate['name']),
    description: text(crate['description']),
    version: text(crate['version']),
    homepage: text(crate['homepage']),
    tags: ['rust', ...tags],
    type: type ?? (manifest['lib'] === undefined ? undefined : 'library'),
  };
};

const pythonFrameworks: readonly Framework[] = [
  { dependency: /^django\b/i, tag: 'django', type: 'service' },
  { dependency: /^fastapi\b/i, tag: 'fastapi', type: 'service' },
  { dependency: /^flask\b/i, tag: 'flask', type: 'service' },
  { dependency: /^(aiohttp|starlette|tornado|sanic)\b/i, tag: 'web', type: 'service' },
  { dependency: /^grpcio\b/i, tag: 'grpc', type: 'service' },
];

/** `pyproject.toml`, `setup.cfg` and `setup.py`; the last is code, which is read and never run. */
export const readPython: ReadManifest = (content, fileName) => {
  if (fileName !== 'pyproject.toml') return readSetup(content);
  const manifest = record(parse(content));
  const project = record(manifest['project']);
  const poetry = record(record(manifest['tool'])['poetry']);
  const listed = project['dependencies'];
  const { tags, type } = frameworkFacts(
    [
      ...(Array.isArray(listed) ? listed.filter(item => typeof item === 'string') : []),
      ...Object.keys(record(poetry['dependencies'])),
    ],
    pythonFrameworks,
  );
  return {
    name: text(project['name']) ?? text(poetry['name']),
    description: text(project['description']) ?? text(poetry['description']),
    version: text(project['version']) ?? text(poetry['version']),
    homepage: text(record(project['urls'])['Homepage']) ?? text(poetry['homepage']),
    tags: ['python', ...tags],
    type,
  };
};

function readSetup(content: string): ReturnType<ReadManifest> {
  const field = (name: string): string | undefined =>
    new RegExp(
      `(?:^|[\\s(,])${name}[ \\t]*=[ \\t]*(?:(["'])([^"'\\n]{1,500})\\1|([^"'\\n(]{1,500})$)`,
      'm',
    )
      .exec(content)
      ?.slice(2)
      .find(part => part !== undefined)
      ?.trim();
  const words = content.match(/[A-Za-z][\w-]{0,100}/g) ?? [];
  const { tags, type } = frameworkFacts(words, pythonFrameworks);
  return {
    name: field('name'),
    description: field('description'),
    version: field('version'),
    tags: ['python', ...tags],
    type,
  };
}
