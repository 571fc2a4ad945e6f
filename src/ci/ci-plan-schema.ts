// JSON Schema of what `mvas ci plan --json` prints.
import { platformKeys } from '../core/platform.ts';

const text = { type: 'string' } as const;

/** Describes a {@link CiPlan}. */
export const ciPlanSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://mvas.io/schema/ci-plan.json',
  title: 'What a workflow has to do for a project',
  type: 'object',
  additionalProperties: false,
  required: ['id', 'version', 'kit', 'package', 'matrix'],
  properties: {
    id: text,
    version: text,
    kit: { ...text, description: 'version of the kit' },
    package: { ...text, description: 'file name' },
    matrix: {
      type: 'object',
      additionalProperties: false,
      required: ['include'],
      properties: {
        include: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['platform', 'runner', 'artifact', 'container', 'cuda'],
            properties: { platform: { enum: platformKeys }, runner: text, artifact: text, container: text, cuda: text },
          },
        },
      },
    },
  },
} as const;
