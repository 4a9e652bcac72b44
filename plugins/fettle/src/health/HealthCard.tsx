import { stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  EntityInfoCard,
  useEntity,
  useEntityRefLink,
} from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { repositoryReadPermission } from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  FettleBody,
  Freshness,
  LiveMark,
  ScoreBadge,
  Skeleton,
  StateMark,
  StatusIcon,
  useLiveEntity,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';
import { toFixFirst } from './toFixFirst';

const SHOWN = 3;

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1), fontSize: '0.875rem' },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'space-between',
      alignItems: 'center',
      gap: theme.spacing(0.5, 2),
    },
    list: { margin: 0, padding: 0, listStyle: 'none' },
  }),
  { name: 'FettleHealthCard' },
);

/** The score of an entity and what to fix first, for its overview. */
export function HealthCard() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const entityLink = useEntityRefLink();
  const result = useLiveEntity(entityRef);
  const { value, error, live, retry } = result;
  let content = <Skeleton height={72} />;
  if (value) {
    content = (
      <div className={classes.root}>
        <div className={classes.line}>
          <ScoreBadge
            score={value.score}
            level={value.level}
            upTo={value.upTo}
            trend={value.trend}
            dimmed={value.state === 'failing' || value.state === 'stale'}
          />
          {value.state === 'ready' ? (
            <LiveMark live={live} onRetry={retry} />
          ) : (
            <StateMark state={value.state} />
          )}
        </div>
        <ul className={classes.list}>
          {toFixFirst(value.verdicts)
            .slice(0, SHOWN)
            .map(({ check, status }) => (
              <li key={check.id}>
                <StatusIcon status={status} /> {check.title}
              </li>
            ))}
        </ul>
        <div className={classes.line}>
          <Freshness repository={value} />
          <Link to={`${entityLink(entityRef)}/health`}>{t('card.open')}</Link>
        </div>
      </div>
    );
  } else if (error) {
    content = (
      <ErrorPanel
        error={error}
        permission={repositoryReadPermission.name}
        onRetry={retry}
      />
    );
  } else if (result.entity && result.entity.repositoryId === null) {
    content = (
      <div className={classes.root}>
        <span>{result.entity.problem?.message ?? t('entity.noneTitle')}</span>
        <Link to={`${entityLink(entityRef)}/health`}>{t('card.open')}</Link>
      </div>
    );
  }
  return (
    <EntityInfoCard title={t('card.title')}>
      <FettleBody>{content}</FettleBody>
    </EntityInfoCard>
  );
}
