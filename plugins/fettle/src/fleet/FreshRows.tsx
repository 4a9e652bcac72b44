import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { tones, TextButton } from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    // Over the column heads, so that no row moves.
    root: {
      position: 'absolute',
      zIndex: 2,
      top: 2,
      left: '50%',
      transform: 'translateX(-50%)',
      maxWidth: '100%',
    },
    line: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1.5),
      height: 30,
      padding: theme.spacing(0, 0.5, 0, 1.5),
      whiteSpace: 'nowrap',
      border: `1px solid ${tones(theme).accent}`,
      borderRadius: 15,
      background: theme.palette.background.paper,
      fontSize: '0.875rem',
    },
  }),
  { name: 'FettleFreshRows' },
);

/** Says that rows are new or belong elsewhere, without pushing what is read. */
export function FreshRows(props: {
  fresh: number;
  /** A row may belong elsewhere by now. */
  moved: boolean;
  onShow: () => void;
}) {
  const { fresh, moved, onShow } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  return (
    <div role="status" className={classes.root}>
      {(fresh > 0 || moved) && (
        <div className={classes.line}>
          {fresh > 0 ? t('fleet.fresh', { count: fresh }) : t('fleet.moved')}
          <TextButton color="primary" onClick={onShow}>
            {t('fleet.showFresh')}
          </TextButton>
        </div>
      )}
    </div>
  );
}
