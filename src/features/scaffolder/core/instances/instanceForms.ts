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

/** A Template that runs on a Backstage. */
export type ServedTemplate = LoadedTemplate & { readonly instance: TemplateInstance };

export function isServed(template: LoadedTemplate): template is ServedTemplate {
  return template.instance !== undefined;
}

/** Milliseconds for which a form is taken for what it was: each letter that is filled in asks for it. */
const FRESH = 5 * 60_000;
/** As long as a server could not be asked. */
const RETRY = 30_000;
/** And of what was refused: who is to be let in by now may have been. */
const REFUSED = 5000;
/** Milliseconds for which somebody waits for a form. */
const PATIENCE = 10_000;

/** Undefined where the copy in the catalog stands for it. */
interface KeptForm {
  readonly form: InstanceTemplateForm | undefined;
  /** Why the server shows none; it is not asked again with each letter that is typed. */
  readonly refusal?: Error;
  readonly until: number;
}

/**
 * The forms of Templates of a Backstage, as it shows them to whoever is let in: pages may be left out of them. Where it
 * cannot be reached, that of the copy in the catalog: to fill it in, nobody is needed.
 */
export class InstanceForms {
  readonly #deps: InstanceFormsDeps;
  readonly #forms = new Map<string, Promise<KeptForm>>();

  constructor(deps: InstanceFormsDeps) {
    this.#deps = deps;
  }

  /**
   * What stands in the place of `spec.parameters`.
   *
   * @throws an Error for people, where the server says no
   */
  async parametersOf(template: ServedTemplate): Promise<JsonValue | undefined> {
    const { ref, instance, entity } = template;
    const key = `${instance.id} ${ref}`;
    const known = await this.#forms.get(key)?.catch(() => undefined);
    if (!known || known.until <= this.#deps.clock.now()) this.#forms.set(key, this.#ask(template));
    const { form, refusal } = (await this.#forms.get(key)) ?? {};
    if (refusal) throw refusal;
    if (form) return [...form.parameters];
    return isRecord(entity['spec']) ? entity['spec']['parameters'] : undefined;
  }

  async #ask({ ref, instance }: ServedTemplate): Promise<KeptForm> {
    const { clock, logger } = this.#deps;
    const signal = AbortSignal.timeout(PATIENCE);
    try {
      const templates = await templatesOf(instance, this.#deps);
      const form = await templates.getForm(ref, { signal });
      return { form, until: clock.now() + FRESH };
    } catch (error) {
      if (!isAway(error) && !signal.aborted) {
        const refusal = new Error(messageWithAdvice(error), { cause: error });
        return { form: undefined, refusal, until: clock.now() + REFUSED };
      }
      logger.warn(`The form of ${ref} is that of the copy: ${errorMessage(error)}`);
      return { form: undefined, until: clock.now() + RETRY };
    }
  }
}

/** Whether a server could not be asked, or did not answer. */
export function isAway(error: unknown): boolean {
  return error instanceof Error && isRecord(error) && error['failure'] === 'unreachable';
}

export interface InstanceRunDeps {
  readonly instances: Pick<BackstageInstances, 'getInstance'>;
}

/**
 * The Templates of an instance.
 *
 * @throws an Error where it is a source no more
 */
export async function templatesOf(
  { id, name }: TemplateInstance,
  { instances }: InstanceRunDeps,
): Promise<InstanceTemplates> {
  const instance = await instances.getInstance(id);
  if (!instance) {
    throw new Error(`${name} is no source of the catalog any more. Add it again to ask it.`);
  }
  return instance.templates;
}
