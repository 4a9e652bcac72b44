import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Automation } from 'backstage-plugin-fettle-common';
import { Actor, Age, StatePanel } from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';
import { KillSwitchButton } from './KillSwitchButton';

/** Says that all automation is stopped, by whom, since when and why. */
export function KillSwitchBanner(props: {
  automation: Automation;
  onChange: () => void;
}) {
  const { automation, onChange } = props;
  const { on, reason, actor, at } = automation.killSwitch;
  const { t } = useTranslationRef(fettleTranslationRef);
  if (!on) return null;
  return (
    <StatePanel
      kind="failing"
      title={t('automation.kill.onTitle')}
      message={
        <>
          {reason}{' '}
          <span>
            ({actor && <Actor actor={actor} />}, <Age at={at} />)
          </span>
        </>
      }
      action={t('automation.kill.onWhat')}
    >
      <KillSwitchButton automation={automation} onChange={onChange} />
    </StatePanel>
  );
}
