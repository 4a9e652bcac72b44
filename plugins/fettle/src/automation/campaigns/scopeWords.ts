import type { PolicyScope } from 'backstage-plugin-fettle-common';

/** A scope in one line; undefined where it leaves nothing out. */
export function scopeWords(scope: PolicyScope): string | undefined {
  const { owners, systems, repositories, when } = scope;
  const parts = [
    repositories.join(', '),
    owners.join(', '),
    systems.join(', '),
    when ?? '',
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(' · ') : undefined;
}
