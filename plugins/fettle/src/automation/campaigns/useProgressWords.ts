import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Campaign } from 'backstage-plugin-fettle-common';
import { fettleTranslationRef } from '../../translation';
import { doneOf } from './campaignNumbers';

/** Says how far a campaign is: with planning, with what it would change, or with changing it. */
export function useProgressWords() {
  const { t } = useTranslationRef(fettleTranslationRef);
  return ({ state, counts }: Pick<Campaign, 'state' | 'counts'>): string => {
    const all = counts.all.toLocaleString();
    const of = (n: number) => ({ done: n.toLocaleString(), all });
    if (state === 'planning') {
      return t('campaign.planned', of(counts.all - counts.planning));
    }
    if (state === 'cancelled') return t('campaign.healedOf', of(counts.healed));
    return state === 'draft'
      ? t('campaign.wouldChange', of(counts.waiting))
      : t('campaign.ofAll', of(doneOf(counts)));
  };
}
