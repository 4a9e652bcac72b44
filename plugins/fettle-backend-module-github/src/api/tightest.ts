/** What a host's headers said of one of its limits. */
export interface Rate {
  limit: number;
  remaining: number;
  resetAt: Date;
}

/**
 * GitHub counts several limits side by side (`core`, `graphql` and others),
 * and a host has one budget here: that of the limit of which the least share
 * is left. One whose time is over says nothing any more.
 */
export function tightest(rates: Iterable<Rate>, now: Date): Rate | undefined {
  let found: Rate | undefined;
  for (const rate of rates) {
    if (rate.resetAt <= now) continue;
    if (!found || share(rate) < share(found)) found = rate;
  }
  return found;
}

function share({ limit, remaining }: Rate): number {
  return limit > 0 ? remaining / limit : 0;
}
