import { ConfigReader, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import { z } from 'zod';

const PARTS = [
  ...(['years', 'months', 'weeks', 'days'] as const),
  ...(['hours', 'minutes', 'seconds', 'milliseconds'] as const),
];

const part = z.number().min(0).optional();

const humanDurationSchema = z.strictObject(
  Object.fromEntries(PARTS.map(name => [name, part])) as Record<
    (typeof PARTS)[number],
    typeof part
  >,
);

/** A duration as Backstage's config writes it; gives seconds. */
export function durationSchema(bounds: {
  /** Seconds. */
  min: number;
  max: number;
  /** The bounds in words. */
  words: string;
}) {
  const { min, max, words } = bounds;
  return z
    .union([humanDurationSchema, z.string().min(2).max(40)], {
      error: `Not a duration: write one like '{ hours: 1 }', ${words}`,
    })
    .transform((given, context) => {
      const seconds = secondsOf(given);
      if (seconds !== undefined && seconds >= min && seconds <= max) {
        return seconds;
      }
      context.addIssue({
        code: 'custom',
        message: `Not a duration ${words}: write one like '{ hours: 1 }'`,
      });
      return z.NEVER;
    });
}

function secondsOf(
  given: string | z.output<typeof humanDurationSchema>,
): number | undefined {
  try {
    const config = new ConfigReader({ duration: given });
    const duration = readDurationFromConfig(config, { key: 'duration' });
    return durationToMilliseconds(duration) / 1000;
  } catch {
    return undefined;
  }
}
