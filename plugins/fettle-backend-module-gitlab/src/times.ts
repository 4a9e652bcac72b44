const SPACED =
  /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?) (?:UTC|([+-]\d\d):?(\d\d))$/;

/** ISO 8601, UTC, of a time as hosts write it: in ISO, or as `2026-06-01 12:00:00 UTC` or `… +0200`. */
export function timeOf(value: string | null | undefined): string | undefined {
  if (!value) return undefined;
  const [, day, time, hours, minutes] = SPACED.exec(value) ?? [];
  const zone = hours ? `${hours}:${minutes}` : 'Z';
  const parsed = new Date(day ? `${day}T${time}${zone}` : value);
  return Number.isNaN(parsed.getTime()) ? undefined : parsed.toISOString();
}

/**
 * The latest of times, as that by which reports are put in order. Webhooks
 * give whole seconds, cut off: it was so at the latest at their end.
 */
export function latestOf(
  ...values: (string | null | undefined)[]
): string | undefined {
  const times = values.flatMap(value => {
    const time = timeOf(value);
    if (!time) return [];
    const cut = !/\.\d/.test(value ?? '');
    return [cut ? time.replace('.000Z', '.999Z') : time];
  });
  return times.sort().at(-1);
}
