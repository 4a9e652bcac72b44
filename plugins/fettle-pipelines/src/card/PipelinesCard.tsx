import { stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  EntityInfoCard,
  useEntity,
  useEntityRefLink,
} from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import {
  repositoryReadPermission,
  type RepositoryPipelines,
} from 'backstage-plugin-fettle-common';
import {
  Age,
  ErrorPanel,
  FettleBody,
  LiveMark,
  RunSparkline,
  RunStateMark,
  Skeleton,
  useEntityRepository,
  useLivePipelines,
  type LiveState,
} from 'backstage-plugin-fettle-react';
import { BranchState } from '../tab/BranchState';
import { fettlePipelinesTranslationRef } from '../translation';

const SHOWN = 3;

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1) },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'space-between',
      alignItems: 'center',
      gap: theme.spacing(0.5, 2),
      minWidth: 0,
    },
    list: {
      margin: 0,
      padding: 0,
      listStyle: 'none',
      display: 'grid',
      gap: theme.spacing(0.75),
    },
    pipeline: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr) auto auto',
      alignItems: 'center',
      gap: theme.spacing(0, 1.5),
    },
    name: {
      display: 'flex',
      gap: '0.5em',
      minWidth: 0,
      '& > :last-child': {
        overflow: 'hidden',
        textOverflow: 'ellipsis',
        whiteSpace: 'nowrap',
      },
    },
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
  }),
  { name: 'FettlePipelinesCard' },
);

/** The default branch's state and the last runs of an entity, for its overview. */
export function PipelinesCard() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const to = `${useEntityRefLink()(entityRef)}/pipelines`;
  const resolved = useEntityRepository(entityRef);
  const found = resolved.entity;
  const pipelines = useLivePipelines(
    found?.repositoryId
      ? { id: found.repositoryId, subpath: found.subpath }
      : undefined,
  );
  const error = pipelines.error ?? resolved.error;
  let content = <Skeleton height={72} />;
  if (pipelines.value) {
    content = (
      <CardContent
        pipelines={pipelines.value}
        live={pipelines.live}
        onRetry={pipelines.retry}
        to={to}
      />
    );
  } else if (error) {
    content = (
      <ErrorPanel
        error={error}
        permission={repositoryReadPermission.name}
        onRetry={found?.repositoryId ? pipelines.retry : resolved.retry}
      />
    );
  } else if (found && found.repositoryId === null) {
    content = (
      <>
        {found.problem?.message ?? t('entity.noneTitle')}{' '}
        <Link to={to}>{t('card.open')}</Link>
      </>
    );
  }
  return (
    <EntityInfoCard title={t('card.title')}>
      <FettleBody>{content}</FettleBody>
    </EntityInfoCard>
  );
}

function CardContent(props: {
  pipelines: RepositoryPipelines;
  live: LiveState;
  onRetry: () => void;
  to: string;
}) {
  const { pipelines, live, onRetry, to } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  // Red ones first: they are what a reader comes for.
  const ordered = [...pipelines.pipelines].sort(
    (a, b) => Number(a.green !== false) - Number(b.green !== false),
  );
  return (
    <div className={classes.root}>
      <div className={classes.line}>
        <BranchState pipelines={pipelines} />
        <LiveMark live={live} onRetry={onRetry} />
      </div>
      <ul className={classes.list}>
        {ordered.slice(0, SHOWN).map(({ id, name, latest, recent }) => (
          <li key={id} className={classes.pipeline}>
            <span className={classes.name}>
              <RunStateMark compact state={latest?.state ?? 'unknown'} />
              <span title={name}>{name}</span>
            </span>
            <RunSparkline runs={recent} width={96} height={24} />
            <Age at={latest?.at ?? null} className={classes.quiet} />
          </li>
        ))}
      </ul>
      <div className={classes.line}>
        <span className={classes.quiet}>
          {ordered.length === 0 && t('card.none')}
          {ordered.length > SHOWN &&
            t('tab.morePipelines', { count: ordered.length - SHOWN })}
        </span>
        <Link to={to}>{t('card.open')}</Link>
      </div>
    </div>
  );
}
