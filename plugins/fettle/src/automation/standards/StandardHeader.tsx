import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { DriftPage } from 'backstage-plugin-fettle-common';
import {
  LiveMark,
  PlaceLink,
  type LiveState,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../../translation';
import { scopeWords } from '../campaigns/scopeWords';
import { AdoptionBar } from './AdoptionBar';
import { RollOutLink } from './RollOutLink';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(1),
      padding: theme.spacing(1.5, 2),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 8,
      background: theme.palette.background.paper,
      overflowWrap: 'anywhere',
    },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      justifyContent: 'space-between',
      gap: theme.spacing(0.5, 2),
    },
    title: { margin: 0, fontSize: '1.125rem', fontWeight: 600 },
    quiet: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.25, 2),
      fontSize: '0.8125rem',
      color: theme.palette.text.secondary,
    },
    what: { margin: 0, maxWidth: 720 },
    strategy: {
      fontSize: '0.8125rem',
      color: theme.palette.text.secondary,
    },
    parts: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.25, 2),
      margin: 0,
      padding: 0,
      listStyle: 'none',
      '& code': {
        fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace',
        fontSize: '0.8125rem',
      },
    },
    aside: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0, 2),
      fontSize: '0.8125rem',
    },
  }),
  { name: 'FettleStandardHeader' },
);

/** What a standard asks for, where it is written, and how far it is followed. */
export function StandardHeader(props: {
  page: DriftPage;
  live: LiveState;
  onRetry: () => void;
}) {
  const { page, live, onRetry } = props;
  const { standard, counts } = page;
  const { files, settings, origin } = standard;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const scope = scopeWords(standard.scope);
  return (
    <section className={classes.root} aria-label={standard.title}>
      <div className={classes.line}>
        <h2 className={classes.title}>{standard.title}</h2>
        <span className={classes.aside}>
          {counts.drifted > 0 && <RollOutLink standardId={standard.id} />}
          <LiveMark live={live} onRetry={onRetry} />
        </span>
      </div>
      {standard.description && (
        <p className={classes.what}>{standard.description}</p>
      )}
      <AdoptionBar counts={counts} />
      <ul className={classes.parts} aria-label={t('standard.about')}>
        {files.map(({ path, strategy }) => (
          <li key={path}>
            <PlaceLink path={path} />{' '}
            <span className={classes.strategy}>{strategy}</span>
          </li>
        ))}
        {settings.map(name => (
          <li key={name}>
            <code>{name}</code>
          </li>
        ))}
      </ul>
      <div className={classes.quiet}>
        <span>{t('standard.version', { version: standard.version })}</span>
        <span>{scope ? <code>{scope}</code> : t('automation.everywhere')}</span>
        <span>
          {origin.kind !== 'built-in' && <>{t('standard.origin')} </>}
          {origin.kind === 'repository' && origin.path ? (
            <>
              {origin.repository} <PlaceLink path={origin.path} />
              {origin.commit && (
                <>
                  {' @ '}
                  <code>{origin.commit.slice(0, 7)}</code>
                </>
              )}
            </>
          ) : (
            t(
              `automation.origin.${
                origin.kind === 'repository' ? 'file' : origin.kind
              }`,
            )
          )}
        </span>
      </div>
    </section>
  );
}
