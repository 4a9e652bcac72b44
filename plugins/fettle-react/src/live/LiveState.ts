/**
 * Whether what a page shows is the newest there is.
 *
 * - `connecting`: loading, or waiting for the first sign of life of the live channel.
 * - `live`: the live channel was heard within 12 s, and the newest known revision is held.
 * - `catching-up`: without a live channel, or behind it; asked every 2 s.
 * - `offline`: requests fail, for `reason`; what is shown is as old as `checkedAt`.
 *
 * @public
 */
export interface LiveState {
  mode: 'connecting' | 'live' | 'catching-up' | 'offline';
  /** Since when it has been in this mode. */
  since: Date;
  /** When the backend last said that what is shown is the newest, or gave it; absent before the first answer. */
  checkedAt?: Date;
  /** Why it is not live, in one sentence. */
  reason?: string;
}
