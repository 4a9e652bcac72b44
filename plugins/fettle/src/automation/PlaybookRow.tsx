import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import type { Playbooks } from 'backstage-plugin-fettle-common';
import { StatusIcon, SuccessFigure } from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';
import { LevelMark } from './LevelMark';
import { OutcomeCountsLine } from './OutcomeCountsLine';
import { PlaybookFacts } from './PlaybookFacts';

const useStyles = makeStyles(
  theme => ({
    item: { borderTop: `1px solid ${theme.palette.divider}` },
    row: {
      position: 'relative',
      display: 'grid',
      gridTemplateColumns:
        '1.25em minmax(0, 1.4fr) 9em minmax(0, 1fr) minmax(0, 1fr)',
      alignItems: 'start',
      gap: theme.spacing(0.5, 1.5),
      padding: theme.spacing(1, 2),
      '&:hover': { background: theme.palette.action.hover },
      [theme.breakpoints.down('sm')]: {
        gridTemplateColumns: '1.25em minmax(0, 1fr)',
        '& > :nth-child(n + 3)': { gridColumn: 2 },
      },
    },
    toggle: {
      fontSize: '0.75rem',
      lineHeight: 1.7,
      color: theme.palette.text.secondary,
      // The whole row opens it.
      '&::after': { content: '""', position: 'absolute', inset: 0 },
    },
    title: { fontWeight: 600, overflowWrap: 'anywhere' },
    quiet: {
      color: theme.palette.text.secondary,
      fontSize: '0.8125rem',
      overflowWrap: 'anywhere',
    },
    links: { '& a': { position: 'relative', zIndex: 1 } },
    panel: {
      padding: theme.spacing(1, 2, 2, 5),
      background: theme.palette.action.hover,
      boxShadow: `inset 3px 0 0 ${theme.palette.primary.main}`,
      [theme.breakpoints.down('xs')]: { paddingLeft: theme.spacing(2) },
    },
  }),
  { name: 'FettlePlaybookRow' },
);

/** One playbook in a line; it opens to all that it says. */
export function PlaybookRow(props: {
  item: Playbooks['items'][number];
  opened: boolean;
  onToggle: () => void;
}) {
  const { item, opened, onToggle } = props;
  const { playbook, outcomes, success, breakers } = item;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const open = breakers.filter(({ state }) => state !== 'closed');
  return (
    <li className={classes.item} data-playbook={playbook.id}>
      <div className={classes.row}>
        <ButtonBase
          className={classes.toggle}
          aria-expanded={opened}
          aria-label={t(opened ? 'automation.close' : 'automation.open', {
            title: playbook.title,
          })}
          onClick={onToggle}
        >
          <span aria-hidden="true">{opened ? '▾' : '▸'}</span>
        </ButtonBase>
        <div>
          <div className={classes.title}>{playbook.title}</div>
          <div className={classes.quiet}>
            {t('automation.on')} <code>{playbook.trigger.on}</code>
            {' · '}
            {playbook.steps.map(({ uses }) => uses).join(' → ')}
          </div>
          {open.map(({ target, state }) => (
            <div key={target} className={classes.quiet}>
              <StatusIcon status={state === 'open' ? 'fail' : 'warn'} />{' '}
              {t(`automation.breaker.${state}`)} {t('automation.breaker.on')}{' '}
              {target}
            </div>
          ))}
        </div>
        <LevelMark level={playbook.level} />
        <div className={classes.links}>
          <OutcomeCountsLine outcomes={outcomes} playbookId={playbook.id} />
        </div>
        <SuccessFigure success={success} compact />
      </div>
      {opened && (
        <div className={classes.panel}>
          <PlaybookFacts playbook={playbook} />
        </div>
      )}
    </li>
  );
}
