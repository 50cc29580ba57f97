import { describe, expect, it } from 'vitest';
import {
  type RenamePlan,
  workspaceEditOf,
} from '../../../../../../src/features/authoring/language';

const RANGE = { start: { line: 1, character: 2 }, end: { line: 1, character: 3 } };
const PLAN: RenamePlan = {
  files: [
    { uri: 'file:///a', version: 3, edits: [{ kind: 'reference', range: RANGE, newText: 'x' }] },
    {
      uri: 'file:///b',
      version: undefined,
      edits: [{ kind: 'codeowners', range: RANGE, newText: 'y' }],
    },
  ],
  moves: [{ from: 'file:///a', to: 'file:///c' }],
  warnings: [],
};

const ABLE = {
  hasDocumentChanges: true,
  canCreateFiles: true,
  canRenameFiles: true,
  hasAnnotations: false,
};

describe('A plan as a workspace edit', () => {
  it('edits files and then moves them', () => {
    expect(workspaceEditOf(PLAN, ABLE)).toEqual({
      documentChanges: [
        {
          textDocument: { uri: 'file:///a', version: 3 },
          edits: [{ range: RANGE, newText: 'x' }],
        },
        {
          textDocument: { uri: 'file:///b', version: null },
          edits: [{ range: RANGE, newText: 'y' }],
        },
        { kind: 'rename', oldUri: 'file:///a', newUri: 'file:///c' },
      ],
    });
  });

  it('says of each edit what it is, and asks about those that may be wrong', () => {
    const client = { ...ABLE, hasAnnotations: true };
    const { documentChanges, changeAnnotations } = workspaceEditOf(PLAN, client) ?? {};
    expect(documentChanges?.slice(0, 2)).toMatchObject([
      { edits: [{ annotationId: 'reference' }] },
      { edits: [{ annotationId: 'codeowners' }] },
    ]);
    expect(changeAnnotations).toMatchObject({
      reference: { label: 'References' },
      codeowners: { label: 'CODEOWNERS', needsConfirmation: true },
    });
  });

  it('is the simpler kind for a client that knows no other', () => {
    const client = { ...ABLE, hasDocumentChanges: false };
    expect(workspaceEditOf({ ...PLAN, moves: [] }, client)).toEqual({
      changes: {
        'file:///a': [{ range: RANGE, newText: 'x' }],
        'file:///b': [{ range: RANGE, newText: 'y' }],
      },
    });
  });

  it('is none where files cannot be moved', () => {
    expect(workspaceEditOf(PLAN, { ...ABLE, canRenameFiles: false })).toBeUndefined();
  });
});
