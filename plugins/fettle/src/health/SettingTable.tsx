import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Drift } from 'backstage-plugin-fettle-common';
import { fettleTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      width: '100%',
      borderCollapse: 'collapse',
      fontSize: '0.8125rem',
      '& th': {
        textAlign: 'left',
        fontWeight: 400,
        color: theme.palette.text.secondary,
      },
      '& th, & td': {
        padding: theme.spacing(0.25, 1, 0.25, 0),
        verticalAlign: 'top',
        overflowWrap: 'anywhere',
      },
      '& code': {
        fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace',
      },
    },
  }),
  { name: 'FettleSettingTable' },
);

/** Settings of a repository as they are, and as a standard wants them. */
export function SettingTable(props: { settings: Drift['settings'] }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const value = (is: unknown) =>
    is === undefined || is === null ? (
      t('standard.nothingSet')
    ) : (
      <code>{typeof is === 'string' ? is : JSON.stringify(is)}</code>
    );
  return (
    <table className={classes.root}>
      <thead>
        <tr>
          <th scope="col">{t('standard.setting')}</th>
          <th scope="col">{t('standard.is')}</th>
          <th scope="col">{t('standard.should')}</th>
        </tr>
      </thead>
      <tbody>
        {props.settings.map(({ name, is, should }) => (
          <tr key={name}>
            <td>
              <code>{name}</code>
            </td>
            <td>{value(is)}</td>
            <td>{value(should)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
