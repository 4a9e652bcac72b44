import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { ActionView } from 'backstage-plugin-fettle-common';
import { StatusIcon } from '../widgets/StatusIcon';
import { tones } from '../widgets/tones';
import { fettleReactTranslationRef } from '../widgets/translation';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    item: {
      display: 'grid',
      gap: theme.spacing(0.5),
      padding: theme.spacing(1, 2),
      borderTop: `1px solid ${theme.palette.divider}`,
      overflowWrap: 'anywhere',
    },
    marks: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0, 1.5),
      fontSize: '0.8125rem',
      color: theme.palette.text.secondary,
    },
    destructive: { color: tones(theme).bad },
    values: {
      display: 'grid',
      gridTemplateColumns: 'auto minmax(0, 1fr)',
      gap: theme.spacing(0.25, 1),
      margin: 0,
      fontSize: '0.8125rem',
      '& dt': { color: theme.palette.text.secondary },
      '& dd': { margin: 0 },
    },
    value: {
      margin: 0,
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace',
      fontSize: '0.75rem',
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'FettleActionList' },
);

/** What a step says of before and after is up to it: words as they are, all else as JSON. */
function inWords(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/**
 * What would be done besides files, with what was there before and what is
 * there after it.
 *
 * @public
 */
export function ActionList(props: { actions: readonly ActionView[] }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  return (
    <ol className={classes.list}>
      {props.actions.map((action, index) => {
        const { summary, uses, phase, destructive, reversible } = action;
        const sides = [
          [t('automation.action.before'), inWords(action.before)],
          [t('automation.action.after'), inWords(action.after)],
        ] as const;
        return (
          <li key={index} className={classes.item}>
            <span>{summary}</span>
            <span className={classes.marks}>
              <code>{uses}</code>
              <span>{t(`automation.action.phase.${phase}`)}</span>
              {destructive && (
                <span className={classes.destructive}>
                  <StatusIcon status="warn" />{' '}
                  {t('automation.action.destructive')}
                </span>
              )}
              <span>
                {t(
                  reversible
                    ? 'automation.action.reversible'
                    : 'automation.action.irreversible',
                )}
              </span>
            </span>
            {sides.some(([, value]) => value !== undefined) && (
              <dl className={classes.values}>
                {sides.map(([name, value]) => (
                  <Side key={name} name={name} value={value} />
                ))}
              </dl>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function Side(props: { name: string; value: string | undefined }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  return (
    <>
      <dt>{props.name}</dt>
      <dd>
        <pre className={classes.value}>
          {props.value ?? t('automation.action.nothing')}
        </pre>
      </dd>
    </>
  );
}
