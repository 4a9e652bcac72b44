import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { HistoryPoint } from 'backstage-plugin-fettle-common';
import { dayName } from './spans';
import { fettleReactTranslationRef } from './translation';

const useStyles = makeStyles(
  theme => ({
    frame: { maxHeight: 240, overflowY: 'auto' },
    table: {
      borderCollapse: 'collapse',
      fontVariantNumeric: 'tabular-nums',
      fontSize: '0.875rem',
      '& th, & td': {
        textAlign: 'left',
        padding: theme.spacing(0.25, 3, 0.25, 0),
      },
      '& th + th, & td + td': { textAlign: 'right' },
    },
  }),
  { name: 'FettleHistoryTable' },
);

/** The history as a table, newest day first. */
export function HistoryTable(props: { days: readonly HistoryPoint[] }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('chart.date')}</th>
            <th scope="col">{t('chart.score')}</th>
          </tr>
        </thead>
        <tbody>
          {[...props.days].reverse().map(day => (
            <tr key={day.at}>
              <td>{dayName(new Date(day.at))}</td>
              <td>{day.score ?? t('chart.unknown')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
