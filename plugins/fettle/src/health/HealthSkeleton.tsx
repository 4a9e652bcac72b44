import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { Skeleton, VisuallyHidden } from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(2) },
    columns: {
      display: 'grid',
      gap: theme.spacing(2),
      [theme.breakpoints.up(1200)]: {
        gridTemplateColumns: 'minmax(0, 1.75fr) minmax(320px, 1fr)',
      },
    },
  }),
  { name: 'FettleHealthSkeleton' },
);

/** The layout of the Health view before anything is known. */
export function HealthSkeleton() {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  return (
    <div className={classes.root} role="status">
      <VisuallyHidden>{t('health.loading')}</VisuallyHidden>
      <Skeleton height={118} />
      <div className={classes.columns}>
        <div>
          <Skeleton height={240} />
          <Skeleton height={320} margin={16} />
        </div>
        <div>
          <Skeleton height={260} />
          <Skeleton height={180} margin={16} />
        </div>
      </div>
    </div>
  );
}
