import { describe, expect, it } from 'vitest';
import {
  annotationDoc,
  annotationDocs,
} from '../../../../../src/features/authoring/language/annotationDocs';
import { annotationFault, wellKnownAnnotations } from '../../../../../src/model/annotations';

describe('What is said of annotations', () => {
  it('has an example that the plugin would understand', () => {
    const faults = wellKnownAnnotations.flatMap(annotation => {
      const example = annotationDoc(annotation.key)?.example ?? '';
      const fault = annotationFault(annotation, example);
      return fault === undefined ? [] : [`${annotation.key}: ${fault}`];
    });
    expect(faults).toEqual([]);
  });

  it('names who reads it, in one sentence', () => {
    for (const { key, title, usedBy } of annotationDocs) {
      expect([key, title]).toEqual([key, expect.stringMatching(/^[A-Z].*\.$/)]);
      expect(usedBy).not.toBe('');
    }
  });
});
