import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { alpha, makeStyles } from '@material-ui/core/styles';
import { Fragment } from 'react';
import { tones } from '../widgets/tones';
import { fettleReactTranslationRef } from '../widgets/translation';
import type { DiffHunk, DiffLine } from './parseDiff';

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    const dark = theme.palette.type === 'dark';
    const side = (colour: string) => ({
      background: alpha(colour, dark ? 0.16 : 0.1),
      '& $sign': { color: colour, boxShadow: `inset 3px 0 0 ${colour}` },
      '& mark': { background: alpha(colour, dark ? 0.42 : 0.28) },
    });
    return {
      table: {
        width: '100%',
        borderCollapse: 'collapse',
        fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace',
        fontSize: '0.75rem',
        lineHeight: 1.6,
        '& td': { padding: 0, verticalAlign: 'top' },
        '& mark': { color: 'inherit', borderRadius: 2 },
        '& ins, & del': { textDecoration: 'none' },
      },
      number: {
        minWidth: '3.4em',
        textAlign: 'right',
        padding: '0 0.8em !important',
        whiteSpace: 'nowrap',
        color: theme.palette.text.secondary,
        userSelect: 'none',
        // Drawn, not written: who copies lines does not get numbers.
        '&::before': { content: 'attr(data-line)' },
        [theme.breakpoints.down('xs')]: {
          minWidth: '2.4em',
          padding: '0 0.5em !important',
        },
      },
      before: { [theme.breakpoints.down('xs')]: { display: 'none' } },
      sign: {
        minWidth: '1.8em',
        padding: '0 0.6em !important',
        textAlign: 'center',
        userSelect: 'none',
        fontWeight: 700,
        '&::before': { content: 'attr(data-sign)' },
      },
      code: {
        // All that numbers and signs leave.
        width: '100%',
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
        tabSize: 4,
        paddingRight: `${theme.spacing(1.5)}px !important`,
      },
      same: {},
      added: side(tone.good),
      removed: side(tone.bad),
      hunk: {
        color: theme.palette.text.secondary,
        background: alpha(theme.palette.text.primary, 0.03),
        borderTop: `1px solid ${theme.palette.divider}`,
        '& td': { padding: theme.spacing(0.25, 1.5) },
      },
    };
  },
  { name: 'FettleDiffLines' },
);

const SIGNS = { same: '', added: '+', removed: '−' } as const;

/** The lines of a diff with their numbers on both sides. */
export function DiffLines(props: { hunks: readonly DiffHunk[]; most: number }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  let left = props.most;
  return (
    <table className={classes.table}>
      <tbody>
        {props.hunks.map((hunk, index) => {
          const lines = hunk.lines.slice(0, Math.max(0, left));
          left -= hunk.lines.length;
          if (lines.length === 0) return null;
          return (
            <Fragment key={index}>
              <tr className={classes.hunk}>
                <td colSpan={4}>
                  {t('automation.diff.line', {
                    n: String(hunk.after || hunk.before),
                  })}
                  {hunk.context && ` · ${hunk.context}`}
                </td>
              </tr>
              {lines.map((line, at) => (
                <tr
                  key={at}
                  className={classes[line.kind]}
                  data-kind={line.kind}
                >
                  <td
                    className={`${classes.number} ${classes.before}`}
                    data-line={line.before ?? ''}
                  />
                  <td className={classes.number} data-line={line.after ?? ''} />
                  <td className={classes.sign} data-sign={SIGNS[line.kind]} />
                  <td className={classes.code}>
                    <Code line={line} />
                  </td>
                </tr>
              ))}
              {hunk.noNewline && lines.length === hunk.lines.length && (
                <tr className={classes.hunk}>
                  <td colSpan={4}>{t('automation.diff.noNewline')}</td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

function Code({ line }: { line: DiffLine }) {
  const { kind, text, changed } = line;
  const [from, to] = changed ?? [0, 0];
  const marked =
    to > from ? (
      <>
        {text.slice(0, from)}
        <mark>{text.slice(from, to)}</mark>
        {text.slice(to)}
      </>
    ) : (
      text
    );
  if (kind === 'added') return <ins>{marked}</ins>;
  if (kind === 'removed') return <del>{marked}</del>;
  return <>{marked}</>;
}
