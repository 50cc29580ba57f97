import { type Framework, frameworkFacts, type ReadManifest, record, text } from './manifestFacts';

const frameworks: readonly Framework[] = [
  { dependency: /^next$/, tag: 'nextjs', type: 'website' },
  { dependency: /^nuxt3?$/, tag: 'nuxt', type: 'website' },
  { dependency: /^gatsby$/, tag: 'gatsby', type: 'website' },
  { dependency: /^astro$/, tag: 'astro', type: 'website' },
  { dependency: /^@sveltejs\/kit$/, tag: 'sveltekit', type: 'website' },
  { dependency: /^@angular\/platform-browser$/, tag: 'angular', type: 'website' },
  { dependency: /^react-dom$/, tag: 'react', type: 'website' },
  { dependency: /^vue$/, tag: 'vue', type: 'website' },
  { dependency: /^svelte$/, tag: 'svelte', type: 'website' },
  { dependency: /^@nestjs\/core$/, tag: 'nestjs', type: 'service' },
  { dependency: /^express$/, tag: 'express', type: 'service' },
  { dependency: /^fastify$/, tag: 'fastify', type: 'service' },
  { dependency: /^koa$/, tag: 'koa', type: 'service' },
  { dependency: /^hono$/, tag: 'hono', type: 'service' },
  { dependency: /^@hapi\/hapi$/, tag: 'hapi', type: 'service' },
];

/** `package.json`. */
export const readNpm: ReadManifest = content => {
  const manifest = record(JSON.parse(content));
  const production = Object.keys(record(manifest['dependencies']));
  const development = Object.keys(record(manifest['devDependencies']));
  // A library names its framework as a peer, which does not make it a website.
  const peers = Object.keys(record(manifest['peerDependencies']));
  const { tags, type } = frameworkFacts(production, frameworks);
  const peerTags = frameworkFacts(peers, frameworks).tags;
  const language = [...production, ...development].includes('typescript')
    ? 'typescript'
    : 'javascript';
  const isPublished =
    manifest['private'] !== true &&
    ['main', 'module', 'exports', 'types', 'bin'].some(key => manifest[key] !== undefined);
  return {
    name: text(manifest['name']),
    description: text(manifest['description']),
    version: text(manifest['version']),
    homepage: text(manifest['homepage']),
    tags: [language, ...tags, ...peerTags],
    type: peers.length > 0 || isPublished ? 'library' : type,
  };
};
