import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type {
  Automation,
  LimitUse,
  Plan,
  Playbook,
} from 'backstage-plugin-fettle-common';
import { Section } from '../widgets/Section';
import { fettleReactTranslationRef } from '../widgets/translation';
import { LimitBar } from './LimitBar';

const useStyles = makeStyles(
  theme => ({
    list: { display: 'grid', gap: theme.spacing(1) },
    quiet: { color: theme.palette.text.secondary, margin: 0 },
  }),
  { name: 'FettlePlanLimits' },
);

/** The limits that a plan is under, and how much of them is used. */
export function PlanLimits(props: {
  plan: Plan;
  playbook: Playbook | undefined;
  automation: Automation | undefined;
}) {
  const { plan, playbook, automation } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const own = (limit: string, used: number, most: number | null | undefined) =>
    most ? [{ of: plan.playbookId, limit, used, most }] : [];
  const uses: LimitUse[] = [
    ...own('filesPerRun', plan.filesChanged, playbook?.limits.filesPerRun),
    ...own('linesPerRun', plan.linesChanged, playbook?.limits.linesPerRun),
    ...(automation?.limits ?? []).filter(({ of }) => of === plan.playbookId),
  ];
  return (
    <Section title={t('automation.plan.limits')}>
      {uses.length === 0 ? (
        <p className={classes.quiet}>
          {t(
            playbook
              ? 'automation.plan.noLimits'
              : 'automation.plan.limitsUnknown',
          )}
        </p>
      ) : (
        <div className={classes.list}>
          {uses.map(use => (
            <LimitBar key={use.limit} use={use} />
          ))}
        </div>
      )}
    </Section>
  );
}
