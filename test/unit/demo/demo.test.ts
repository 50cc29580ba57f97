import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  files,
  isPlayground,
  yamlFiles,
  read,
  parse,
  isRecord,
  word,
  clean,
  validators,
  complaint,
  refOf,
  referenceFields,
  references,
  reachableFrom,
} from './demoFiles';

describe('demo organization', () => {
  it('has about sixty entities', () => {
    expect(clean.length).toBeGreaterThanOrEqual(55);
    expect(clean.length).toBeLessThanOrEqual(75);
  });

  it('parses outside the playground', () => {
    const broken = yamlFiles.filter(
      file => !isPlayground(file) && parse(read(file)).some(({ errors }) => errors.length > 0),
    );
    expect(broken).toEqual([]);
  });

  it.each(clean.map(descriptor => [refOf(descriptor.entity), descriptor] as const))(
    '%s is valid for Backstage',
    async (_ref, descriptor) => {
      expect(await complaint(descriptor)).toBeUndefined();
    },
  );

  it('describes each entity once', () => {
    const refs = clean.map(({ entity }) => refOf(entity));
    expect(refs.filter((ref, index) => refs.indexOf(ref) !== index)).toEqual([]);
  });

  it('has no dangling reference outside the playground', () => {
    const known = new Set(clean.map(({ entity }) => refOf(entity)));
    const dangling = clean.flatMap(descriptor =>
      references(descriptor)
        .filter(({ target }) => !known.has(target))
        .map(({ field, target }) => `${refOf(descriptor.entity)} ${field} ${target}`),
    );
    expect(dangling).toEqual([]);
  });

  it('uses every field that makes a relation', () => {
    const used = new Set(clean.flatMap(references).map(({ field }) => field));
    expect(referenceFields.map(([, field]) => field).filter(field => !used.has(field))).toEqual([]);
  });

  it('declares parents and children consistently', () => {
    const groups = clean.filter(({ entity }) => entity.kind === 'Group');
    const edges = (field: string, edge: (self: string, other: string) => string) =>
      groups
        .flatMap(group =>
          references(group)
            .filter(reference => reference.field === field)
            .map(({ target }) => edge(refOf(group.entity), target)),
        )
        .sort();
    expect(edges('parent', (self, other) => `${other} > ${self}`)).toEqual(
      edges('children', (self, other) => `${self} > ${other}`),
    );
  });

  it('has every kind, API type, AI resource type and lifecycle', () => {
    const values = (kind: RegExp, field: string) =>
      [
        ...new Set(
          clean
            .filter(({ entity }) => kind.test(entity.kind))
            .map(({ entity }) => word(entity.spec?.[field])),
        ),
      ].sort();
    expect([...new Set(clean.map(({ entity }) => entity.kind))].sort()).toEqual(
      Object.keys(validators)
        .filter(key => !key.includes('/'))
        .sort(),
    );
    expect(values(/^API$/, 'type')).toEqual([
      'asyncapi',
      'graphql',
      'grpc',
      'mcp-server',
      'openapi',
      'trpc',
    ]);
    expect(values(/^AiResource$/, 'type')).toEqual(['marketplace', 'plugin', 'rule', 'skill']);
    expect(values(/^Component$/, 'lifecycle')).toEqual([
      'deprecated',
      'experimental',
      'production',
    ]);
  });

  it('is reachable from its root Location', () => {
    expect([...new Set(reachableFrom('catalog-info.yaml'))].sort()).toEqual(
      [...new Set(clean.map(({ file }) => file))].sort(),
    );
  });

  it('has one file with CRLF line ends', () => {
    expect(read('harbour/catalog-info.yaml').match(/\r?\n/g)).toContain('\r\n');
    expect(read('harbour/catalog-info.yaml')).not.toMatch(/[^\r]\n/);
  });

  it('contains files that resemble descriptors', () => {
    const decoys = ['booking/deploy/deployment.yaml', 'booking/docker-compose.yml'];
    expect(decoys.filter(decoy => !yamlFiles.includes(decoy))).toEqual([]);
    expect(clean.filter(({ file }) => decoys.includes(file))).toEqual([]);
  });

  it('has templates with existing files for their steps', () => {
    const missing = clean
      .filter(({ entity }) => entity.kind === 'Template')
      .flatMap(({ file, entity }) => {
        const steps: unknown[] = [entity.spec?.['steps'] ?? []].flat();
        const inputs = steps
          .filter(isRecord)
          .map(step => step['input'])
          .filter(isRecord);
        const skeleton = posix.join(
          posix.dirname(file),
          word(inputs.find(input => 'url' in input)?.['url']),
        );
        const renamed = inputs.flatMap(input => [input['files'] ?? []].flat().filter(isRecord));
        return renamed
          .map(({ from }) => posix.join(skeleton, word(from)))
          .filter(source => !files.includes(source));
      });
    expect(missing).toEqual([]);
  });

  it('uses reserved example domains only', () => {
    const hosts = files.flatMap(file =>
      [...read(file).matchAll(/https?:\/\/([a-z0-9.-]+)|[\w.-]+@([a-z0-9-]+(?:\.[a-z0-9-]+)+)/gi)]
        .map(match => match[1] ?? match[2] ?? '')
        .filter(host => !/(^|\.)example\.(com|org)$|^localhost$|^www\.w3\.org$/.test(host))
        .map(host => `${file}: ${host}`),
    );
    expect(hosts).toEqual([]);
  });
});
