import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import { planCreatePermission } from 'backstage-plugin-fettle-common';
import { useState, type MouseEvent } from 'react';
import { useLiveFixes } from '../live/useLiveAutomation';
import { TextButton } from '../widgets/TextButton';
import { fettleReactTranslationRef } from '../widgets/translation';
import { useAutomationDrawer } from './AutomationDrawerProvider';
import { PlanStateMark, RemediationStateMark } from './AutomationMark';
import { fixOf, isEnd, type Fixable } from './fixOf';

const useStyles = makeStyles(
  theme => ({
    root: {
      position: 'relative',
      display: 'inline-flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5),
    },
    button: { background: theme.palette.background.paper },
    words: {
      display: 'inline-flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0, 1),
    },
  }),
  { name: 'FettleFixThis' },
);

/**
 * The button that puts a problem right, where a playbook can: it shows the
 * plan, and has one made where there is none. Where a remediation is under way
 * it shows that.
 * Needs an {@link AutomationDrawerProvider} around.
 *
 * @public
 */
export function FixThis(props: { repositoryId: string; of: Fixable }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const drawer = useAutomationDrawer();
  const { value } = useLiveFixes(props.repositoryId);
  const [anchor, setAnchor] = useState<HTMLElement>();
  const fix = fixOf(value, props.of);
  if (!fix || !drawer) return null;
  const { problem, playbooks, remediation, plan } = fix;
  if (remediation && !isEnd(remediation.state)) {
    const { id } = remediation;
    return (
      <TextButton
        variant="outlined"
        className={classes.button}
        title={t('automation.fix.underWay')}
        onClick={() => drawer.open({ kind: 'remediation', id })}
      >
        <RemediationStateMark state={remediation.state} />
      </TextButton>
    );
  }
  const label = t('automation.fix.label', { problem: problem.title });
  if (plan && (plan.state === 'waiting' || plan.state === 'ready')) {
    const waits = plan.state === 'waiting';
    const word = t('automation.planState.waiting');
    return (
      <TextButton
        variant="outlined"
        color="primary"
        className={classes.button}
        title={t('automation.fix.planned')}
        aria-label={waits ? `${label} (${word})` : label}
        onClick={() => drawer.open({ kind: 'plan', id: plan.id })}
      >
        <span className={classes.words}>
          {t('automation.fix.this')}
          {waits && <PlanStateMark state={plan.state} />}
        </span>
      </TextButton>
    );
  }
  const allowed = value!.can.plan;
  const order = (playbookId: string) => {
    setAnchor(undefined);
    const { repositoryId } = props;
    drawer.plan({ playbookId, repositoryId, problems: [problem.key] });
  };
  const click = ({ currentTarget }: MouseEvent<HTMLElement>) =>
    playbooks.length === 1 ? order(playbooks[0].id) : setAnchor(currentTarget);
  const title = allowed
    ? playbooks.map(one => one.title).join(', ')
    : t('automation.fix.forbidden', { permission: planCreatePermission.name });
  return (
    <span className={classes.root}>
      {remediation && remediation.state !== 'cancelled' && (
        <TextButton
          onClick={() =>
            drawer.open({ kind: 'remediation', id: remediation.id })
          }
        >
          <RemediationStateMark state={remediation.state} />
        </TextButton>
      )}
      <span title={title}>
        <TextButton
          variant="outlined"
          color="primary"
          className={classes.button}
          disabled={!allowed}
          aria-haspopup={playbooks.length > 1 ? 'menu' : undefined}
          aria-label={label}
          onClick={click}
        >
          {t('automation.fix.this')}
          {playbooks.length > 1 && <span aria-hidden="true"> ▾</span>}
        </TextButton>
      </span>
      <Menu
        anchorEl={anchor}
        getContentAnchorEl={null}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        open={anchor !== undefined}
        onClose={() => setAnchor(undefined)}
        MenuListProps={{ 'aria-label': t('automation.fix.by'), dense: true }}
      >
        {playbooks.map(({ id, title: name }) => (
          <MenuItem key={id} onClick={() => order(id)}>
            {name}
          </MenuItem>
        ))}
      </Menu>
    </span>
  );
}
