import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import {
  automationStopPermission,
  type Automation,
} from 'backstage-plugin-fettle-common';
import {
  fettleAutomationApiRef,
  readableOn,
  ReasonDialog,
  tones,
} from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { fettleTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    button: { textTransform: 'none' },
    stop: {
      fontWeight: 600,
      color: readableOn(tones(theme).bad, [theme.palette.background.paper]),
      borderColor: tones(theme).bad,
      borderWidth: 2,
      '&:hover': { borderWidth: 2 },
    },
    icon: { width: '1.1em', height: '1.1em', marginRight: '0.45em' },
    forbidden: { color: theme.palette.text.secondary, fontSize: '0.75rem' },
  }),
  { name: 'FettleKillSwitchButton' },
);

/** Stops all automation, or lets it go on; asks why first. */
export function KillSwitchButton(props: {
  automation: Pick<Automation, 'killSwitch' | 'can'>;
  onChange: () => void;
}) {
  const { automation, onChange } = props;
  const { killSwitch, can } = automation;
  const classes = useStyles();
  const api = useApi(fettleAutomationApiRef);
  const { t } = useTranslationRef(fettleTranslationRef);
  const [asked, setAsked] = useState(false);
  const way = killSwitch.on ? 'resume' : 'stop';
  if (!can.stop) {
    return (
      <span className={classes.forbidden}>
        {t('automation.kill.forbidden')}{' '}
        <code>{automationStopPermission.name}</code>
      </span>
    );
  }
  return (
    <>
      <Button
        variant="outlined"
        className={`${classes.button} ${killSwitch.on ? '' : classes.stop}`}
        onClick={() => setAsked(true)}
      >
        {!killSwitch.on && (
          <svg viewBox="0 0 16 16" aria-hidden="true" className={classes.icon}>
            <path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5Z" fill="currentColor" />
          </svg>
        )}
        {t(`automation.kill.${way}`)}
      </Button>
      {asked && (
        <ReasonDialog
          title={t(`automation.kill.${way}Title`)}
          action={t(`automation.kill.${way}`)}
          reason="needed"
          permission={automationStopPermission.name}
          onClose={() => setAsked(false)}
          onDo={async reason => {
            await api.setKillSwitch({ on: !killSwitch.on, reason });
            onChange();
          }}
        >
          {t(`automation.kill.${way}What`)}
        </ReasonDialog>
      )}
    </>
  );
}
