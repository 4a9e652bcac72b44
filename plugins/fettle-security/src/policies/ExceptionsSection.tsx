import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import {
  findingReadPermission,
  type Exception,
  type Finding,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  PlainTable,
  Section,
  useLiveFindings,
  type PlainColumn,
} from 'backstage-plugin-fettle-react';
import { useMemo } from 'react';
import { Day } from '../Day';
import { TakeBack } from '../findings/TakeBack';
import { fettleSecurityTranslationRef } from '../translation';

const FIRST = 5;
const MOST = 200;

interface Row {
  exception: Exception;
  findings: Finding[];
}

const useStyles = makeStyles(
  theme => ({
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
    padded: { padding: theme.spacing(0, 2, 1.5) },
    reason: { overflowWrap: 'anywhere' },
  }),
  { name: 'FettleExceptionsSection' },
);

/** What people accepted here, why, and until when. Nothing where there is none. */
export function ExceptionsSection(props: {
  repositoryId: string;
  subpath: string;
  triage: boolean;
}) {
  const { repositoryId, subpath, triage } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const query = useMemo(
    () => ({
      state: ['accepted' as const, 'false-positive' as const],
      ...{ subpath, limit: MOST },
    }),
    [subpath],
  );
  const { value, error, live, retry } = useLiveFindings(repositoryId, query);
  const rows = useMemo(() => byException(value?.items ?? []), [value]);
  if (!error && rows.length === 0) return null;
  const columns: PlainColumn<Row>[] = [
    {
      key: 'what',
      title: t('exceptions.what'),
      cell: ({ exception, findings }) => (
        <>
          {exception.rule}{' '}
          <span className={classes.quiet}>
            {exception.covers} ·{' '}
            {t('findings.total', { count: findings.length })}
          </span>
        </>
      ),
    },
    {
      key: 'as',
      title: t('findings.state'),
      cell: ({ exception }) => t(`state.${exception.as}`),
    },
    {
      key: 'reason',
      title: t('exceptions.reason'),
      cell: ({ exception }) => (
        <span className={classes.reason}>{exception.reason}</span>
      ),
    },
    {
      key: 'by',
      title: t('exceptions.by'),
      cell: ({ exception: { actor } }) =>
        /^[a-z]+:[^/]+\/[^/]+$/.test(actor) ? (
          <EntityRefLink entityRef={actor} />
        ) : (
          actor
        ),
    },
    {
      key: 'until',
      title: t('exceptions.until'),
      cell: ({ exception: { expiresAt } }) =>
        expiresAt ? <Day at={expiresAt} /> : t('exceptions.noEnd'),
    },
    ...(triage
      ? [
          {
            key: 'end',
            title: '',
            cell: ({ exception }: Row) => <TakeBack exception={exception} />,
          },
        ]
      : []),
  ];
  return (
    <Section
      title={t('exceptions.title')}
      aside={
        value?.nextCursor
          ? t('exceptions.more', { n: String(MOST) })
          : undefined
      }
      flush
    >
      {!value && error ? (
        <div className={classes.padded}>
          <ErrorPanel
            error={error}
            permission={findingReadPermission.name}
            since={live.since.toISOString()}
            onRetry={retry}
          />
        </div>
      ) : (
        <PlainTable
          label={t('exceptions.title')}
          columns={columns}
          rows={rows}
          first={FIRST}
          rowKey={({ exception }) => exception.id}
          none=""
        />
      )}
    </Section>
  );
}

/** The exceptions that cover these findings, those that end next first. */
function byException(findings: readonly Finding[]): Row[] {
  const rows = new Map<string, Row>();
  for (const finding of findings) {
    const { exception } = finding;
    if (!exception) continue;
    const row = rows.get(exception.id) ?? { exception, findings: [] };
    row.findings.push(finding);
    rows.set(exception.id, row);
  }
  const end = ({ exception }: Row) => exception.expiresAt ?? '9999';
  return [...rows.values()].sort((a, b) => end(a).localeCompare(end(b)));
}
