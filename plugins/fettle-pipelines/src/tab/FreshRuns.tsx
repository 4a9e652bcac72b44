import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Run } from 'backstage-plugin-fettle-common';
import { TextButton, tones } from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    // Stays in view and takes no room, so that no row moves.
    root: {
      position: 'sticky',
      top: theme.spacing(1),
      height: 0,
      zIndex: 3,
      display: 'flex',
      justifyContent: 'center',
    },
    line: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      height: 32,
      marginTop: -1,
      padding: theme.spacing(0, 0.5, 0, 1.5),
      whiteSpace: 'nowrap',
      border: `1px solid ${tones(theme).accent}`,
      borderRadius: 16,
      background: theme.palette.background.paper,
      boxShadow: theme.shadows[2],
    },
  }),
  { name: 'FettleFreshRuns' },
);

/** Says above that there are newer runs, without pushing what is read. */
export function FreshRuns(props: {
  fresh: readonly Run[];
  onShow: () => void;
}) {
  const { fresh, onShow } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  return (
    <div role="status" className={classes.root}>
      {fresh.length > 0 && (
        <div className={classes.line}>
          {t('table.fresh', { count: fresh.length })}
          <TextButton color="primary" onClick={onShow}>
            {t('table.showFresh')}
          </TextButton>
        </div>
      )}
    </div>
  );
}
