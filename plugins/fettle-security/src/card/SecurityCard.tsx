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
  findingReadPermission,
  type RepositorySecurity,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  FettleBody,
  LiveMark,
  Skeleton,
  useEntityRepository,
  useLiveSecurity,
  type LiveState,
} from 'backstage-plugin-fettle-react';
import { FindingWhat } from '../findings/FindingWhat';
import { SeverityCounts } from '../SeverityCounts';
import { fettleSecurityTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1) },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'space-between',
      alignItems: 'center',
      gap: theme.spacing(0.5, 2),
    },
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
  }),
  { name: 'FettleSecurityCard' },
);

/** How an entity stands and what to fix first, for its overview. */
export function SecurityCard() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const to = `${useEntityRefLink()(entityRef)}/security`;
  const resolved = useEntityRepository(entityRef);
  const found = resolved.entity;
  const security = useLiveSecurity(
    found?.repositoryId
      ? { id: found.repositoryId, subpath: found.subpath }
      : undefined,
  );
  const error = security.error ?? resolved.error;
  const { value } = security;
  return (
    <EntityInfoCard title={t('card.title')}>
      <FettleBody>
        {!value && error && (
          <ErrorPanel error={error} permission={findingReadPermission.name} />
        )}
        {!value && !error && found?.repositoryId !== null && (
          <Skeleton height={64} />
        )}
        {found?.repositoryId === null && (
          <span>{found.problem?.message ?? t('entity.noneTitle')}</span>
        )}
        {value && (
          <CardBody
            security={value}
            live={security.live}
            onRetry={security.retry}
            to={to}
          />
        )}
      </FettleBody>
    </EntityInfoCard>
  );
}

function CardBody(props: {
  security: RepositorySecurity;
  live: LiveState;
  onRetry: () => void;
  to: string;
}) {
  const { security, live, onRetry, to } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const [first] = security.fixFirst;
  const scanned = security.scans.some(({ commit }) => commit !== null);
  return (
    <div className={classes.root}>
      <div className={classes.line}>
        {scanned ? (
          <SeverityCounts open={security.open} />
        ) : (
          <span className={classes.quiet}>{t('header.notScanned')}</span>
        )}
        <LiveMark live={live} onRetry={onRetry} />
      </div>
      {first && (
        <div>
          <span className={classes.quiet}>{t('card.fixFirst')}</span>
          <FindingWhat finding={first} />
        </div>
      )}
      <div className={classes.line}>
        <Link to={to}>{t('card.open')}</Link>
        {scanned && (
          <span className={classes.quiet}>
            {t('header.components', { n: String(security.components) })}
          </span>
        )}
      </div>
    </div>
  );
}
