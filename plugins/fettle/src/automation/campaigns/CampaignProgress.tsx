import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { alpha, makeStyles } from '@material-ui/core/styles';
import type { CampaignCounts } from 'backstage-plugin-fettle-common';
import {
  fettleReactTranslationRef,
  hatching,
  tones,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../../translation';
import { ITEM_STATES } from './campaignNumbers';

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    return {
      root: {
        display: 'flex',
        gap: 1,
        height: 10,
        borderRadius: 5,
        overflow: 'hidden',
        background: alpha(theme.palette.text.primary, 0.1),
      },
      part: { minWidth: 3 },
      healed: { background: tone.good },
      open: { background: tone.accent },
      running: { background: alpha(tone.accent, 0.55) },
      blocked: { background: tone.warn },
      failed: { background: tone.bad },
      impossible: {
        background: `repeating-linear-gradient(45deg, ${
          tone.bad
        } 0 2px, ${alpha(tone.bad, 0.3)} 2px 5px)`,
      },
      cancelled: { background: hatching(theme) },
      nothing: { background: alpha(theme.palette.text.primary, 0.35) },
      waiting: {},
      planning: {},
    };
  },
  { name: 'FettleCampaignProgress' },
);

/** How far the repositories of a campaign, or of a wave, are. */
export function CampaignProgress({ counts }: { counts: CampaignCounts }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const { t: shared } = useTranslationRef(fettleReactTranslationRef);
  const parts = ITEM_STATES.filter(state => counts[state] > 0);
  const words = parts.map(
    state => `${counts[state]} ${shared(`automation.itemState.${state}`)}`,
  );
  return (
    <div
      className={classes.root}
      role="img"
      aria-label={`${t('campaign.progress')}: ${words.join(', ')}`}
      title={words.join(', ')}
    >
      {parts.map(state => (
        <span
          key={state}
          className={`${classes.part} ${classes[state]}`}
          style={{ flex: `${counts[state]} 1 0` }}
        />
      ))}
    </div>
  );
}
