import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { TextButton } from 'backstage-plugin-fettle-react';
import { fettleSecurityTranslationRef } from './translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      borderTop: `1px solid ${theme.palette.divider}`,
      padding: theme.spacing(0.5, 1.25),
      color: theme.palette.text.secondary,
      fontSize: '0.8125rem',
    },
  }),
  { name: 'FettleMoreRows' },
);

/** Says that a list goes on, by how many rows where that is known, and shows the next of them. */
export function MoreRows(props: { left?: number; onMore: () => void }) {
  const { left, onMore } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  return (
    <div className={classes.root}>
      <TextButton color="primary" onClick={onMore}>
        {t('components.more')}
      </TextButton>
      {left !== undefined && t('components.left', { n: String(left) })}
    </div>
  );
}
