import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  policyReadPermission,
  type PolicyResult,
  type RepositoryPolicies,
} from 'backstage-plugin-fettle-common';
import {
  Age,
  ErrorPanel,
  Section,
  SeverityMark,
  Skeleton,
  TextButton,
  useLiveRepositoryPolicies,
} from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { OpenableRow } from '../OpenableRow';
import { fettleSecurityTranslationRef } from '../translation';
import { PolicyResultPanel } from './PolicyResultPanel';
import { PolicyStatusMark } from './PolicyStatusMark';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    title: { fontWeight: 600, display: 'block' },
    since: {
      textAlign: 'right',
      [theme.breakpoints.down('xs')]: { textAlign: 'left' },
    },
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
    padded: {
      color: theme.palette.text.secondary,
      padding: theme.spacing(0, 2, 1.5),
    },
    history: {
      margin: 0,
      padding: theme.spacing(0, 2, 1.5),
      listStyle: 'none',
      fontSize: '0.8125rem',
    },
    foot: {
      borderTop: `1px solid ${theme.palette.divider}`,
      padding: theme.spacing(0.5, 1.25),
    },
  }),
  { name: 'FettlePoliciesSection' },
);

/** How the repository stands against each policy, what is not kept first. */
export function PoliciesSection({ repositoryId }: { repositoryId: string }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const { value, error, live, retry } = useLiveRepositoryPolicies(repositoryId);
  const [opened, setOpened] = useState<string>();
  const kept = value?.items.filter(({ status }) => status === 'kept').length;
  return (
    <Section
      title={t('policies.title')}
      aside={
        value &&
        t('policies.keptOf', {
          n: String(kept),
          all: String(value.items.length),
        })
      }
      flush
    >
      {!value && error && (
        <div className={classes.padded}>
          <ErrorPanel
            error={error}
            permission={policyReadPermission.name}
            since={live.since.toISOString()}
            onRetry={retry}
          />
        </div>
      )}
      {!value && !error && <Skeleton height={120} />}
      {value?.items.length === 0 && (
        <div className={classes.padded}>{t('policies.noneHere')}</div>
      )}
      {value && value.items.length > 0 && (
        <ul className={classes.list}>
          {value.items.map(result => (
            <ResultRow
              key={result.policy.id}
              result={result}
              opened={opened === result.policy.id}
              onToggle={() =>
                setOpened(id =>
                  id === result.policy.id ? undefined : result.policy.id,
                )
              }
            />
          ))}
        </ul>
      )}
      {value && value.history.length > 0 && <History policies={value} />}
    </Section>
  );
}

function ResultRow(props: {
  result: PolicyResult;
  opened: boolean;
  onToggle: () => void;
}) {
  const { result, opened, onToggle } = props;
  const classes = useStyles();
  const { policy, status, message, reason, since } = result;
  const { title } = policy;
  return (
    <OpenableRow
      title={title}
      columns="7.5em minmax(0, 1fr) 7em 6.5em"
      {...{ status, opened, onToggle }}
      cells={
        <>
          <PolicyStatusMark status={status} />
          <div>
            <span className={classes.title}>{title}</span>
            {status !== 'kept' && (
              <span className={classes.quiet}>
                {reason?.message ?? message}
              </span>
            )}
          </div>
          <SeverityMark severity={policy.severity} />
          <Age at={since} className={`${classes.quiet} ${classes.since}`} />
        </>
      }
      panel={<PolicyResultPanel result={result} />}
    />
  );
}

/** What became of policies here, newest first; asked for, as it is long. */
function History({ policies }: { policies: RepositoryPolicies }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const [shown, setShown] = useState(false);
  return (
    <>
      <div className={classes.foot}>
        <TextButton
          color="primary"
          aria-expanded={shown}
          onClick={() => setShown(open => !open)}
        >
          {t(shown ? 'policies.hideHistory' : 'policies.showHistory')}
        </TextButton>
      </div>
      {shown && (
        <ul className={classes.history}>
          {policies.history.map(({ policyId, at, from, to, commit }, index) => (
            <li key={`${at} ${policyId} ${index}`}>
              <Age at={at} /> · {policyId}:{' '}
              {from === null ? t('policies.new') : t(`policies.${from}`)} →{' '}
              {to === null ? t('policies.gone') : t(`policies.${to}`)}
              {commit && (
                <>
                  {' · '}
                  <code>{commit.slice(0, 7)}</code>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
