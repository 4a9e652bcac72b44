import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { VisuallyHidden } from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';
import type { runColumnsFor } from './runColumns';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(0, 1.5),
      alignItems: 'center',
      height: 34,
      padding: theme.spacing(0, 2),
      borderBottom: `1px solid ${theme.palette.divider}`,
      fontSize: '0.75rem',
      color: theme.palette.text.secondary,
    },
    right: { textAlign: 'right' },
  }),
  { name: 'FettleRunListHead' },
);

/** The column heads; a single column only says its own. */
export function RunListHead(props: {
  columns: ReturnType<typeof runColumnsFor>;
}) {
  const { columns } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const single = columns.length === 1;
  const row = (
    <div
      role="row"
      className={single ? undefined : classes.root}
      style={{ gridTemplateColumns: columns.map(c => c.track).join(' ') }}
    >
      {columns.map(({ id, right }) => (
        <span
          key={id}
          role="columnheader"
          className={right ? classes.right : undefined}
        >
          {id === 'actions' ? (
            <VisuallyHidden>{t('table.actions')}</VisuallyHidden>
          ) : (
            t(`table.${id}`)
          )}
        </span>
      ))}
    </div>
  );
  return (
    <div role="rowgroup">
      {single ? <VisuallyHidden>{row}</VisuallyHidden> : row}
    </div>
  );
}
