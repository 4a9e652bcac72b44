import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { fettleTranslationRef } from '../../translation';

/** As the API names repositories that it was never applied to. */
const NEVER = 'none';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0, 1.5),
      fontSize: '0.8125rem',
      fontVariantNumeric: 'tabular-nums',
      color: theme.palette.text.secondary,
    },
    one: { whiteSpace: 'nowrap' },
    current: { color: theme.palette.text.primary, fontWeight: 600 },
  }),
  { name: 'FettleStandardVersions' },
);

/** How many repositories had which version applied; the most first, never last. */
export function StandardVersions(props: {
  versions: Readonly<Record<string, number>>;
  current: string;
}) {
  const { versions, current } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const order = Object.entries(versions).sort(
    ([a, n], [b, m]) => Number(a === NEVER) - Number(b === NEVER) || m - n,
  );
  if (order.length === 0) return null;
  return (
    <div className={classes.root}>
      <span>{t('standard.byVersion')}</span>
      {order.map(([version, count]) => (
        <span
          key={version}
          className={`${classes.one} ${
            version === current ? classes.current : ''
          }`}
        >
          {version === NEVER ? t('standard.never') : version}
          {version === current && ` (${t('standard.current')})`}:{' '}
          {count.toLocaleString()}
        </span>
      ))}
    </div>
  );
}
