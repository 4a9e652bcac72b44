import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { sourceReadPermission } from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  LiveMark,
  StatePanel,
  useLiveSources,
} from 'backstage-plugin-fettle-react';
import { PipelinesSkeleton } from '../tab/PipelinesSkeleton';
import { fettlePipelinesTranslationRef } from '../translation';
import { DeliveryList } from './DeliveryList';
import { SourceSection } from './SourceSection';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(2), minWidth: 0 },
    head: {
      display: 'flex',
      justifyContent: 'space-between',
      alignItems: 'center',
    },
  }),
  { name: 'FettleSourcesPage' },
);

/** Where runs come from, and how that goes. */
export function SourcesPage() {
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const { value, error, live, retry } = useLiveSources();
  if (!value && error) {
    return (
      <ErrorPanel
        error={error}
        permission={sourceReadPermission.name}
        since={live.since.toISOString()}
        onRetry={retry}
      />
    );
  }
  if (!value) return <PipelinesSkeleton />;
  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <Link to="..">{t('sources.back')}</Link>
        <LiveMark live={live} onRetry={retry} />
      </div>
      {value.items.length === 0 && (
        <StatePanel kind="empty" title={t('sources.none')} />
      )}
      {value.items.map(source => (
        <SourceSection key={source.id} source={source} />
      ))}
      <DeliveryList sources={value.items} revision={value.revision} />
    </div>
  );
}
