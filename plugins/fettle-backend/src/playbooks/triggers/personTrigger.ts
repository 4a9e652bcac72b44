import { z } from 'zod';
import type { Trigger } from './Trigger';

/** Starts only when a person asks for a plan, or a campaign does. */
export const personTrigger: Trigger<Record<string, never>> = {
  id: 'person',
  title: 'A person asks for it',
  parameters: z.strictObject({}),
  variable: null,
};
