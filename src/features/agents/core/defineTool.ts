import * as z from 'zod/mini';
import type { JsonObject } from '../../../model';
import { truncate, escapeInvisible } from './fields';
import { type AgentAnswer, type AgentServices, type AgentTool, RefusalError } from './types';

/** Maximum length of a refusal, in characters. */
const MAX_REFUSAL = 4000;

interface ToolDefinition<I, O> {
  readonly name: string;
  /** Schema of an object. Error messages of its fields complete a sentence that begins with the field's name. */
  readonly input: z.ZodMiniType<I> & { readonly shape: object };
  /** @throws RefusalError, AbortError */
  readonly run: (input: I, services: AgentServices, signal: AbortSignal) => O | Promise<O>;
  /** Lines of plain text for the output. */
  readonly format: (output: O, input: I) => readonly string[];
}

/** Creates a tool that validates its input. `toolDescriptions` has its description and output schema. */
export function defineTool<I, O extends object>({
  name,
  input,
  run,
  format,
}: ToolDefinition<I, O>): AgentTool {
  return {
    name,
    input,
    async run(written, services, signal): Promise<AgentAnswer> {
      const read = input.safeParse(written ?? {});
      if (!read.success) {
        return { type: 'refusal', text: inputErrors(read.error.issues, input) };
      }
      try {
        signal.throwIfAborted();
        await services.update(signal);
        const answer = await run(read.data, services, signal);
        signal.throwIfAborted();
        // Drops undefined values, which JSON doesn't have.
        const value = JSON.parse(JSON.stringify(answer)) as JsonObject;
        return { type: 'answer', value, text: format(answer, read.data).join('\n') };
      } catch (error) {
        if (error instanceof RefusalError) {
          return { type: 'refusal', text: truncate(escapeInvisible(error.message), MAX_REFUSAL) };
        }
        throw error;
      }
    },
  };
}

function inputErrors(
  issues: readonly z.core.$ZodIssue[],
  { shape }: { readonly shape: object },
): string {
  const known = Object.keys(shape).join(', ');
  const sentences = issues.map(issue => {
    if (issue.code === 'unrecognized_keys') {
      return `Unknown field ${issue.keys.map(key => `"${key}"`).join(', ')}. Available: ${known}`;
    }
    const field = issue.path.join('.');
    return field ? `"${field}" ${issue.message}` : `The input must be an object with: ${known}`;
  });
  return `${sentences.join('. ')}.`;
}

/** JSON Schema of an object. */
export type ObjectSchema = JsonObject & { readonly type: 'object' };

export interface DescribedTool {
  readonly title: string;
  readonly description: string;
  readonly inputSchema: ObjectSchema;
  readonly outputSchema: ObjectSchema;
}

/** Returns the description and the schemas of a tool. */
export async function describeTool({ name, input }: AgentTool): Promise<DescribedTool> {
  const { toolDescriptions } = await import('./toolDescriptions');
  const described = toolDescriptions.get(name);
  if (!described) throw new Error(`Tool ${name} has no description`);
  const { title, description, output } = described;
  return {
    title,
    description,
    inputSchema: schemaOf(input, 'input'),
    outputSchema: schemaOf(output, 'output'),
  };
}

function schemaOf(schema: z.ZodMiniType, io: 'input' | 'output'): ObjectSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io });
  return json as unknown as ObjectSchema;
}
