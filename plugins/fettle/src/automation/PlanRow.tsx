import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ButtonBase from '@material-ui/core/ButtonBase';
import type { Plan } from 'backstage-plugin-fettle-common';
import {
  Actor,
  Age,
  PlanStateMark,
  RepositoryName,
  useAutomationDrawer,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';
import { useRowStyles } from './useRowStyles';
import { useSizeWords } from './useSizeWords';

/** One plan in a line; it opens in the drawer. */
export function PlanRow({ plan }: { plan: Plan }) {
  const classes = useRowStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const size = useSizeWords();
  const drawer = useAutomationDrawer();
  const { id, filesChanged, linesChanged } = plan;
  return (
    <li className={classes.row} data-plan={plan.state}>
      <PlanStateMark state={plan.state} />
      <div className={classes.what}>
        <ButtonBase
          disableRipple
          className={classes.open}
          onClick={() => drawer?.open({ kind: 'plan', id })}
        >
          {plan.title}
        </ButtonBase>
        <div className={classes.quiet}>
          <RepositoryName id={plan.repositoryId} name={plan.repository} />
          {' · '}
          {plan.playbookTitle}
          {' · '}
          {t('automation.askedBy')} <Actor actor={plan.requestedBy} />
        </div>
      </div>
      <div className={classes.side}>
        <Age at={plan.createdAt} />
        {filesChanged > 0 && <div>{size(filesChanged, linesChanged)}</div>}
      </div>
    </li>
  );
}
