import { makeStyles } from '@material-ui/core/styles';
import type { CampaignCounts } from 'backstage-plugin-fettle-common';
import { CampaignItemMark } from 'backstage-plugin-fettle-react';
import { ITEM_STATES } from './campaignNumbers';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.25, 1.5),
      margin: 0,
      padding: 0,
      listStyle: 'none',
      fontSize: '0.8125rem',
      fontVariantNumeric: 'tabular-nums',
    },
    one: { display: 'inline-flex', gap: '0.35em', whiteSpace: 'nowrap' },
  }),
  { name: 'FettleCampaignCounts' },
);

/** The numbers behind the bar of a campaign or a wave, each with its state. */
export function CampaignCountsLine({ counts }: { counts: CampaignCounts }) {
  const classes = useStyles();
  return (
    <ul className={classes.root}>
      {ITEM_STATES.filter(state => counts[state] > 0).map(state => (
        <li key={state} className={classes.one}>
          <span>{counts[state].toLocaleString()}</span>
          <CampaignItemMark state={state} />
        </li>
      ))}
    </ul>
  );
}
