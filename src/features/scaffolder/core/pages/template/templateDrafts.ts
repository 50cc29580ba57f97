import type { StateService } from '../../../../../api';
import { isRecord } from '../../../../../base';
import type { FormState } from '../..';

/** What was filled in of a form, without secrets. */
export interface TemplateDraft {
  readonly state: FormState;
  /** How many pages somebody has come to. */
  readonly reached: number;
}

const KEY = 'portal.templateDrafts';
/** Those that were worked on last are kept. */
const MAX_DRAFTS = 20;

/** What was filled in of the forms of Templates, kept for this workspace. */
export class TemplateDrafts {
  readonly #state: StateService;

  constructor(state: StateService) {
    this.#state = state;
  }

  get(ref: string): TemplateDraft | undefined {
    return this.#all().get(ref);
  }

  /** @param draft - undefined: it is done with */
  async set(ref: string, draft: TemplateDraft | undefined): Promise<void> {
    const drafts = this.#all();
    if (!draft && !drafts.has(ref)) return;
    drafts.delete(ref);
    if (draft) drafts.set(ref, draft);
    await this.#state.set(KEY, [...drafts].slice(-MAX_DRAFTS));
  }

  /** The one that was worked on last comes last. */
  #all(): Map<string, TemplateDraft> {
    const kept = this.#state.get(KEY);
    const entries = Array.isArray(kept) ? kept.filter(isEntry) : [];
    return new Map(entries);
  }
}

/** An older version may have kept something else. */
function isEntry(value: unknown): value is [string, TemplateDraft] {
  if (!Array.isArray(value)) return false;
  const [ref, draft] = value as readonly unknown[];
  if (typeof ref !== 'string' || !isRecord(draft) || !isRecord(draft['state'])) return false;
  const { values, cleared, variants } = draft['state'];
  const isState = isRecord(values) && Array.isArray(cleared) && isRecord(variants);
  return isState && typeof draft['reached'] === 'number';
}
