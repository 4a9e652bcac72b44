import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  findingKindSchema,
  findingReadPermission,
  findingStateSchema,
  severitySchema,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  FilterMenu,
  fettleReactTranslationRef,
  Section,
  TextButton,
  useKept,
  useLiveFindings,
} from 'backstage-plugin-fettle-react';
import { useMemo, useState, type ReactNode } from 'react';
import { fettleSecurityTranslationRef } from '../translation';
import { FindingRow } from './FindingRow';
import { SearchField } from './SearchField';
import { useFindingFilters } from './useFindingFilters';

const STEP = 50;
const MOST = 200;

const useStyles = makeStyles(
  theme => ({
    bar: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      padding: theme.spacing(0, 2, 1.5),
    },
    list: { margin: 0, padding: 0, listStyle: 'none' },
    quiet: {
      color: theme.palette.text.secondary,
      padding: theme.spacing(0, 2, 1.5),
    },
    foot: {
      borderTop: `1px solid ${theme.palette.divider}`,
      padding: theme.spacing(0.5, 1.25),
      color: theme.palette.text.secondary,
    },
    waiting: { opacity: 0.55 },
    error: { padding: theme.spacing(0, 2, 2) },
  }),
  { name: 'FettleFindingList' },
);

/** Findings with filters that live in the address; each opens in place. */
export function FindingList(props: {
  /** Of this repository; of all that the reader may see if absent. */
  repositoryId?: string;
  subpath?: string;
  can?: { triage: boolean };
  title?: string;
  /** Before the filters. */
  lookup?: ReactNode;
}) {
  const { repositoryId, subpath = '', can, title, lookup } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const { t: shared } = useTranslationRef(fettleReactTranslationRef);
  const { filters, filtered, change, clear } = useFindingFilters();
  const [limit, setLimit] = useState(STEP);
  const [opened, setOpened] = useState<string>();
  const query = useMemo(
    () => ({ ...filters, subpath, limit }),
    [filters, subpath, limit],
  );
  const { value, error, live, retry } = useLiveFindings(repositoryId, query);
  const shown = useKept(value);
  const bar = (
    <div className={classes.bar}>
      {lookup}
      <FilterMenu
        label={t('findings.kind')}
        options={findingKindSchema.options.map(kind => ({
          value: kind,
          label: t(`kinds.${kind}`),
        }))}
        selected={filters.kind ?? []}
        onSelect={kind => change({ kind: kind ?? [] })}
      />
      <FilterMenu
        label={t('findings.severity')}
        options={severitySchema.options.map(severity => ({
          value: severity,
          label: shared(`severity.${severity}`),
        }))}
        selected={filters.severity ?? []}
        onSelect={severity => change({ severity: severity ?? [] })}
      />
      <FilterMenu
        label={t('findings.state')}
        options={findingStateSchema.options.map(state => ({
          value: state,
          label: t(`state.${state}`),
        }))}
        selected={filters.state ?? []}
        onSelect={state => change({ state: state ?? [] })}
      />
      <SearchField
        label={t('findings.search')}
        value={filters.search ?? ''}
        onChange={search => change({ search })}
      />
      {filtered && (
        <TextButton onClick={clear}>{t('findings.clear')}</TextButton>
      )}
    </div>
  );
  return (
    <Section
      title={title ?? t('findings.title')}
      aside={shown && t('findings.total', { count: shown.total })}
      flush
    >
      {bar}
      {!value && error && (
        <div className={classes.error}>
          <ErrorPanel
            error={error}
            permission={findingReadPermission.name}
            since={live.since.toISOString()}
            onRetry={retry}
          />
        </div>
      )}
      {shown && shown.items.length === 0 && (
        <div className={classes.quiet}>{t('findings.none')}</div>
      )}
      {shown && shown.items.length > 0 && (
        <ul
          className={`${classes.list} ${value ? '' : classes.waiting}`}
          aria-busy={!value}
        >
          {shown.items.map(finding => (
            <FindingRow
              key={finding.id}
              finding={finding}
              triage={can?.triage ?? false}
              repository={
                repositoryId === undefined
                  ? shown.repositories[finding.repositoryId]
                  : undefined
              }
              opened={opened === finding.id}
              onToggle={() =>
                setOpened(id => (id === finding.id ? undefined : finding.id))
              }
            />
          ))}
        </ul>
      )}
      {shown?.nextCursor && (
        <div className={classes.foot}>
          {limit < MOST ? (
            <TextButton
              color="primary"
              onClick={() => setLimit(most => Math.min(MOST, most + STEP))}
            >
              {t('findings.more')}
            </TextButton>
          ) : (
            t('findings.tooMany')
          )}
        </div>
      )}
    </Section>
  );
}
