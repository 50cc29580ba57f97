import type {
  BackstageInstances,
  InstanceTemplateForm,
  InstanceTemplates,
  LoadedTemplate,
  TemplateInstance,
} from '../../../../api';
import { errorMessage, isRecord, type Logger, messageWithAdvice } from '../../../../base';
import type { JsonValue } from '../../../../model';
import type { Clock } from '../../../../platform/core/ports';

interface InstanceFormsDeps {
  readonly instances: Pick<BackstageInstances, 'getInstance'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
}

/** A Template that runs in Backstage. */
export type ServedTemplate = LoadedTemplate & { readonly instance: TemplateInstance };

export function isServed(template: LoadedTemplate): template is ServedTemplate {
  return template.instance !== undefined;
}

/** Milliseconds to cache a form, which is requested on each key press. */
const FORM_LIFETIME = 5 * 60_000;
/** Milliseconds to use the catalog's copy after the server was unreachable. */
const RETRY_DELAY = 30_000;
/** Milliseconds to cache a refusal. Short, because the user may sign in. */
const REFUSAL_LIFETIME = 5000;
/** Milliseconds to wait for a form. */
const TIMEOUT = 10_000;

interface CachedForm {
  readonly form: InstanceTemplateForm | undefined;
  /** Error of the server. Cached, so that it isn't asked again on each key press. */
  readonly refusal?: Error;
  readonly until: number;
}

/**
 * Forms of a Backstage's Templates, as it shows them to the signed-in user: it may omit pages. If it is
 * unreachable, the catalog's copy is used.
 */
export class InstanceForms {
  readonly #deps: InstanceFormsDeps;
  readonly #forms = new Map<string, Promise<CachedForm>>();

  constructor(deps: InstanceFormsDeps) {
    this.#deps = deps;
  }

  /**
   * The server's version of `spec.parameters`.
   * @throws Error with a message for people if the server refuses
   */
  async parametersOf(template: ServedTemplate): Promise<JsonValue | undefined> {
    const { ref, instance, entity } = template;
    const key = `${instance.id} ${ref}`;
    const known = await this.#forms.get(key)?.catch(() => undefined);
    if (!known || known.until <= this.#deps.clock.now())
      this.#forms.set(key, this.#fetchForm(template));
    const { form, refusal } = (await this.#forms.get(key)) ?? {};
    if (refusal) throw refusal;
    if (form) return [...form.parameters];
    return isRecord(entity['spec']) ? entity['spec']['parameters'] : undefined;
  }

  async #fetchForm({ ref, instance }: ServedTemplate): Promise<CachedForm> {
    const { clock, logger } = this.#deps;
    const signal = AbortSignal.timeout(TIMEOUT);
    try {
      const templates = await templatesOf(instance, this.#deps);
      const form = await templates.getForm(ref, { signal });
      return { form, until: clock.now() + FORM_LIFETIME };
    } catch (error) {
      if (!isUnreachable(error) && !signal.aborted) {
        const refusal = new Error(messageWithAdvice(error), { cause: error });
        return { form: undefined, refusal, until: clock.now() + REFUSAL_LIFETIME };
      }
      logger.warn(`Using the cached form of ${ref}: ${errorMessage(error)}`);
      return { form: undefined, until: clock.now() + RETRY_DELAY };
    }
  }
}

/** Whether a server was unreachable. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof Error && isRecord(error) && error['failure'] === 'unreachable';
}

export interface InstanceRunDeps {
  readonly instances: Pick<BackstageInstances, 'getInstance'>;
}

/**
 * The Templates of an instance.
 * @throws Error if it is no longer a source
 */
export async function templatesOf(
  { id, name }: TemplateInstance,
  { instances }: InstanceRunDeps,
): Promise<InstanceTemplates> {
  const instance = await instances.getInstance(id);
  if (!instance) {
    throw new Error(`${name} is no longer a source of the catalog. Add it again to continue.`);
  }
  return instance.templates;
}
