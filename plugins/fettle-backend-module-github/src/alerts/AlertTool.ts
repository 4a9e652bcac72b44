import type { FindingReport } from 'backstage-plugin-fettle-node';
import type { z } from 'zod';

/** One tool of GitHub that raises alerts. */
export interface AlertTool {
  /** As GitHub calls it. */
  tool: string;
  route: string;
  /** Those that ask for open alerts. */
  parameters: Record<string, unknown>;
  /** Of one alert. Drops what must not be kept. */
  schema: z.ZodType;
  toFinding(alert: unknown): FindingReport;
}

/** Keeps the type of alerts within the definition of a tool. */
export function defineAlertTool<S extends z.ZodType>(
  tool: Omit<AlertTool, 'schema' | 'toFinding'> & {
    schema: S;
    toFinding(alert: z.output<S>): FindingReport;
  },
): AlertTool {
  return tool as unknown as AlertTool;
}
