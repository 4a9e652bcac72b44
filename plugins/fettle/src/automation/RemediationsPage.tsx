import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  playbookReadPermission,
  remediationStateSchema,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  fettleReactTranslationRef,
  FilterMenu,
  LiveMark,
  Section,
  TextButton,
  useKept,
  useLivePlaybooks,
  useLiveRemediations,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';
import { AutomationSkeleton } from './AutomationSkeleton';
import { EmptyAutomation } from './EmptyAutomation';
import { RemediationRow } from './RemediationRow';
import { useRemediationFilters } from './useRemediationFilters';

const PAGE = 50;

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1.5) },
    bar: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      padding: theme.spacing(0, 2, 1.5),
    },
    list: { margin: 0, padding: 0, listStyle: 'none' },
    waiting: { opacity: 0.55 },
    quiet: {
      color: theme.palette.text.secondary,
      padding: theme.spacing(0, 2, 1.5),
    },
    aside: { display: 'flex', gap: theme.spacing(2) },
    foot: {
      display: 'flex',
      justifyContent: 'space-between',
      borderTop: `1px solid ${theme.palette.divider}`,
      padding: theme.spacing(0.5, 1.25),
    },
  }),
  { name: 'FettleRemediationsPage' },
);

/** All remediations, changed last first, with filters that live in the address. */
export function RemediationsPage() {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const { t: shared } = useTranslationRef(fettleReactTranslationRef);
  const { filters, filtered, change, clear, turn } = useRemediationFilters();
  const { value: playbooks } = useLivePlaybooks();
  const list = useLiveRemediations(undefined, { ...filters, limit: PAGE });
  const { value, error, live, retry } = list;
  const shown = useKept(value);
  if (!shown && error) {
    return (
      <ErrorPanel
        error={error}
        permission={playbookReadPermission.name}
        since={live.since.toISOString()}
        onRetry={retry}
      />
    );
  }
  if (!shown) return <AutomationSkeleton />;
  return (
    <div className={classes.root}>
      {shown.total === 0 && !filtered && <EmptyAutomation />}
      <Section
        title={t('automation.tab.remediations')}
        aside={
          <span className={classes.aside}>
            <span>{t('automation.total', { count: shown.total })}</span>
            <LiveMark live={live} onRetry={retry} />
          </span>
        }
        flush
      >
        <div
          className={classes.bar}
          role="group"
          aria-label={t('filter.label')}
        >
          <FilterMenu
            label={t('automation.state')}
            options={remediationStateSchema.options.map(state => ({
              value: state,
              label: shared(`automation.remediationState.${state}`),
            }))}
            selected={filters.state ?? []}
            onSelect={state => change({ state: state ?? [] })}
          />
          <FilterMenu
            single
            label={t('automation.playbook')}
            options={(playbooks?.items ?? []).map(({ playbook }) => ({
              value: playbook.id,
              label: playbook.title,
            }))}
            selected={filters.playbook ? [filters.playbook] : []}
            onSelect={chosen => change({ playbook: chosen ?? [] })}
          />
          {filtered && (
            <TextButton onClick={clear}>{t('filter.clear')}</TextButton>
          )}
        </div>
        {shown.items.length === 0 ? (
          <div className={classes.quiet}>
            {t(filtered ? 'automation.noneFits' : 'automation.endedNone')}
          </div>
        ) : (
          <ul
            className={`${classes.list} ${value ? '' : classes.waiting}`}
            aria-busy={!value}
          >
            {shown.items.map(remediation => (
              <RemediationRow key={remediation.id} remediation={remediation} />
            ))}
          </ul>
        )}
        {(shown.nextCursor || filters.cursor) && (
          <div className={classes.foot}>
            <TextButton
              disabled={!filters.cursor}
              onClick={() => turn(undefined)}
            >
              {t('automation.newest')}
            </TextButton>
            <TextButton
              color="primary"
              disabled={!shown.nextCursor}
              onClick={() => turn(shown.nextCursor ?? undefined)}
            >
              {t('automation.older')}
            </TextButton>
          </div>
        )}
      </Section>
    </div>
  );
}
