import { describe, expect, it } from 'vitest';
import {
  files,
  isPlayground,
  read,
  parse,
  clean,
  playground,
  descriptors,
  complaint,
  refOf,
  references,
  reachableFrom,
  type Descriptor,
} from './demoFiles';

describe('playground', () => {
  const one = (name: string) => {
    const found = playground.filter(({ entity }) => entity.metadata.name === name);
    expect(found).toHaveLength(1);
    return found[0] as Descriptor;
  };

  it('marks each mistake in its file', () => {
    const unmarked = files.filter(
      file => isPlayground(file) && file.endsWith('.yaml') && !read(file).includes('# Deliberate:'),
    );
    expect(unmarked.filter(file => file !== 'playground/broken.yaml')).toEqual([]);
    expect(read('playground/broken.yaml')).toContain('# Deliberate:');
  });

  it('refers to a team and a database that do not exist', async () => {
    const known = new Set(descriptors.map(({ entity }) => refOf(entity)));
    const lost = one('lost-property');
    expect(await complaint(lost)).toBeUndefined();
    expect(
      references(lost)
        .map(({ target }) => target)
        .filter(target => !known.has(target)),
    ).toEqual(['group:default/team-welcom', 'resource:default/umbrella-db']);
  });

  it('has a component without a lifecycle and one with an upper-case tag', async () => {
    expect(await complaint(one('seagull-alarm'))).toContain('lifecycle');
    expect(await complaint(one('fog-horn'))).toContain('tags.0');
  });

  it('describes one entity of the company twice', () => {
    const known = new Set(clean.map(({ entity }) => refOf(entity)));
    expect(playground.map(({ entity }) => refOf(entity)).filter(ref => known.has(ref))).toEqual([
      'component:default/ticket-mailer',
    ]);
  });

  it('breaks only the second document of a file', () => {
    expect(parse(read('playground/broken.yaml')).map(({ errors }) => errors.length > 0)).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('has a kind unknown to Backstage', async () => {
    expect(await complaint(one('mv-fulmar'))).toBe('no validator for kind Vessel');
  });

  it('has Locations that cannot be read', () => {
    expect(reachableFrom('playground/locations.yaml')).toEqual([
      'playground/locations.yaml',
      'playground/winter/catalog-info.yaml (matches nothing)',
      'playground/lighthouse.yaml (matches nothing)',
      expect.stringContaining('(matches nothing)'),
    ]);
  });
});
