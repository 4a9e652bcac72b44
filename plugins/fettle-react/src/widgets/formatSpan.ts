/**
 * A span of time to the second, for example `41s`, `4m 12s`, `1h 03m`, `2d 4h`.
 * A span is never shown as more than it is, and never as less than nothing:
 * clocks of hosts and portals differ.
 *
 * @public
 */
export function formatSpan(ms: number): string {
  if (ms > 0 && ms < 1000) return '<1s';
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m ${two(seconds % 60)}s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours}h ${two(minutes % 60)}m`;
  return `${Math.floor(hours / 24)}d ${hours % 24}h`;
}
