import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ButtonBase from '@material-ui/core/ButtonBase';
import type { CampaignItemPage } from 'backstage-plugin-fettle-common';
import {
  CampaignItemMark,
  RepositoryName,
  useAutomationDrawer,
  type AutomationTarget,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../../translation';
import { useRowStyles } from '../useRowStyles';
import { useSizeWords } from '../useSizeWords';

type Item = CampaignItemPage['items'][number];

function targetOf({ remediationId, planId }: Item): AutomationTarget | null {
  if (remediationId) return { kind: 'remediation', id: remediationId };
  return planId ? { kind: 'plan', id: planId } : null;
}

/** One repository of a campaign; its story, or before there is one its plan, opens in the drawer. */
export function CampaignItemRow({ item }: { item: Item }) {
  const { state, reason, wave, repository, changeUrl } = item;
  const classes = useRowStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const size = useSizeWords();
  const drawer = useAutomationDrawer();
  const target = targetOf(item);
  const what =
    target?.kind === 'plan'
      ? t('campaign.item.plan')
      : t('campaign.item.story');
  const page = changeUrl && /^https?:/i.test(changeUrl) ? changeUrl : null;
  return (
    <li className={classes.row} data-item={state}>
      <CampaignItemMark state={state} />
      <div className={classes.what}>
        <div className={classes.quiet}>
          <RepositoryName id={item.repositoryId} name={repository} />
          {wave > 0 && ` · ${t('campaign.item.inWave', { n: String(wave) })}`}
          {item.files > 0 && ` · ${size(item.files, item.lines)}`}
        </div>
        {reason && (
          <div className={classes.quiet}>
            {reason.message}
            {(state === 'failed' || state === 'impossible') &&
              reason.action &&
              ` ${reason.action}`}
          </div>
        )}
      </div>
      <div className={classes.side}>
        {target && (
          <ButtonBase
            disableRipple
            className={`${classes.open} ${classes.link}`}
            aria-label={t('campaign.item.open', { what, repository })}
            onClick={() => drawer?.open(target)}
          >
            {what}
          </ButtonBase>
        )}
        {page && (
          <div>
            <Link to={page}>{t('automation.change')}</Link>
          </div>
        )}
      </div>
    </li>
  );
}
