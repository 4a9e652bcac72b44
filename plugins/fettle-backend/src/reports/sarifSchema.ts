import { z } from 'zod';

const message = z.object({ text: z.string().optional() }).optional();
const ruleSchema = z.object({
  id: z.string(),
  shortDescription: message,
  fullDescription: message,
  help: message,
  helpUri: z.string().optional(),
  defaultConfiguration: z.object({ level: z.string().optional() }).optional(),
  properties: z
    .object({
      tags: z.array(z.string()).optional(),
      'security-severity': z.coerce.number().optional().catch(undefined),
    })
    .optional(),
});
const resultSchema = z.object({
  ruleId: z.string().optional(),
  ruleIndex: z.number().int().optional(),
  rule: z.object({ id: z.string().optional() }).optional(),
  level: z.string().optional(),
  kind: z.string().optional(),
  baselineState: z.string().optional(),
  message: z.object({ text: z.string().optional() }),
  suppressions: z.array(z.object({ status: z.string().optional() })).optional(),
  partialFingerprints: z.record(z.string(), z.string()).optional(),
  locations: z
    .array(
      z.object({
        physicalLocation: z
          .object({
            artifactLocation: z
              .object({ uri: z.string().optional() })
              .optional(),
            region: z
              .object({
                startLine: z.number().int().positive().optional(),
                snippet: message,
              })
              .optional(),
          })
          .optional(),
      }),
    )
    .optional(),
});
const invocationSchema = z.object({
  executionSuccessful: z.boolean().optional(),
  exitCodeDescription: z.string().optional(),
  processStartFailureMessage: z.string().optional(),
});

/** What is read of a SARIF file. */
export const sarifLogSchema = z.object({
  version: z.literal('2.1.0'),
  runs: z
    .array(
      z.object({
        tool: z.object({
          driver: z.object({
            name: z.string().min(1),
            rules: z.array(ruleSchema).optional(),
          }),
        }),
        automationDetails: z.object({ id: z.string().optional() }).optional(),
        invocations: z.array(invocationSchema).optional(),
        // Null or left out: there was no scan, which is not that nothing was found.
        results: z.array(resultSchema).nullable().optional(),
      }),
    )
    .min(1),
});

export type SarifRun = z.output<typeof sarifLogSchema>['runs'][number];
export type SarifRule = z.output<typeof ruleSchema>;
export type SarifResult = z.output<typeof resultSchema>;
