import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import {
  type ExistingFiles,
  type LaunchChoice,
  type LaunchOptions,
  type LaunchPlace,
  type LaunchTarget,
  portalRequests,
} from '../../../../src/features/portal/protocol';
import type { JsonObject } from '../../../../src/model';
import type { PortalContext } from '../../../portal/portalContext';
import {
  failedState,
  icon,
  inputOf,
  loadingState,
  secondaryButton,
  select,
} from '../../../shared/controls';
import { LightElement } from '../../../shared/elements/LightElement';
import { Resource } from '../../../shared/host/Resource';
import { translate, translateCount } from '../../../shared/translate';

/** Maximum number of files to list. More are counted. */
const MAX_NAMED = 5;

/**
 * Destination of a template's files, on the Review page. Asks everything before the launch, because a prompt of the
 * editor would compete with the page for the focus.
 */
@customElement('callboard-launch-form')
export class LaunchForm extends LightElement {
  @property({ attribute: false }) accessor portal!: PortalContext;
  @property({ attribute: false }) accessor template = '';
  /** Form values. */
  @property({ attribute: false }) accessor values: JsonObject = {};
  @property({ attribute: false }) accessor isDryRun = false;
  @state() accessor #target: LaunchTarget | undefined;
  @state() accessor #place: LaunchPlace['type'] | undefined;
  @state() accessor #location: string | undefined;
  @state() accessor #existing: ExistingFiles | undefined;
  /** Text entered for each type of destination. */
  @state() accessor #texts: ReadonlyMap<LaunchPlace['type'], string> = new Map();
  /** Whether a dry run is compared with the destination. */
  @state() accessor #isCompared = false;

  #options = new Resource<LaunchOptions>(this, signal =>
    this.portal.request(
      portalRequests.getLaunchOptions,
      { template: this.template, values: this.values, target: this.#target },
      signal,
    ),
  );

  #loading: Promise<void> = Promise.resolve();

  /** Returns the choices once the options are loaded. @throws Error if they can't be loaded */
  async choose(): Promise<LaunchChoice> {
    let loading;
    do {
      loading = this.#loading;
      await loading;
    } while (loading !== this.#loading);
    const { state: options } = this.#options;
    if (options.status === 'failed') throw new Error(options.message);
    if (options.status === 'loading') throw new Error(translate('The page is still loading.'));
    return this.#choiceOf(options.value);
  }

  #choiceOf(options: LaunchOptions): LaunchChoice {
    const { target, existing } = options;
    if (this.isDryRun) {
      return { target: this.#isCompared ? target : undefined, existing: 'ask', existingPaths: [] };
    }
    const place = this.#chosenPlace(options);
    return {
      target,
      place: place && { type: place.type, text: this.#textOf(place) },
      location: this.#chosenLocation(options),
      existing: this.#chosenExisting(options),
      existingPaths: existing,
    };
  }

  /** Reloads the options after a preview. */
  refresh(): void {
    this.#loading = this.#options.reload();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('template')) {
      this.#target = undefined;
      this.#loading = this.#options.reset();
    } else if (changed.has('values')) this.refresh();
  }

  protected override render(): TemplateResult {
    const { state: options } = this.#options;
    return html`<section class="template-launch" aria-label=${translate('Destination')}>
      <h3>${this.isDryRun ? translate('Compare with') : translate('Destination')}</h3>
      ${
        options.status === 'loading'
          ? loadingState()
          : options.status === 'failed'
            ? failedState(options.message, () => this.refresh())
            : this.isDryRun
              ? this.#comparison(options.value)
              : this.#destination(options.value)
      }
    </section>`;
  }

  #comparison(options: LaunchOptions): TemplateResult {
    const { parents, target } = options;
    return html`<div class="template-launch-fields">
      ${field(
        'launch-compare',
        translate('Folder'),
        html`<span class="template-launch-folder">
          ${select({
            id: 'launch-compare',
            rows: [
              { value: '', label: translate('None (show all files as new)') },
              ...parents.map(({ uri, label }) => ({ value: uri, label })),
            ],
            value: this.#isCompared ? (target?.parent ?? '') : '',
            choose: uri => {
              this.#isCompared = uri !== '';
              if (uri !== '') this.#aim({ parent: uri, name: '' });
            },
          })}${this.#browseButton(() => {
            this.#isCompared = true;
            return '';
          })}
        </span>`,
      )}
    </div>`;
  }

  #destination(options: LaunchOptions): TemplateResult {
    const { places, locations, existing, actions } = options;
    const place = this.#chosenPlace(options);
    return html`<div class="template-launch-fields">
        ${this.#folderFields(options)}
        ${
          place
            ? field(
                'launch-place',
                translate('Publish'),
                select({
                  id: 'launch-place',
                  rows: places.map(({ type, label }) => ({ value: type, label })),
                  value: place.type,
                  choose: type => (this.#place = places.find(one => one.type === type)?.type),
                }),
                place.detail,
              )
            : nothing
        }
        ${place?.text ? this.#placeText(place, place.text) : nothing}
        ${
          locations.length > 0
            ? field(
                'launch-location',
                translate('Add to Location'),
                select({
                  id: 'launch-location',
                  rows: [
                    ...locations.map(({ id, label, description }) => ({
                      value: id,
                      label: `${label} (${description})`,
                    })),
                    { value: '', label: translate('None') },
                  ],
                  value: this.#chosenLocation(options) ?? '',
                  choose: id => (this.#location = id),
                }),
                translate('The workspace catalog also includes files that no Location lists.'),
              )
            : nothing
        }
        ${existing.length > 0 ? this.#existingFiles(options) : nothing}
      </div>
      <p class="template-launch-actions">
        ${icon('symbol-event')}${translate('Actions: {0}', actions.join(', '))}
      </p>`;
  }

  #folderFields({ parents, target, isTargetFixed, targetError }: LaunchOptions): TemplateResult {
    const parent = parents.find(({ uri }) => uri === target?.parent);
    if (isTargetFixed) {
      return field('launch-parent', translate('Folder'), html`<code>${parent?.label}</code>`);
    }
    return html`${field(
      'launch-parent',
      translate('Create in'),
      html`<span class="template-launch-folder">
        ${
          parents.length > 0
            ? select({
                id: 'launch-parent',
                rows: parents.map(({ uri, label }) => ({ value: uri, label })),
                value: target?.parent ?? '',
                choose: uri => this.#aim({ parent: uri, name: target?.name ?? '' }),
              })
            : nothing
        }${this.#browseButton(() => target?.name ?? '')}
      </span>`,
    )}
    ${field(
      'launch-name',
      translate('Folder name'),
      html`<input
        class="text-box"
        id="launch-name"
        autocomplete="off"
        spellcheck="false"
        .value=${target?.name ?? ''}
        aria-invalid=${targetError === undefined ? nothing : 'true'}
        aria-describedby="launch-name-about"
        ?disabled=${target === undefined}
        @change=${(event: Event) =>
          target && this.#aim({ parent: target.parent, name: inputOf(event).trim() })}
      />`,
      targetError === undefined
        ? translate('Leave empty to write to the selected folder.')
        : html`<span class="template-launch-error">${icon('error')}${targetError}</span>`,
    )}`;
  }

  #placeText(place: LaunchPlace, text: NonNullable<LaunchPlace['text']>): TemplateResult {
    return field(
      'launch-text',
      text.label,
      html`<input
        class="text-box"
        id="launch-text"
        autocomplete="off"
        spellcheck="false"
        placeholder=${text.placeholder}
        .value=${this.#textOf(place)}
        @input=${(event: Event) =>
          (this.#texts = new Map(this.#texts).set(place.type, inputOf(event).trim()))}
      />`,
    );
  }

  #existingFiles(options: LaunchOptions): TemplateResult {
    const { existing } = options;
    const named = existing.slice(0, MAX_NAMED).join(', ');
    const more = existing.length - MAX_NAMED;
    const rows = [
      ...(this.#canKeep(options)
        ? [{ value: 'keep', label: translate('Keep existing files') }]
        : []),
      { value: 'replace', label: translate('Replace existing files') },
      { value: 'ask', label: translate('Ask before replacing') },
    ];
    return field(
      'launch-existing',
      translateCount(existing.length, {
        one: '{0} file already exists',
        other: '{0} files already exist',
      }),
      select({
        id: 'launch-existing',
        rows,
        value: this.#chosenExisting(options),
        choose: value => (this.#existing = value === 'keep' || value === 'replace' ? value : 'ask'),
      }),
      more > 0 ? translate('{0} and {1} more', named, more) : named,
    );
  }

  #browseButton(nameOf: () => string): TemplateResult {
    const browse = async (): Promise<void> => {
      const parent = await this.portal.request(portalRequests.chooseLaunchFolder, {});
      if (parent) this.#aim({ parent: parent.uri, name: nameOf() });
    };
    return secondaryButton(translate('Browse…'), () => void browse());
  }

  #aim(target: LaunchTarget): void {
    this.#target = target;
    this.refresh();
  }

  #chosenPlace({ places }: LaunchOptions): LaunchPlace | undefined {
    return places.find(({ type }) => type === this.#place) ?? places[0];
  }

  #textOf({ type, text }: LaunchPlace): string {
    return this.#texts.get(type) ?? text?.value ?? '';
  }

  #chosenLocation({ locations }: LaunchOptions): string | undefined {
    if (this.#location === '') return undefined;
    return (locations.find(({ id }) => id === this.#location) ?? locations[0])?.id;
  }

  /** Existing files can't be kept if the template's files are committed. */
  #canKeep(options: LaunchOptions): boolean {
    const { type = 'files' } = this.#chosenPlace(options) ?? {};
    return type === 'files';
  }

  #chosenExisting(options: LaunchOptions): ExistingFiles {
    if (options.existing.length === 0) return 'ask';
    const usual = this.#canKeep(options) ? 'keep' : 'ask';
    return this.#existing === 'keep' ? usual : (this.#existing ?? usual);
  }
}

function field(
  id: string,
  label: string,
  control: unknown,
  about?: string | TemplateResult,
): TemplateResult {
  return html`<div class="field">
    <label class="field-label" for=${id}>${label}</label>
    ${control}${about ? html`<p class="field-about" id="${id}-about">${about}</p>` : nothing}
  </div>`;
}
