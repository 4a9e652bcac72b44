import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { repositoryReadPermission } from 'backstage-plugin-fettle-common';
import { ErrorPanel, useLiveRepository } from 'backstage-plugin-fettle-react';
import { useParams, useSearchParams } from 'react-router-dom';
import { HealthSkeleton } from '../health/HealthSkeleton';
import { HealthView } from '../health/HealthView';
import { fettleTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1.5) },
    trail: {
      display: 'flex',
      alignItems: 'baseline',
      gap: theme.spacing(1),
      fontSize: '0.875rem',
    },
    name: { margin: 0, fontSize: '1.125rem', overflowWrap: 'anywhere' },
  }),
  { name: 'FettleRepositoryContent' },
);

/** The health of a repository, whether an entity stands for it or not. */
export function RepositoryContent() {
  const { id = '' } = useParams();
  const [params] = useSearchParams();
  const subpath = params.get('subpath') ?? '';
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const { value, error, live, reload, retry } = useLiveRepository({
    id,
    subpath,
  });
  let content = <HealthSkeleton />;
  if (value) {
    content = (
      <HealthView
        repository={value}
        live={live}
        reload={reload}
        retry={retry}
      />
    );
  } else if (error) {
    content = (
      <ErrorPanel
        error={error}
        permission={repositoryReadPermission.name}
        since={live.since.toISOString()}
        onRetry={retry}
      />
    );
  }
  return (
    <div className={classes.root}>
      <div className={classes.trail}>
        <Link to="../..">{t('repository.back')}</Link>
        <span aria-hidden="true">/</span>
        <h1 className={classes.name}>{value?.name ?? t('repository.title')}</h1>
      </div>
      {content}
    </div>
  );
}
