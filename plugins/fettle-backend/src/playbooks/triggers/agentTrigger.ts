import { z } from 'zod';
import type { Trigger } from './Trigger';

/** Starts only when an agent asks for a plan. */
export const agentTrigger: Trigger<Record<string, never>> = {
  id: 'agent',
  title: 'An agent asks for it',
  parameters: z.strictObject({}),
  variable: null,
};
