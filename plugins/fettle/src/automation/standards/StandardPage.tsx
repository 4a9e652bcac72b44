import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { playbookReadPermission } from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  useKept,
  useLiveStandard,
} from 'backstage-plugin-fettle-react';
import { useParams } from 'react-router-dom';
import { fettleTranslationRef } from '../../translation';
import { AutomationSkeleton } from '../AutomationSkeleton';
import { DriftList } from './DriftList';
import { StandardHeader } from './StandardHeader';
import { useDriftFilters } from './useDriftFilters';

const PAGE = 50;

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(1.5),
    },
  }),
  { name: 'FettleStandardPage' },
);

/** One standard: what it asks for, and how each repository stands against it. */
export function StandardPage() {
  const { id } = useParams();
  return <Known key={id} id={id!} />;
}

function Known({ id }: { id: string }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const filters = useDriftFilters();
  const { value, error, live, retry } = useLiveStandard(id, {
    ...{ ...filters.query, limit: PAGE },
  });
  const shown = useKept(value);
  return (
    <div className={classes.root}>
      <div>
        <Link to="../standards">{t('standard.back')}</Link>
      </div>
      {!shown && error && (
        <ErrorPanel
          error={error}
          permission={playbookReadPermission.name}
          since={live.since.toISOString()}
          onRetry={retry}
        />
      )}
      {!shown && !error && <AutomationSkeleton />}
      {shown && (
        <>
          <StandardHeader page={shown} live={live} onRetry={retry} />
          <DriftList page={shown} filters={filters} busy={!value} />
        </>
      )}
    </div>
  );
}
