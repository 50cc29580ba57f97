import { describe, expect, it } from 'vitest';
import { changesOf, recordAfter } from '../../../../../../src/features/scaffolder/core/drift';
import { checked, FETCH, shown, TemplateDrift } from '../../../../../support/templateDrift';

const README = 'one\ntwo\nthree\nfour\nfive\n';
const edited = (text: string): string => text.replace('five', 'five, and mine');
const newer = (text: string): string => text.replace('one', 'one of the template');

describe('checkTemplate', () => {
  it('finds no changes if neither side changed', async () => {
    const drift = new TemplateDrift({ 'README.md': README });
    const record = await drift.make();
    expect(shown(await drift.updates(record))).toEqual({ 'README.md': 'unchanged' });
  });

  it('keeps files that only the project changed', async () => {
    const drift = new TemplateDrift({ 'README.md': README, 'gone.md': 'x', 'mine.md': 'x' });
    const record = await drift.make();
    drift.write('README.md', edited(README));
    drift.remove('gone.md');
    expect(shown(await drift.updates(record))).toEqual({
      'README.md': 'unchanged',
      'gone.md': 'unchanged',
      'mine.md': 'unchanged',
    });
  });

  it('updates, adds and removes files that the project did not change', async () => {
    const drift = new TemplateDrift({ 'README.md': README, 'old.md': 'x' });
    const record = await drift.make();
    drift.change({ 'README.md': newer(README), 'new.md': 'y' });
    expect(shown(await drift.updates(record))).toEqual({
      'README.md': `updated: ${newer(README)}`,
      'new.md': 'added: y',
      'old.md': 'removed',
    });
  });

  it('merges with the committed version as a base', async () => {
    const drift = new TemplateDrift({ 'README.md': README });
    const { template, ...record } = await drift.make();
    drift.history.set('README.md', [edited(README), README]);
    drift.write('README.md', edited(README));
    drift.change({ 'README.md': newer(README) });
    const unversioned = { ...record, template: { ...template, commit: undefined } };
    expect(shown(await drift.updates(unversioned))).toEqual({
      'README.md': `merged: ${newer(edited(README))}`,
    });
  });

  it('merges with the output of the recorded template as a base', async () => {
    const drift = new TemplateDrift({ 'README.md': README });
    const record = await drift.make();
    drift.write('README.md', edited(README));
    drift.change({ 'README.md': newer(README) });
    expect(shown(await drift.updates(record))).toEqual({
      'README.md': `merged: ${newer(edited(README))}`,
    });
  });

  it("reports conflicts of changes that can't be merged", async () => {
    const binary = String.fromCharCode(0, 1, 2);
    const drift = new TemplateDrift({
      'README.md': README,
      'gone.md': 'x',
      'image.bin': binary,
      'old.md': 'x',
    });
    const record = await drift.make();
    drift.write('README.md', README.replace('two', 'mine'));
    drift.remove('gone.md');
    drift.write('image.bin', `${binary}mine`);
    drift.write('new.md', 'mine');
    drift.write('old.md', 'mine');
    drift.change({
      'README.md': README.replace('two', 'theirs'),
      'gone.md': 'y',
      'image.bin': `${binary}theirs`,
      'new.md': 'theirs',
    });
    expect(shown(await drift.updates(record))).toEqual({
      'README.md': `conflict: lines: ${README.replace(
        'two',
        '<<<<<<< this project\nmine\n=======\ntheirs\n>>>>>>> the template',
      )}`,
      'gone.md': 'conflict: removedHere',
      'image.bin': 'conflict: unmergeable',
      'new.md': 'conflict: exists',
      'old.md': 'conflict: changedHere',
    });
  });

  it('reports a conflict without a base', async () => {
    const drift = new TemplateDrift({ 'README.md': README });
    const { template, ...record } = await drift.make();
    drift.write('README.md', edited(README));
    drift.change({ 'README.md': newer(README) });
    const unversioned = { ...record, template: { ...template, commit: undefined } };
    expect(shown(await drift.updates(unversioned))).toEqual({ 'README.md': 'conflict: noBase' });
  });

  it('removes no files after an incomplete run', async () => {
    const drift = new TemplateDrift({ 'README.md': README, 'old.md': 'x' });
    const record = await drift.make();
    drift.change({ 'README.md': README });
    expect(shown(await drift.updates(record, { isComplete: false }))).toEqual({
      'README.md': 'unchanged',
    });
  });

  it('ignores changed line ends and preserves them', async () => {
    const withReturns = (text: string): string => text.replaceAll('\n', '\r\n');
    const drift = new TemplateDrift({ 'README.md': README, 'same.md': README });
    const record = await drift.make();
    drift.write('README.md', withReturns(edited(README)));
    drift.write('same.md', withReturns(README));
    drift.change({ 'README.md': newer(README), 'same.md': newer(README) });
    expect(shown(await drift.updates(record))).toEqual({
      'README.md': `merged: ${withReturns(newer(edited(README)))}`,
      'same.md': `updated: ${withReturns(newer(README))}`,
    });
  });

  it('does not write through a link', async () => {
    const drift = new TemplateDrift({ 'conf/a.txt': 'x' });
    const record = await drift.make();
    drift.remove('conf');
    drift.files.write('/etc/a.txt', 'x');
    drift.files.link('/work/shop/conf', '/etc');
    drift.change({ 'conf/a.txt': 'y' });
    expect(shown(await drift.updates(record))).toEqual({ 'conf/a.txt': 'conflict: noFile' });
  });

  it("doesn't replace a file by a folder", async () => {
    const drift = new TemplateDrift({ 'README.md': README });
    const record = await drift.make();
    drift.write('docs', 'mine');
    drift.change({ 'README.md': README, 'docs/index.md': 'x' });
    expect(shown(await drift.updates(record))).toEqual({
      'README.md': 'unchanged',
      'docs/index.md': 'conflict: noFile',
    });
  });

  it('replaces a generated file by a folder', async () => {
    const drift = new TemplateDrift({ docs: 'x' });
    const record = await drift.make();
    drift.change({ 'docs/index.md': 'x' });
    expect(shown(await drift.updates(record))).toEqual({
      docs: 'removed',
      'docs/index.md': 'added: x',
    });
  });

  it('fills in defaults of new fields only', async () => {
    const form = (properties: string): string => `parameters: { properties: { ${properties} } }\n`;
    const port = 'port: { type: string, default: "80" }';
    const skeleton = {
      'a.txt': '${{ values.name }} ${{ values.port }} ${{ values.region }}',
    };
    const drift = new TemplateDrift(skeleton, form(`name: { type: string }, ${port}`) + FETCH);
    const record = await drift.make({ values: { name: 'shop' } });
    const region = 'region: { type: string, default: north }';
    drift.change(skeleton, form(`name: { type: string }, ${port}, ${region}`) + FETCH);
    expect(shown(await drift.updates(record))).toEqual({ 'a.txt': 'updated: shop  north' });
  });

  it('reports the values that the current template requires', async () => {
    const drift = new TemplateDrift({ 'a.txt': 'x' });
    const record = await drift.make();
    const form = 'parameters: { required: [team], properties: { team: { type: string } } }\n';
    drift.change({ 'a.txt': '${{ values.team }}' }, form + FETCH);
    expect(await drift.check(record)).toMatchObject({
      type: 'unfit',
      errors: [{ message: 'requires property "team"' }],
    });
    const filledIn = await drift.check(record, { values: { team: 'crew' } });
    expect(shown(checked(filledIn).updates)).toEqual({ 'a.txt': 'updated: crew' });
    expect(checked(filledIn).record.values).toEqual({ team: 'crew' });
  });

  it('reports an error of the current template', async () => {
    const drift = new TemplateDrift({ 'a.txt': 'x' });
    const record = await drift.make();
    drift.change({ 'a.txt': 'x' }, FETCH.replace('./skeleton', './elsewhere'));
    expect(await drift.check(record)).toMatchObject({
      type: 'failed',
      error: expect.stringContaining('ENOENT') as string,
    });
  });

  it('generates the same files for another user and run', async () => {
    const spec = FETCH.replace(
      "'${{ parameters }}'",
      "{ by: '${{ user.ref }} ${{ context.task.id }}' }",
    );
    const drift = new TemplateDrift({ 'a.txt': '${{ values.by }}' }, spec);
    const record = await drift.make({ user: 'user:default/ada' });
    expect(shown(await drift.updates(record))).toEqual({ 'a.txt': 'unchanged' });
  });
});

describe('record after an update', () => {
  it('has the new version', async () => {
    const drift = new TemplateDrift({ 'README.md': README, 'old.md': 'x' });
    const record = await drift.make();
    drift.write('README.md', edited(README));
    drift.change({ 'README.md': newer(README), 'new.md': 'y' });
    drift.commit('2'.repeat(40));
    const after = await drift.apply(record);
    expect(after.template.commit).toBe('2'.repeat(40));
    expect(shown(await drift.updates(after))).toEqual({
      'README.md': 'unchanged',
      'new.md': 'unchanged',
    });
  });

  it('keeps the base of a skipped file', async () => {
    const drift = new TemplateDrift({ 'README.md': README });
    const record = await drift.make();
    drift.write('README.md', README.replace('two', 'mine'));
    drift.change({ 'README.md': README.replace('two', 'theirs') });
    drift.commit('2'.repeat(40));
    const after = await drift.apply(record);
    expect(after.files.get('README.md')?.commit).toBe('1'.repeat(40));
    const [left] = await drift.updates(after);
    expect(new TextDecoder().decode(left?.base)).toBe(README);
    drift.write('README.md', README.replace('two', 'theirs'));
    expect(shown(await drift.updates(after))).toEqual({ 'README.md': 'unchanged' });
  });

  it('has the new version of a file that was merged by hand', async () => {
    const drift = new TemplateDrift({ 'README.md': README });
    const record = await drift.make();
    drift.write('README.md', README.replace('two', 'mine'));
    drift.change({ 'README.md': README.replace('two', 'theirs') });
    const { updates, record: next } = checked(await drift.check(record));
    const after = await recordAfter(record, next, updates, new Set(['README.md']));
    expect(shown(await drift.updates(after))).toEqual({ 'README.md': 'unchanged' });
  });

  it('lists the files to write and to remove', async () => {
    const drift = new TemplateDrift({ 'a.md': 'a', 'old.md': 'x' });
    const record = await drift.make();
    drift.change({ 'a.md': 'b' });
    const { write, remove } = changesOf(await drift.updates(record));
    expect([[...write.keys()], remove]).toEqual([['a.md'], ['old.md']]);
  });
});
