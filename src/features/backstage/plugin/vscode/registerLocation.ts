import * as vscode from 'vscode';
import {
  type BackstageInstance,
  formatEditorUri,
  isTreeNode,
  type LocationAnalysis,
  type LocationRegistration,
  withoutLinks,
} from '../../../../api';
import { askText, type QuickSteps, withQuickSteps } from '../../../../platform/vscode/quickInput';
import {
  mainRef,
  existingRefs,
  registrationDetail,
  type ServedRefs,
  type ServedEntitiesDeps,
} from '..';
import { awaitChange } from './awaitChange';
import type { InstancesContext } from './instancesContext';
import { pickInstance } from './entityFor';
import { fallbackCopyOf } from './fallbackCopyOf';

/** A server's preview of a registration. */
interface RegistrationPreview {
  readonly analysis: LocationAnalysis | undefined;
  /** Effects of the registration, or the reason for a refusal. */
  readonly trial: LocationRegistration | { readonly refusal: string };
  /** Entities that already exist. */
  readonly there: ServedRefs;
}

/** A row of the Sources view. */
interface SourceRow {
  readonly type: 'source';
  readonly id: string;
  readonly sourceId: string;
}

/** Registers the address of a file, or another one, in a Backstage, after showing the effects. */
export async function registerLocation(
  argument: unknown,
  context: InstancesContext,
): Promise<void> {
  const title = vscode.l10n.t('Register in Backstage');
  const sourceId = isTreeNode<SourceRow>(argument, ['source']) ? argument.sourceId : undefined;
  const accept = ({ source }: BackstageInstance): boolean =>
    sourceId === undefined || source.id === sourceId;
  const answers = await withQuickSteps(async steps => {
    const instance = await pickInstance({ title, accept, steps }, context);
    if (!instance) return undefined;
    const known = sourceId === undefined ? await addressFor(argument, context) : undefined;
    const url = await askForAddress(instance, known, steps);
    return url === undefined ? undefined : { instance, url };
  });
  if (!answers) return;
  const { instance, url } = answers;
  const { name } = instance.source;
  const { analysis, trial, there } = await context.actions.withProgress(
    withoutLinks(vscode.l10n.t('Checking the location in {0}…', name)),
    ({ signal }) => lookAhead(url, instance, { ...context, signal }),
  );
  if ('refusal' in trial) return showRefusal(trial.refusal, analysis, instance);
  if (trial.exists) return showAlreadyRegistered(trial, instance, context);
  const { refs: served, isOfCopy } = there;
  const register = vscode.l10n.t('Register');
  const answer = await vscode.window.showInformationMessage(
    withoutLinks(vscode.l10n.t('Register this location in {0}?', name)),
    {
      modal: true,
      detail: registrationDetail(
        { url, trial, served, copy: isOfCopy ? fallbackCopyOf(instance) : undefined },
        vscode.l10n.t,
      ),
    },
    register,
  );
  if (answer !== register) return;
  const { exists } = await context.actions.withProgress(
    withoutLinks(vscode.l10n.t('Registering in {0}…', name)),
    async ({ signal }) => {
      const registration = await instance.catalog.register(url, { signal, isTrial: false });
      const known = new Set(served);
      const ref = mainRef(trial.entityRefs.filter(each => !known.has(each)));
      if (ref !== undefined) await awaitChange(instance, { ref, before: undefined, signal });
      await context.sources.refresh({ id: instance.source.id, signal });
      return registration;
    },
  );
  // Registered by someone else meanwhile.
  if (exists) return showAlreadyRegistered(trial, instance, context);
  await showRegisteredEntity(vscode.l10n.t('{0} is registered in {1}.', url, name), trial);
}

/** Returns the address of the file in the editor or of the menu's file. */
async function addressFor(
  argument: unknown,
  { sources }: InstancesContext,
): Promise<string | undefined> {
  const uri =
    argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  if (!uri) return undefined;
  const file = formatEditorUri(uri);
  if (sources.getSourceOf(file)) return sources.getPlaceOf(file)?.webPage;
  return (await sources.findAddresses([file])).get(file)?.url;
}

async function askForAddress(
  { source: { name } }: BackstageInstance,
  known: string | undefined,
  steps: QuickSteps,
): Promise<string | undefined> {
  const step = await askText({
    steps,
    title: withoutLinks(vscode.l10n.t('Register in {0}', name)),
    prompt: vscode.l10n.t(
      'The URL of a descriptor or of a repository, usually on the default branch',
    ),
    placeholder: 'https://github.com/acme/shop/blob/main/catalog-info.yaml',
    value: known ?? '',
    validate: text =>
      /^https?:\/\/[^\s/]/.test(text.trim()) && URL.canParse(text.trim())
        ? undefined
        : vscode.l10n.t('Enter an address that starts with https://'),
  });
  return typeof step === 'object' ? step.answer.trim() : undefined;
}

async function lookAhead(
  url: string,
  instance: BackstageInstance,
  { signal, ...deps }: ServedEntitiesDeps & { readonly signal: AbortSignal },
): Promise<RegistrationPreview> {
  const { catalog } = instance;
  // A failed analysis doesn't matter: the trial decides.
  const analysis = catalog.analyze(url, { signal }).catch(() => undefined);
  const trial = await catalog.register(url, { signal, isTrial: true }).catch((error: unknown) => {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    return { refusal };
  });
  const refs = 'refusal' in trial ? [] : trial.entityRefs;
  const there = await existingRefs(refs, instance, signal, deps);
  return { analysis: await analysis, trial, there };
}

/** Returns the reason why a server can't register an address. */
function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || Reflect.get(error, 'status') !== 400) return undefined;
  const reason: unknown = Reflect.get(error, 'said');
  return typeof reason === 'string' ? reason : error.message;
}

async function showRefusal(
  refusal: string,
  analysis: LocationAnalysis | undefined,
  { source: { name } }: BackstageInstance,
): Promise<void> {
  const [proposed] = analysis?.proposed ?? [];
  const show = vscode.l10n.t('Show Proposed Descriptor');
  const answer = await vscode.window.showWarningMessage(
    withoutLinks(vscode.l10n.t("{0} can't register this location: {1}", name, refusal)),
    ...(proposed ? [show] : []),
  );
  if (answer !== show || !proposed) return;
  const { showProposedDescriptor } = await import('./showProposedDescriptor');
  await showProposedDescriptor(proposed);
}

async function showAlreadyRegistered(
  { entityRefs }: LocationRegistration,
  { source: { id, name } }: BackstageInstance,
  { catalog }: InstancesContext,
): Promise<void> {
  const ref = mainRef(entityRefs);
  const [show, refresh] = [vscode.l10n.t('Show Entity'), vscode.l10n.t('Refresh in Backstage')];
  const isKnown = ref !== undefined && catalog.getEntitySources(ref).length > 0;
  const answer = await vscode.window.showInformationMessage(
    withoutLinks(vscode.l10n.t('This location is already registered in {0}.', name)),
    ...(isKnown ? [show, refresh] : []),
  );
  if (answer === show) await vscode.commands.executeCommand('callboard.entity.openPage', ref);
  if (answer === refresh) {
    const argument = { entityRef: ref, sourceId: id };
    await vscode.commands.executeCommand('callboard.instances.refresh', argument);
  }
}

async function showRegisteredEntity(
  text: string,
  { entityRefs }: LocationRegistration,
): Promise<void> {
  const show = vscode.l10n.t('Show Entity');
  const ref = mainRef(entityRefs);
  const answer = await vscode.window.showInformationMessage(
    withoutLinks(text),
    ...(ref === undefined ? [] : [show]),
  );
  if (answer === show) await vscode.commands.executeCommand('callboard.entity.openPage', ref);
}
