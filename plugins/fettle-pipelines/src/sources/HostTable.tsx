import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { HostStatus } from 'backstage-plugin-fettle-common';
import { Age, formatSpan } from 'backstage-plugin-fettle-react';
import { PlainTable, type PlainColumn } from '../fleet/PlainTable';
import { fettlePipelinesTranslationRef } from '../translation';

/** A clock that is off by less is no matter. */
const SKEW_MS = 30_000;

/** What may be asked of hosts, and how they answer. */
export function HostTable(props: { hosts: readonly HostStatus[] }) {
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const skewOf = ({ clockSkewMs: ms }: HostStatus) => {
    if (ms === null || Math.abs(ms) < SKEW_MS) return null;
    const span = formatSpan(Math.abs(ms));
    return `, ${t(ms > 0 ? 'sources.ahead' : 'sources.behind', { span })}`;
  };
  const columns: PlainColumn<HostStatus>[] = [
    { key: 'host', title: t('sources.host'), cell: ({ host }) => host },
    {
      key: 'state',
      title: t('sources.hostState'),
      cell: host => (
        <>
          {t(`sources.hostStates.${host.state}`)}
          {host.blockedUntil && (
            <>
              {' '}
              {t('sources.until')}{' '}
              {new Date(host.blockedUntil).toLocaleTimeString()}
            </>
          )}
          {skewOf(host)}
          {host.error && `: ${host.error.message} ${host.error.action}`}
        </>
      ),
    },
    {
      key: 'left',
      title: t('sources.left'),
      numeric: true,
      cell: ({ limit, remaining, reserve }) =>
        limit === null
          ? t('sources.noLimit')
          : `${remaining} / ${limit}, ${t('sources.reserve', {
              share: `${Math.round(reserve * 100)} %`,
            })}`,
    },
    {
      key: 'calls',
      title: t('sources.calls'),
      numeric: true,
      cell: ({ calls }) => calls,
    },
    {
      key: 'answered',
      title: t('sources.answered'),
      numeric: true,
      cell: ({ lastSuccessAt }) => <Age at={lastSuccessAt} />,
    },
  ];
  return (
    <PlainTable
      label={t('sources.host')}
      columns={columns}
      rows={props.hosts}
      rowKey={({ host }) => host}
      none=""
    />
  );
}
