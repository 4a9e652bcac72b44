import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  AutomationDrawerProvider,
  fettleSecurityApiRef,
} from 'backstage-plugin-fettle-react';
import { FindingList } from '../findings/FindingList';
import { ExportButtons } from '../findings/ExportButtons';
import { SearchField } from '../findings/SearchField';
import { useFindingFilters } from '../findings/useFindingFilters';
import { fettleSecurityTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1.5) },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
    },
  }),
  { name: 'FettleFindingsPage' },
);

/** Findings of the whole fleet: is anyone exposed to this advisory? */
export function FindingsPage() {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const api = useApi(fettleSecurityApiRef);
  const { filters, change } = useFindingFilters();
  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <Link to="..">{t('page.title')}</Link>
        <ExportButtons
          files={{ csv: 'findings.csv', sarif: 'findings.sarif' }}
          read={format => api.exportFindings({ ...filters, format })}
        />
      </div>
      <AutomationDrawerProvider>
        <FindingList
          title={t('lookup.title')}
          lookup={
            <SearchField
              label={t('lookup.rule')}
              value={filters.rule ?? ''}
              onChange={rule => change({ rule })}
            />
          }
        />
      </AutomationDrawerProvider>
    </div>
  );
}
