import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  automationPath,
  PlanView,
  RemediationView,
  type AutomationTarget,
} from 'backstage-plugin-fettle-react';
import { useNavigate, useParams } from 'react-router-dom';
import { fettleTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: { maxWidth: 1120, display: 'grid', gap: theme.spacing(1.5) },
  }),
  { name: 'FettleTargetPage' },
);

/** The page of one plan or one remediation. */
export function TargetPage(props: { kind: AutomationTarget['kind'] }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const navigate = useNavigate();
  const { id } = useParams();
  const open = (target: AutomationTarget) =>
    navigate(`../${automationPath(target)}`);
  const View = props.kind === 'plan' ? PlanView : RemediationView;
  return (
    <div className={classes.root}>
      <div>
        <Link to="..">{t('automation.title')}</Link>
      </div>
      <View key={id} id={id!} onOpen={open} />
    </div>
  );
}
