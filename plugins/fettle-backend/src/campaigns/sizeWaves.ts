import type { CampaignRequest } from 'backstage-plugin-fettle-common';

/**
 * How many repositories each wave takes of so many: a part of all is rounded
 * up, the last wave takes all that is left, and what would be empty is left out.
 */
export function sizeWaves(
  waves: CampaignRequest['waves'],
  repositories: number,
): number[] {
  const sizes: number[] = [];
  let left = repositories;
  for (const [i, wave] of waves.entries()) {
    const wanted =
      'share' in wave
        ? Math.ceil(wave.share * repositories)
        : wave.repositories;
    const size = i === waves.length - 1 ? left : Math.min(wanted, left);
    if (size > 0) sizes.push(size);
    left -= size;
  }
  return sizes;
}
