import type { JsonObject } from '@backstage/types';
import { z } from 'zod';
import type { Known } from './loadPlaybook';
import { playbookFileSchema } from './playbookSettings';

/** The JSON schema of one document of a file of playbooks, with the parameters of the steps and triggers of this portal. */
export function playbookJsonSchema({ steps, triggers }: Known): JsonObject {
  const schema = toJson(playbookFileSchema) as any;
  const { properties } = schema;
  const step = properties.steps.items;
  properties.steps.items = {
    ...step,
    properties: {
      ...step.properties,
      uses: { ...step.properties.uses, enum: [...steps.keys()].sort() },
    },
    allOf: [...steps.values()].map(({ id, parameters, description }) =>
      parametersOf('uses', id, { ...toJson(parameters), description }),
    ),
  };
  const { trigger } = properties;
  properties.trigger = {
    ...trigger,
    properties: {
      ...trigger.properties,
      on: { ...trigger.properties.on, enum: [...triggers.keys()] },
    },
    allOf: [...triggers.values()].map(({ id, parameters, title }) =>
      parametersOf('on', id, { ...toJson(parameters), description: title }),
    ),
  };
  return {
    ...schema,
    title: 'A playbook of Fettle',
  };
}

function parametersOf(key: string, id: string, schema: JsonObject): JsonObject {
  return {
    if: { properties: { [key]: { const: id } } },
    then: { properties: { with: schema } },
  };
}

function toJson(schema: z.ZodType): JsonObject {
  const { $schema, ...json } = z.toJSONSchema(schema, {
    ...{ io: 'input', unrepresentable: 'any' },
    target: 'draft-2020-12',
  }) as JsonObject;
  return json;
}
