import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { errorMessage } from '../../../../../src/base';
import {
  type ForgeLookup,
  portalRequests,
  type RepoUrlPart,
  type TextControl,
} from '../../../../../src/features/portal/protocol';
import { readRepoUrl, type RepoUrlParts } from '../../../../../src/model/forms';
import './ChoiceBox';
import { type Choice, type ChoiceBox, ChosenEvent } from './ChoiceBox';
import { type Draw, type FieldContext, textOf } from './fieldContext';
import { fieldAttributes, framed } from './fieldFrame';
import { icon, iconButton, inputOf } from '../../../../shared/controls';
import type { FieldProps } from '../../../../shared/elements/Combobox';
import { LightElement } from '../../../../shared/elements/LightElement';
import { translate } from '../../../../shared/translate';

/** Text field for a name on a Git host, with a button that looks up the names. */
@customElement('callboard-lookup-box')
export class LookupBox extends LightElement {
  @property({ attribute: false }) accessor field: FieldProps = { label: '' };
  /** Whether the label is only accessible to screen readers. */
  @property({ attribute: false }) accessor isLabelHidden = false;
  @property({ attribute: false }) accessor value = '';
  /** Git host to look up names at. */
  @property({ attribute: false }) accessor host = '';
  /** Undefined if the lookup isn't possible yet. */
  @property({ attribute: false }) accessor lookUp:
    | ((signal: AbortSignal) => Promise<readonly string[]>)
    | undefined;
  /** Lookup results are discarded when this key changes. */
  @property({ attribute: false }) accessor lookUpKey = '';

  @state() accessor #choices: readonly Choice[] | undefined;
  @state() accessor #failure: string | undefined;
  @state() accessor #asking: AbortController | undefined;
  #found = 0;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('lookUpKey')) return;
    this.#stop();
    this.#choices = undefined;
    this.#failure = undefined;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  protected override render(): TemplateResult {
    return html`<div class="row lookup-box">
        ${this.#choices ? this.#chooser(this.#choices) : this.#input()}${this.#button()}
      </div>
      <div class="field-errors" aria-live="polite">
        ${
          this.#failure === undefined
            ? nothing
            : html`<p>${icon('error')}<span>${this.#failure}</span></p>`
        }
      </div>`;
  }

  #input(): TemplateResult {
    const { id, label, placeholder = '', about, isRequired, isInvalid, isReadonly } = this.field;
    return html`<input
      class="text-box"
      id=${id ?? nothing}
      type="text"
      autocomplete="off"
      spellcheck="false"
      placeholder=${placeholder}
      aria-label=${this.isLabelHidden ? label : nothing}
      aria-required=${isRequired ? 'true' : nothing}
      aria-invalid=${isInvalid ? 'true' : nothing}
      aria-describedby=${about ?? nothing}
      ?readonly=${isReadonly ?? false}
      .value=${live(this.value)}
      @input=${(event: Event) => this.#fireChosen(inputOf(event))}
      @blur=${() => this.dispatchEvent(new Event('left'))}
    />`;
  }

  #chooser(choices: readonly Choice[]): TemplateResult {
    return html`<callboard-choice-box
      .field=${this.field}
      .chosen=${this.value === '' ? [] : [this.value]}
      .load=${() => Promise.resolve(choices)}
      .loadKey=${String(this.#found)}
      .read=${(text: string) => text}
      @chosen=${({ values }: ChosenEvent) => this.#fireChosen(values[0] ?? '')}
      @left=${() => this.dispatchEvent(new Event('left'))}
    ></callboard-choice-box>`;
  }

  #button(): TemplateResult | typeof nothing {
    if (this.field.isReadonly || !this.lookUp) return nothing;
    const title = this.#asking
      ? translate('Cancel Lookup at {0}', this.host)
      : translate('Look Up {0} at {1}', this.field.label, this.host);
    return iconButton(
      this.#asking ? 'stop-circle' : 'cloud-download',
      title,
      this.#asking ? this.#stop : () => void this.#ask(),
    );
  }

  #ask = async (): Promise<void> => {
    const asking = new AbortController();
    this.#asking = asking;
    this.#failure = undefined;
    try {
      const names = await this.lookUp?.(asking.signal);
      if (asking.signal.aborted) return;
      this.#choices = names?.map(name => ({ value: name, label: name, detail: '' }));
      this.#found++;
      this.#asking = undefined;
      await this.#openList();
    } catch (error) {
      if (asking.signal.aborted) return;
      this.#asking = undefined;
      this.#failure = errorMessage(error);
    }
  };

  /** Opens the list after a lookup. */
  async #openList(): Promise<void> {
    await this.updateComplete;
    const box = this.querySelector<ChoiceBox>('callboard-choice-box');
    await box?.updateComplete;
    const input = box?.querySelector('input');
    input?.focus();
    input?.click();
  }

  #stop = (): void => {
    this.#asking?.abort();
    this.#asking = undefined;
  };

  #fireChosen(text: string): void {
    this.dispatchEvent(new ChosenEvent(text === '' ? [] : [text]));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'callboard-lookup-box': LookupBox;
  }
}

/** Returns the lookup for a part of a repository URL; undefined if required parts are missing. */
export function lookupOfPart(
  { lookup }: RepoUrlPart,
  { host, owner }: RepoUrlParts,
): ForgeLookup | undefined {
  if (host === '') return undefined;
  if (lookup === 'owners') return { what: 'owners', host };
  return lookup === 'repositories' && owner !== '' ? { what: lookup, host, owner } : undefined;
}

/** An owner, or a branch of the repository in the form's `repoUrl`, as in Backstage. */
export const lookupField: Draw<'text'> = (field, control, context) => {
  const { editor } = context;
  const lookup = lookupOf(control, context);
  return framed(
    field,
    editor,
    html`<callboard-lookup-box
      ${fieldAttributes(field, editor)}
      .isLabelHidden=${field.isTitleHidden}
      .value=${textOf(editor.valueOf(field.path))}
      .host=${lookup?.host ?? ''}
      .lookUp=${lookup && asking(lookup, context)}
      .lookUpKey=${JSON.stringify(lookup)}
      @chosen=${({ values }: ChosenEvent) => editor.set(field, values[0] ?? field.emptyValue, true)}
      @left=${() => editor.left(field.path)}
    ></callboard-lookup-box>`,
  );
};

export function asking(lookup: ForgeLookup, { request }: FieldContext) {
  return (signal: AbortSignal): Promise<readonly string[]> =>
    request(portalRequests.getForgeChoices, { lookup }, signal);
}

function lookupOf({ style, host }: TextControl, { editor }: FieldContext): ForgeLookup | undefined {
  if (style === 'repoOwner') return host === undefined ? undefined : { what: 'owners', host };
  const { host: of, owner, repo } = readRepoUrl(textOf(editor.valueOf(['repoUrl'])));
  return of && owner && repo ? { what: 'branches', host: of, owner, repo } : undefined;
}
