import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import {
  standardExemptPermission,
  type Drift,
} from 'backstage-plugin-fettle-common';
import {
  Actor,
  DiffView,
  DriftStateMark,
  FixThis,
  Moment,
} from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { useDriftWords } from '../automation/standards/useDriftWords';
import { fettleTranslationRef } from '../translation';
import { OptOutButton } from './OptOutButton';
import { SettingTable } from './SettingTable';

const useStyles = makeStyles(
  theme => ({
    item: {
      padding: theme.spacing(1, 2),
      borderTop: `1px solid ${theme.palette.divider}`,
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(0.5),
      overflowWrap: 'anywhere',
    },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(0.5, 1.5),
    },
    name: { fontWeight: 600, font: 'inherit', textAlign: 'left' },
    toggle: {
      width: '1.2em',
      flex: 'none',
      fontSize: '0.75rem',
      color: theme.palette.text.secondary,
    },
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
    actions: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1),
    },
    panel: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(1),
      paddingTop: theme.spacing(0.5),
    },
  }),
  { name: 'FettleDriftItem' },
);

/** How the repository stands against one standard; it opens to what differs. */
export function DriftItem(props: {
  drift: Drift;
  mayOptOut: boolean;
  onChange: () => void;
}) {
  const { drift, mayOptOut, onChange } = props;
  const { repositoryId, standardId, state, files, settings, optOut } = drift;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const words = useDriftWords();
  const [open, setOpen] = useState(false);
  const title = `${drift.standardTitle} ${drift.version}`;
  const differs = files.length + settings.length > 0;
  const bound = state === 'drifted' || state === 'unknown';
  return (
    <li className={classes.item} data-drift={state}>
      <div className={classes.line}>
        {differs ? (
          <ButtonBase
            className={classes.name}
            aria-expanded={open}
            aria-label={t(open ? 'standard.hide' : 'standard.show', { title })}
            onClick={() => setOpen(was => !was)}
          >
            <span className={classes.toggle} aria-hidden="true">
              {open ? '▾' : '▸'}
            </span>
            {title}
          </ButtonBase>
        ) : (
          <span className={classes.name}>{title}</span>
        )}
        <DriftStateMark state={state} />
      </div>
      <div className={classes.quiet}>
        {words(drift)}
        {state === 'unknown' && drift.reason?.action
          ? ` ${drift.reason.action}`
          : ''}
      </div>
      {optOut && (
        <div className={classes.quiet}>
          {optOut.reason} · {t('standard.optedOutBy')}{' '}
          <Actor actor={optOut.actor} /> · {t('standard.until')}{' '}
          <Moment at={optOut.expiresAt} />
        </div>
      )}
      {(bound || optOut) && (
        <div className={classes.actions}>
          {state === 'drifted' && (
            <FixThis repositoryId={repositoryId} of={{ standardId }} />
          )}
          {mayOptOut ? (
            <OptOutButton drift={drift} onChange={onChange} />
          ) : (
            <span className={classes.quiet}>
              {t('standard.forbidden')}{' '}
              <code>{standardExemptPermission.name}</code>
            </span>
          )}
        </div>
      )}
      {open && (
        <div className={classes.panel}>
          {settings.length > 0 && <SettingTable settings={settings} />}
          {files.length > 0 && <DiffView files={files} />}
        </div>
      )}
    </li>
  );
}
