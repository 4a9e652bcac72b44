import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import {
  findingReadPermission,
  type Finding,
  type FindingDetails,
} from 'backstage-plugin-fettle-common';
import {
  Age,
  ErrorPanel,
  EvidenceList,
  fettleSecurityApiRef,
  FixThis,
  Skeleton,
  TextButton,
} from 'backstage-plugin-fettle-react';
import { useEffect, useState, type ReactNode } from 'react';
import { Day } from '../Day';
import { fettleSecurityTranslationRef } from '../translation';
import { AcceptDialog } from './AcceptDialog';
import { TakeBack } from './TakeBack';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(1.5),
      padding: theme.spacing(0.5, 2, 2, 5),
      background: theme.palette.action.hover,
      boxShadow: `inset 3px 0 0 ${theme.palette.primary.main}`,
      overflowWrap: 'anywhere',
      [theme.breakpoints.down('xs')]: { paddingLeft: theme.spacing(2) },
    },
    facts: {
      margin: 0,
      display: 'grid',
      gridTemplateColumns: '9em minmax(0, 1fr)',
      gap: theme.spacing(0.5, 2),
      '& dt': { color: theme.palette.text.secondary },
      '& dd': { margin: 0 },
      [theme.breakpoints.down('xs')]: { gridTemplateColumns: '1fr' },
    },
    text: { margin: 0, maxWidth: 760, whiteSpace: 'pre-line' },
    list: { margin: 0, padding: 0, listStyle: 'none' },
    actions: { display: 'flex', gap: theme.spacing(1) },
  }),
  { name: 'FettleFindingPanel' },
);

/** All that is known of one finding, and what can be done about it. */
export function FindingPanel(props: { finding: Finding; triage: boolean }) {
  const { finding, triage } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const { details, error, reload } = useDetails(finding);
  const [accepting, setAccepting] = useState(false);
  if (!details && error) {
    return (
      <div className={classes.root}>
        <ErrorPanel
          error={error}
          permission={findingReadPermission.name}
          onRetry={reload}
        />
      </div>
    );
  }
  const { component, aliases, fixedIn, seenBy, exception } = finding;
  const facts: [string, ReactNode][] = [
    [t('details.why'), finding.priorityReasons.join(' · ')],
    [t('details.versions'), component?.versions.join(', ')],
    [t('details.fixedIn'), fixedIn.join(', ')],
    [t('details.chain'), component?.chain.join(' › ')],
    [t('details.what'), details?.description && text(details.description)],
    [t('details.fix'), details?.fix && text(details.fix)],
    [
      t('details.evidence'),
      details && details.evidence.length > 0 && (
        <EvidenceList evidence={details.evidence} />
      ),
    ],
    [t('details.names'), aliases.join(', ')],
    [
      t('details.references'),
      details && details.references.length > 0 && (
        <ul className={classes.list}>
          {details.references.map(address => (
            <li key={address}>
              <Link to={address}>{address}</Link>
            </li>
          ))}
        </ul>
      ),
    ],
    [t('details.seenBy'), seenBy.join(', ')],
    [
      t('details.exception'),
      exception && (
        <>
          {exception.covers}: {exception.reason} (
          <Actor actor={exception.actor} />
          {exception.expiresAt && (
            <>
              , {t('details.until')} <Day at={exception.expiresAt} />
            </>
          )}
          )
        </>
      ),
    ],
    [t('details.history'), details && <History details={details} />],
  ];
  return (
    <div className={classes.root}>
      <dl className={classes.facts}>
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <Fact key={name} name={name} value={value} />
          ))}
      </dl>
      {!details && <Skeleton height={72} />}
      {finding.state === 'open' && (
        <div className={classes.actions}>
          <FixThis
            repositoryId={finding.repositoryId}
            of={{ findingId: finding.id }}
          />
          {triage && (
            <TextButton variant="outlined" onClick={() => setAccepting(true)}>
              {t('details.accept')}
            </TextButton>
          )}
        </div>
      )}
      {triage && exception && <TakeBack exception={exception} />}
      {accepting && (
        <AcceptDialog finding={finding} onClose={() => setAccepting(false)} />
      )}
    </div>
  );

  function text(value: string) {
    return <p className={classes.text}>{value}</p>;
  }
}

function History({ details }: { details: FindingDetails }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  return (
    <ul className={classes.list}>
      {details.history.map((event, index) => (
        <li key={`${event.at} ${event.event} ${index}`}>
          {t(`details.event.${event.event}`)} <Age at={event.at} />
          {event.commit && (
            <>
              {' · '}
              <code>{event.commit.slice(0, 7)}</code>
            </>
          )}
          {event.actor && (
            <>
              {' · '}
              <Actor actor={event.actor} />
            </>
          )}
          {event.reason && <> · {event.reason}</>}
        </li>
      ))}
    </ul>
  );
}

/** A person of the catalog, or whatever acted. */
function Actor({ actor }: { actor: string }) {
  return /^[a-z]+:[^/]+\/[^/]+$/.test(actor) ? (
    <EntityRefLink entityRef={actor} />
  ) : (
    <>{actor}</>
  );
}

function Fact(props: { name: string; value: ReactNode }) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
    </>
  );
}

/** Read when it is opened, and again when it changed. */
function useDetails({ id, revision }: Finding) {
  const api = useApi(fettleSecurityApiRef);
  const [details, setDetails] = useState<FindingDetails>();
  const [error, setError] = useState<Error>();
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    api.getFinding(id, { signal: stop.signal }).then(
      found => {
        setDetails(found);
        setError(undefined);
      },
      failed => {
        if (!stop.signal.aborted) setError(failed);
      },
    );
    return () => stop.abort();
  }, [api, id, revision, tries]);
  return { details, error, reload: () => setTries(count => count + 1) };
}
