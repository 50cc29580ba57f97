import * as z from 'zod/mini';
import type { JsonObject } from '../../../model';
import type { AgentTool } from './types';

/** A schema of an object, as JSON Schema has it. */
export type ObjectSchema = JsonObject & { readonly type: 'object' };

export interface DescribedTool {
  readonly title: string;
  readonly description: string;
  readonly inputSchema: ObjectSchema;
  readonly outputSchema: ObjectSchema;
}

/** Describes a tool to an agent: what it is for, what it takes and what it gives. */
export async function describeTool({ name, input }: AgentTool): Promise<DescribedTool> {
  const { toolDescriptions } = await import('./toolDescriptions');
  const described = toolDescriptions.get(name);
  if (!described) throw new Error(`The tool ${name} has no description`);
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
