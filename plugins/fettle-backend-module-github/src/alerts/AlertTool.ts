import type { FindingReport } from 'backstage-plugin-fettle-node';
import type { z } from 'zod';

/** What every alert has. */
export interface Alert {
  /** Anything but `open` was closed by a person, or by a rule of one. */
  state: string;
}

/** One tool of GitHub that raises alerts. */
export interface AlertTool {
  /** As GitHub calls it. */
  tool: string;
  route: string;
  /** One list each: open alerts, and those that a person closed while the problem is there still. */
  lists: readonly Record<string, unknown>[];
  /** Of one alert. Drops what must not be kept. */
  schema: z.ZodType<Alert>;
  toFinding(alert: Alert): FindingReport;
}

/** Keeps the type of alerts within the definition of a tool. */
export function defineAlertTool<S extends z.ZodType<Alert>>(
  tool: Omit<AlertTool, 'schema' | 'toFinding'> & {
    schema: S;
    toFinding(alert: z.output<S>): FindingReport;
  },
): AlertTool {
  return tool as unknown as AlertTool;
}
