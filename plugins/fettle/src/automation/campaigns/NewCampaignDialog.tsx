import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import {
  campaignManagePermission,
  type Campaign,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  fettleAutomationApiRef,
  useLivePlaybooks,
  useTask,
} from 'backstage-plugin-fettle-react';
import { useState, type FormEvent } from 'react';
import { fettleTranslationRef } from '../../translation';
import { CampaignFields } from './CampaignFields';
import { emptyForm, toRequest } from './campaignForm';

const useStyles = makeStyles(
  theme => ({
    content: { display: 'grid', gap: theme.spacing(2) },
    what: { margin: 0, color: theme.palette.text.secondary },
    button: { textTransform: 'none' },
  }),
  { name: 'FettleNewCampaign' },
);

/** Asks what is rolled out where, and how; makes a draft of it. */
export function NewCampaignDialog(props: {
  /** Chosen before; may be empty. */
  playbookId: string;
  onClose: () => void;
  onMade: (campaign: Campaign) => void;
}) {
  const { onClose, onMade } = props;
  const classes = useStyles();
  const api = useApi(fettleAutomationApiRef);
  const { t } = useTranslationRef(fettleTranslationRef);
  const [form, setForm] = useState(() => emptyForm(props.playbookId));
  const { value: playbooks, error: unread } = useLivePlaybooks();
  const { busy, error, run } = useTask();
  const request = toRequest(form);

  const make = async (event: FormEvent) => {
    event.preventDefault();
    if (!request || busy) return;
    const made = await run('make', () => api.createCampaign(request));
    if (made) onMade(made);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby="fettle-new-campaign"
    >
      <form onSubmit={make} noValidate>
        <DialogTitle id="fettle-new-campaign">
          {t('campaign.draft.title')}
        </DialogTitle>
        <DialogContent className={classes.content}>
          <p className={classes.what}>{t('campaign.draft.what')}</p>
          <CampaignFields
            form={form}
            playbooks={playbooks?.items.map(({ playbook }) => playbook)}
            onChange={change => setForm(was => ({ ...was, ...change }))}
          />
          {(error ?? (!playbooks && unread)) && (
            <ErrorPanel
              error={(error ?? unread)!}
              permission={campaignManagePermission.name}
            />
          )}
        </DialogContent>
        <DialogActions>
          <Button className={classes.button} onClick={onClose}>
            {t('campaign.draft.cancel')}
          </Button>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            className={classes.button}
            disabled={!request || busy !== undefined}
          >
            {t(busy ? 'campaign.draft.making' : 'campaign.draft.make')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
