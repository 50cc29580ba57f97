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

describe('`workspaceEditOf`', () => {
  it('edits files before moving them', () => {
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

  it('labels edits and requires confirmation of uncertain ones', () => {
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

  it('uses simple changes for a basic client', () => {
    const client = { ...ABLE, hasDocumentChanges: false };
    expect(workspaceEditOf({ ...PLAN, moves: [] }, client)).toEqual({
      changes: {
        'file:///a': [{ range: RANGE, newText: 'x' }],
        'file:///b': [{ range: RANGE, newText: 'y' }],
      },
    });
  });

  it("returns undefined if the client can't move files", () => {
    expect(workspaceEditOf(PLAN, { ...ABLE, canRenameFiles: false })).toBeUndefined();
  });
});
