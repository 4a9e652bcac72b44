import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  campaignManagePermission,
  planApprovePermission,
  type Campaign,
  type PlaybookLevel,
} from 'backstage-plugin-fettle-common';
import { Actor } from 'backstage-plugin-fettle-react';
import { Fragment } from 'react';
import { fettleTranslationRef } from '../../translation';
import { isApproved } from './possibleActs';

/** Why the buttons that are there are the only ones, and who approved. */
export function CampaignWhy(props: {
  campaign: Campaign;
  /** Undefined where it is not known. */
  level: PlaybookLevel | undefined;
}) {
  const { campaign, level } = props;
  const { state, can, approvals, approvalsNeeded, counts } = campaign;
  const { t } = useTranslationRef(fettleTranslationRef);
  const isOver = state === 'finished' || state === 'cancelled';
  const code = (permission: string) => <code>{permission}</code>;
  return (
    <>
      {approvalsNeeded > 0 && !isOver && (
        <>
          {t('campaign.act.approvals', {
            given: String(Math.min(approvals.length, approvalsNeeded)),
            needed: String(approvalsNeeded),
          })}
          {approvals.map(({ actor, at }, index) => (
            <Fragment key={`${actor} ${at}`}>
              {index === 0 ? ': ' : ', '}
              <Actor actor={actor} />
            </Fragment>
          ))}
          {'. '}
          {!can.approve && !isApproved(campaign) && (
            <>
              {t('campaign.act.othersApprove')}{' '}
              {code(planApprovePermission.name)}.{' '}
            </>
          )}
        </>
      )}
      {can.manage || isOver ? (
        t(`campaign.act.${wordOf(state, level, counts.waiting)}`)
      ) : (
        <>
          {t('campaign.act.mayNot')} {code(campaignManagePermission.name)}
        </>
      )}
    </>
  );
}

function wordOf(
  state: Campaign['state'],
  level: PlaybookLevel | undefined,
  waiting: number,
) {
  if (state !== 'draft') return state;
  if (waiting === 0) return 'nothing';
  return level === 'observe' ? 'observes' : 'draft';
}
