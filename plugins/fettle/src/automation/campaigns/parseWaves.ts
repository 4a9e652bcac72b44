import type { CampaignRequest } from 'backstage-plugin-fettle-common';

const MOST = 20;

/** Waves as a person writes them, such as `1, 5 %, 25 %, 100 %`; undefined where they make no sense. */
export function parseWaves(text: string): CampaignRequest['waves'] | undefined {
  const parts = text
    .split(',')
    .map(part => part.trim())
    .filter(Boolean);
  const waves = parts.flatMap((part): CampaignRequest['waves'] => {
    const [, number, percent] = /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(part) ?? [];
    const value = Number(number);
    if (number === undefined || value <= 0) return [];
    if (percent) return value <= 100 ? [{ share: value / 100 }] : [];
    return Number.isInteger(value) ? [{ repositories: value }] : [];
  });
  const right = waves.length === parts.length && waves.length <= MOST;
  return right && waves.length > 0 ? waves : undefined;
}
