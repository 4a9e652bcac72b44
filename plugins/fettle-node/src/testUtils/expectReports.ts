import { runStateSchema } from 'backstage-plugin-fettle-common';
import { z } from 'zod';
import type { DeliveryReading } from '../contracts/DeliverySource';
import type { RunReport } from '../contracts/reports';

const time = z.iso.datetime({ offset: true }).optional();
const text = (most: number) => z.string().min(1).max(most).optional();
const webUrl = z
  .string()
  .max(2000)
  .regex(/^https?:\/\//)
  .optional();
const repository = z.strictObject({
  remote: z
    .string()
    .min(1)
    .max(2000)
    .regex(/^(?!.*(\.git|\/)$)[a-z][a-z0-9+.-]*:\/\/(?![^/]*:[^/]*@)/),
  key: text(200),
});
const progress = {
  state: runStateSchema,
  hostState: text(100),
  startedAt: time,
  finishedAt: time,
};

const job = z.strictObject({
  ...progress,
  id: z.string().min(1).max(200),
  name: z.string().min(1).max(300),
  at: time,
  queuedAt: time,
  runner: text(300),
  webUrl,
  steps: z
    .array(
      z.strictObject({
        ...progress,
        number: z.number().int(),
        name: z.string().min(1).max(300),
      }),
    )
    .max(200)
    .optional(),
  hasLog: z.boolean().optional(),
});

const run = z.strictObject({
  ...progress,
  state: runStateSchema.optional(),
  repository,
  pipeline: z.strictObject({ id: z.string().min(1).max(300), name: text(300) }),
  runId: z.string().min(1).max(200),
  attempt: z.number().int().min(1).optional(),
  at: time,
  mayReopen: z.boolean().optional(),
  number: text(100),
  title: text(500),
  branch: text(300),
  commit: z
    .string()
    .regex(/^[0-9a-f]{7,64}$/)
    .optional(),
  before: z
    .string()
    .regex(/^[0-9a-f]{7,64}$/)
    .optional(),
  commitSubject: text(200),
  committedAt: time,
  actor: text(300),
  event: text(100),
  queuedAt: time,
  webUrl,
  jobs: z.array(job).optional(),
  allJobs: z.boolean().optional(),
});

const deployment = z.strictObject({
  repository,
  id: z.string().min(1).max(200),
  environment: z.string().min(1).max(300),
  production: z.boolean().optional(),
  at: time,
  state: z.enum(['pending', 'running', 'succeeded', 'failed', 'rolled-back']),
  commit: run.shape.commit,
  committedAt: time,
  createdAt: time,
  finishedAt: time,
  webUrl,
});

const reading = z.strictObject({
  runs: z.array(run).optional(),
  deployments: z.array(deployment).optional(),
  repositories: z.array(repository.shape.remote).optional(),
  moved: z
    .strictObject({
      from: repository.shape.remote,
      to: repository.shape.remote,
    })
    .optional(),
  ignored: text(500),
});

/** That reports have the form that the contract gives them. */
export function expectReports(value: DeliveryReading): void {
  const parsed = reading.safeParse(dropUndefined(value));
  expect(parsed.error ? z.prettifyError(parsed.error) : '').toBe('');
}

/** The same for one report. */
export function expectRunReport(value: RunReport): void {
  expectReports({ runs: [value] });
}

function dropUndefined(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
