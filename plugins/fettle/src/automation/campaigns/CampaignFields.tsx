import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField, { type TextFieldProps } from '@material-ui/core/TextField';
import type { Playbook } from 'backstage-plugin-fettle-common';
import { StatusIcon } from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../../translation';
import { readMost, type CampaignForm } from './campaignForm';
import { parseWaves } from './parseWaves';

const useStyles = makeStyles(
  theme => ({
    group: {
      margin: 0,
      padding: 0,
      border: 0,
      display: 'grid',
      gap: theme.spacing(1.5),
      gridTemplateColumns: 'repeat(auto-fit, minmax(220px, 1fr))',
      minWidth: 0,
    },
    legend: { padding: theme.spacing(0, 0, 1.5), fontWeight: 600 },
    wide: { gridColumn: '1 / -1' },
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
  }),
  { name: 'FettleCampaignFields' },
);

/** The fields of a new campaign, each with what it takes. */
export function CampaignFields(props: {
  form: CampaignForm;
  /** Undefined while they are read. */
  playbooks: readonly Playbook[] | undefined;
  onChange: (change: Partial<CampaignForm>) => void;
}) {
  const { form, playbooks, onChange } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const chosen = playbooks?.find(({ id }) => id === form.playbookId);
  const field = (key: keyof CampaignForm): TextFieldProps => ({
    id: `campaign-${key}`,
    variant: 'outlined',
    size: 'small',
    value: form[key],
    onChange: event => onChange({ [key]: event.target.value }),
  });
  const wrongWaves = parseWaves(form.waves) === undefined;
  const wrongMost = readMost(form.most) === undefined;
  return (
    <>
      <TextField
        {...field('title')}
        required
        label={t('campaign.draft.name')}
        inputProps={{ maxLength: 200 }}
      />
      <TextField
        {...field('playbookId')}
        select
        required
        label={t('campaign.draft.playbook')}
        value={chosen ? form.playbookId : ''}
        helperText={
          chosen?.level === 'observe' ? (
            <>
              <StatusIcon status="warn" /> {t('campaign.draft.observes')}
            </>
          ) : undefined
        }
      >
        {(playbooks ?? []).map(({ id, title }) => (
          <MenuItem key={id} value={id}>
            {title}
          </MenuItem>
        ))}
        {playbooks?.length === 0 && (
          <MenuItem disabled value="">
            {t('campaign.draft.noPlaybook')}
          </MenuItem>
        )}
      </TextField>
      <fieldset className={classes.group}>
        <legend className={classes.legend}>{t('campaign.draft.scope')}</legend>
        <div className={`${classes.wide} ${classes.quiet}`}>
          {t('campaign.draft.scopeHint')}
        </div>
        {(['repositories', 'owners', 'systems', 'when'] as const).map(key => (
          <TextField
            key={key}
            {...field(key)}
            label={t(`campaign.draft.${key}`)}
            helperText={t(`campaign.draft.${key}Hint`)}
          />
        ))}
      </fieldset>
      <fieldset className={classes.group}>
        <legend className={classes.legend}>
          {t('campaign.draft.rollOut')}
        </legend>
        <TextField
          {...field('waves')}
          className={classes.wide}
          label={t('campaign.draft.waves')}
          error={wrongWaves}
          helperText={t(
            wrongWaves
              ? 'campaign.draft.wavesWrong'
              : 'campaign.draft.wavesHint',
          )}
        />
        <TextField {...field('order')} select label={t('campaign.draft.order')}>
          {(['name', 'dependencies'] as const).map(order => (
            <MenuItem key={order} value={order}>
              {t(`campaign.order.${order}`)}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          {...field('most')}
          label={t('campaign.draft.most')}
          error={wrongMost}
          helperText={t(
            wrongMost ? 'campaign.draft.mostWrong' : 'campaign.draft.mostHint',
          )}
          inputProps={{ inputMode: 'decimal' }}
        />
      </fieldset>
    </>
  );
}
