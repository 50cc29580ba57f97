import { expect, it } from 'vitest';
import { expandTarget } from '../../../../../../../src/features/catalog/core/configuredBackstage/locations/targetFiles';
import { InMemoryFileSystem } from '../../../../../../support/inMemoryFileSystem';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];

it.each(['*/'.repeat(12), `**/${'*/'.repeat(12)}`])(
  'stops expanding a target through cyclic symbolic links: %s*.yaml',
  async pattern => {
    const files = new InMemoryFileSystem(
      Object.fromEntries(NAMES.map(name => [`/work/${name}/x.yaml`, ''])),
    );
    for (const name of NAMES) {
      for (const other of NAMES) {
        if (other !== name) files.link(`/work/${name}/to-${other}`, `/work/${other}`);
      }
    }
    let checkCount = 0;
    const { readDirectory } = files;
    files.readDirectory = uri => {
      checkCount++;
      return readDirectory.call(files, uri);
    };
    const { matches, error } = await expandTarget(`/work/${pattern}*.yaml`, 'file:///work', files);
    expect([matches, error]).toEqual([
      [],
      'The target leads through more than 10000 folders behind symbolic links',
    ]);
    expect(checkCount).toBeLessThan(10_100);
  },
);
