import {
  mergeStrategySchema,
  policyScopeSchema,
} from 'backstage-plugin-fettle-common';
import { z } from 'zod';

const MOST_FILES = 100;
const MOST_CHARACTERS = 256 * 1024;

/** In the repository, on no way out of it or into Git's own. */
export const filePathSchema = z
  .string()
  .min(1)
  .max(300)
  .refine(
    path =>
      !/[\\\p{Cc}]/u.test(path) &&
      path
        .split('/')
        .every(
          part =>
            part !== '' &&
            part !== '.' &&
            part !== '..' &&
            part.toLowerCase() !== '.git',
        ),
    'Write a path from the root of the repository, without . and .. in it.',
  );

const cel = z.string().trim().min(1).max(4000);

const fileSchema = z
  .strictObject({
    path: filePathSchema.describe('Where it belongs, from the root'),
    strategy: mergeStrategySchema
      .default('replace')
      .describe('How it is brought in'),
    content: z
      .string()
      .max(MOST_CHARACTERS)
      .optional()
      .describe('What it says'),
    source: filePathSchema
      .optional()
      .describe('The file beside this one that says it'),
    template: z
      .boolean()
      .default(false)
      .describe('Whether it has variables, as <% entity.owner %>'),
    when: cel.optional().describe('CEL over repository, entities and now'),
    executable: z.boolean().default(false),
    lists: z
      .enum(['replace', 'add'])
      .default('replace')
      .describe('How lists in JSON, YAML and TOML are merged'),
  })
  .refine(
    ({ content, source }) => (content === undefined) !== (source === undefined),
    "Give one of 'content' and 'source'.",
  );

const repositorySettingsSchema = z.strictObject({
  protection: z
    .strictObject({
      protected: z.boolean().optional(),
      reviews: z.number().int().min(0).max(6).optional(),
      requiredChecks: z.array(z.string().min(1).max(200)).max(50).optional(),
      forcePushes: z.boolean().optional(),
      deletions: z.boolean().optional(),
    })
    .optional()
    .describe('Of the default branch'),
  deleteBranchOnMerge: z.boolean().optional(),
  issues: z.boolean().optional(),
  wiki: z.boolean().optional(),
  description: z.string().max(350).optional(),
  topics: z.array(z.string().min(1).max(50)).max(20).optional(),
});

/** A standard, as config and files write it. */
export const standardSettingsSchema = z.strictObject({
  title: z.string().trim().min(1).max(200).optional(),
  description: z.string().trim().max(2000).optional(),
  version: z.union([
    z.string().trim().min(1).max(50),
    z.number().transform(String),
  ]),
  scope: policyScopeSchema.partial().strict().optional(),
  parameters: z.record(z.string(), z.unknown()).optional(),
  files: z.array(fileSchema).max(MOST_FILES).default([]),
  settings: repositorySettingsSchema.default({}),
  enabled: z.boolean().default(true),
});

export type StandardSettings = z.output<typeof standardSettingsSchema>;
