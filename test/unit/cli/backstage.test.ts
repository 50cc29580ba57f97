import { describe, expect, it } from 'vitest';
import { aComponent, aDescriptor } from '../../support/descriptors';
import { writeFiles } from '../../support/folders';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { callboard } from './capture';

let cwd: string;

useTemporaryFolder(path => (cwd = path));

const write = (files: Readonly<Record<string, string>>): void => writeFiles(cwd, files);

const run = (line: string, env?: Record<string, string>): ReturnType<typeof callboard> =>
  callboard(line.split(' '), { cwd, env });

async function namesOf(line: string, env?: Record<string, string>): Promise<readonly string[]> {
  const { stdout } = await run(`entities --format json ${line}`, env);
  const { entities } = JSON.parse(stdout) as {
    entities: { entity: { metadata: { name: string } } }[];
  };
  return entities
    .map(({ entity }) => entity.metadata.name)
    .filter(name => !name.startsWith('generated-'));
}

/** An app-config of `file` locations. */
function aConfig(...targets: readonly string[]): string {
  const locations = targets.map(target => `    - { type: file, target: '${target}' }\n`);
  return `catalog:\n  locations:\n${locations.join('')}`;
}

describe('catalog as Backstage processes it, on the command line', () => {
  it('reads targets from packages/backend beside the config if it exists', async () => {
    write({ 'app-config.yaml': aConfig('a.yaml'), 'a.yaml': aComponent('beside') });
    expect(await namesOf('--config app-config.yaml')).toEqual(['beside']);
    write({ 'packages/backend/a.yaml': aComponent('backend') });
    expect(await namesOf('--config app-config.yaml')).toEqual(['backend']);
    expect(await namesOf('--config app-config.yaml --backend-dir .')).toEqual(['beside']);
  });

  it('reports files that no location reaches, unless paths are given', async () => {
    write({
      'app-config.yaml': aConfig('a.yaml'),
      'a.yaml': aComponent('a'),
      'lost/x.yaml': aComponent('x'),
    });
    const hints = async (line: string): Promise<readonly string[]> => {
      const { stdout } = await run(`validate --config app-config.yaml --format unix ${line}`);
      return stdout.split('\n').filter(text => text.includes('unreachable-entity'));
    };
    expect(await hints('')).toEqual([expect.stringContaining('lost/x.yaml:4:9: ')]);
    expect(await hints('a.yaml')).toEqual([]);
  });

  it('merges several configs with variables', async () => {
    write({
      'app-config.yaml': aConfig('a.yaml'),
      'app-config.local.yaml': aConfig('${NAME}.yaml', '${OTHER:-c}.yaml', '${NOTHING}'),
      'a.yaml': aComponent('a'),
      'b.yaml': aComponent('b'),
      'c.yaml': aComponent('c'),
    });
    const configs = '--config app-config.yaml --config app-config.local.yaml --env NAME';
    expect(await namesOf(configs, { NAME: 'b' })).toEqual(['b', 'c']);
  });

  it('replaces no names that every object has as variables', async () => {
    write({ 'app-config.yaml': aConfig('${constructor}', '${toString:-a}.yaml') });
    write({ 'a.yaml': aComponent('a') });
    expect(await namesOf('--config app-config.yaml')).toEqual(['a']);
  });

  it('allows every kind for --location, and only kinds of the rules for --config', async () => {
    write({ 'org.yaml': aDescriptor('group:crew'), 'app-config.yaml': aConfig('org.yaml') });
    expect(await namesOf('--location org.yaml')).toEqual(['crew']);
    expect(await namesOf('--config app-config.yaml')).toEqual([]);
  });

  it('accepts wildcards for --location, as a location of type file does', async () => {
    write({
      'a/catalog-info.yaml': aDescriptor('group:crew'),
      'b/c/catalog-info.yaml': aComponent('deep'),
      'b/other.yaml': aComponent('other'),
    });
    expect(await namesOf('--location **/catalog-info.yaml')).toEqual(['deep', 'crew']);
    const { code, stderr } = await run('entities --location x/*.yaml');
    expect(stderr.replaceAll(cwd, '')).toContain('error: file /x/*.yaml does not exist');
    expect(code).toBe(0);
  });

  it('validates AiResource only with its module', async () => {
    write({ 'ai.yaml': aDescriptor('airesource:helper') });
    expect(await namesOf('--location ai.yaml')).toEqual([]);
    expect(await namesOf('--location ai.yaml --module ai-model')).toEqual(['helper']);
    const { stdout } = await run('validate --format json --location ai.yaml');
    expect(stdout).toContain(
      'No processor recognized the entity airesource:default/helper as valid, possibly caused by a foreign kind or apiVersion',
    );
  });

  it("reports problems of a config's locations at their place", async () => {
    write({
      'app-config.yaml': `${aConfig('missing.yaml')}    - { type: url, target: 'https://github.com/a/b/blob/main/c.yaml' }\n`,
    });
    const { code, stdout } = await run('validate --format unix --config app-config.yaml');
    expect(stdout.replaceAll(cwd, '').split('\n').slice(0, 2)).toEqual([
      expect.stringMatching(/app-config\.yaml:3:\d+: .*file \/missing\.yaml does not exist/),
      expect.stringMatching(/app-config\.yaml:4:\d+: .*is on another machine and was not read/),
    ]);
    expect(code).toBe(1);
    expect((await run('entities --config app-config.yaml')).stderr).toMatch(
      /app-config\.yaml:3:\d+: error: file .*missing\.yaml does not exist/,
    );
  });

  it('applies disable comments in a config', async () => {
    const comment = '    # callboard-disable-next-line location-target-missing\n';
    write({
      'app-config.yaml': aConfig('missing.yaml', 'gone.yaml').replace('    -', `${comment}    -`),
    });
    const { stdout } = await run('validate --format unix --config app-config.yaml');
    expect(stdout).not.toContain('missing.yaml');
    expect(stdout).toMatch(/gone\.yaml does not exist/);
  });

  it.each([
    ['entities --config nothing.yaml', "nothing.yaml doesn't exist"],
    ['entities --location .', '. is not a file'],
    ['entities --backend-dir .', '--backend-dir needs --config or --location'],
    ['entities --module ai-model', '--module needs --config or --location'],
    ['entities --location a.yaml --module other', 'Unknown module "other". Available: ai-model'],
  ])('refuses %s', async (line, message) => {
    write({ 'a.yaml': aComponent('a') });
    const { code, stderr } = await run(line);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});
