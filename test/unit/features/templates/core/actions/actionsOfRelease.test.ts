import { describe, expect, it } from 'vitest';
import { isRecord } from '../../../../../../src/base';
import { additions, upgradeRules } from '../../../../../../src/model/releases';
import { actionsOfRelease, backstageActions } from '../../../../../../src/features/templates/core';

const inputsOf = (id: string, release?: string): readonly string[] => {
  const properties = actionsOfRelease(backstageActions, release).get(id)?.input?.['properties'];
  return isRecord(properties) ? Object.keys(properties) : [];
};

describe('actionsOfRelease', () => {
  it('leaves out later actions', () => {
    const actions = actionsOfRelease(backstageActions, '1.42');
    expect(actions.get('github:issues:create')).toBeUndefined();
    expect(actions.ids()).not.toContain('github:issues:create');
    expect(actionsOfRelease(backstageActions, '1.43').ids()).toContain('github:issues:create');
  });

  it('leaves out later inputs', () => {
    expect(inputsOf('github:repo:create', '1.46')).not.toContain('workflowAccess');
    expect(inputsOf('github:repo:create', '1.47')).toContain('workflowAccess');
  });

  it('adds inputs that were removed later', () => {
    expect(inputsOf('github:repo:create', '1.54')).toContain('sourcePath');
    expect(inputsOf('github:repo:create', '1.55')).not.toContain('sourcePath');
  });

  it('is unchanged without a release', () => {
    expect(actionsOfRelease(backstageActions, undefined)).toBe(backstageActions);
  });
});

describe('rules about actions', () => {
  it('name inputs that the latest release has', () => {
    const unknown = additions.flatMap(({ target }) =>
      target.type === 'input'
        ? target.names.filter(name => !inputsOf(target.action).includes(name))
        : target.type === 'action' && !backstageActions.get(target.action)
          ? [target.action]
          : [],
    );
    expect(unknown).toEqual([]);
  });

  it('name removed inputs that the latest release lacks', () => {
    const kept = upgradeRules.flatMap(({ id, target }) =>
      id === 'github-repo-create-inputs' && target.type === 'input'
        ? target.names.filter(name => inputsOf(target.action).includes(name))
        : [],
    );
    expect(kept).toEqual([]);
  });

  it('name successors that the latest release has', () => {
    const wrong = upgradeRules.flatMap(({ target, change }) => {
      if (target.type !== 'input' || change.type === 'remove' || change.type === 'byHand')
        return [];
      const to = change.type === 'rename' ? change.to : change.type === 'move' ? change.to[0] : '';
      return inputsOf(target.action).includes(to ?? '') ? [] : [`${target.action} ${to ?? ''}`];
    });
    expect(wrong).toEqual([]);
  });
});
