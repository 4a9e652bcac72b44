import type { BackstageCredentials } from '@backstage/backend-plugin-api';
// The registry takes schemas of this version.
import type { AnyZodObject, z } from 'zod/v3';
import type { Route, RouteServices } from '../routes/Route';

export type Zod = typeof z;

/** Who asks, and what the answer is made with. */
export interface Asked {
  credentials: BackstageCredentials;
  services: RouteServices;
}

/** One thing that agents and templates can have done, under the permissions of who asks. */
export interface FettleAction<
  I extends AnyZodObject = AnyZodObject,
  O extends AnyZodObject = AnyZodObject,
> {
  /** Without the id of the plugin. */
  name: string;
  title: string;
  /** For a reader who knows nothing of Fettle. */
  description: string;
  attributes: { readOnly: boolean; destructive: boolean; idempotent: boolean };
  input: (zod: Zod) => I;
  output: (zod: Zod) => O;
  /** A write: it is audited as this route is. */
  audited?: Pick<Route, 'id'>;
  run(input: z.output<I>, asked: Asked): Promise<z.input<O>>;
}

export function defineAction<I extends AnyZodObject, O extends AnyZodObject>(
  action: FettleAction<I, O>,
): FettleAction<I, O> {
  return action;
}

export const READS = { readOnly: true, destructive: false, idempotent: true };
