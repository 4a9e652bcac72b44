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
import { FeedSection } from './FeedSection';
import { SourceSection } from './SourceSection';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(2),
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0.5, 1),
    },
    title: {
      flex: 1,
      margin: 0,
      fontSize: '1rem',
      fontWeight: 600,
      whiteSpace: 'nowrap',
    },
    separator: { color: theme.palette.text.secondary },
  }),
  { name: 'FettleSourcesPage' },
);

/** Where runs come from, and how that goes. */
export function SourcesPage() {
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const { value, error, live, retry } = useLiveSources();
  const loading = !value && !error;
  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <Link to="..">{t('sources.back')}</Link>
        <span className={classes.separator} aria-hidden="true">
          /
        </span>
        <h2 className={classes.title}>{t('sources.title')}</h2>
        {value && <LiveMark live={live} onRetry={retry} />}
      </div>
      {loading && <PipelinesSkeleton />}
      {!value && error && (
        <ErrorPanel
          error={error}
          permission={sourceReadPermission.name}
          since={live.since.toISOString()}
          onRetry={retry}
        />
      )}
      {value?.items.length === 0 && (
        <StatePanel
          kind="empty"
          title={t('sources.none')}
          action={t('sources.noneHow')}
        />
      )}
      {value?.items.map(source => (
        <SourceSection key={source.id} source={source} />
      ))}
      {value && value.feeds.length > 0 && <FeedSection feeds={value.feeds} />}
      {value && (
        <DeliveryList sources={value.items} revision={value.revision} />
      )}
    </div>
  );
}
