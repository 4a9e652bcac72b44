import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { useEffect, useState } from 'react';
import { TextButton } from './TextButton';
import { fettleReactTranslationRef } from './translation';
import { VisuallyHidden } from './VisuallyHidden';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      alignItems: 'flex-start',
      gap: theme.spacing(1),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      background: theme.palette.background.default,
      padding: theme.spacing(1, 1, 1, 1.5),
      maxWidth: 720,
    },
    text: {
      flex: 1,
      minWidth: 0,
      margin: 0,
      padding: theme.spacing(0.5, 0),
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace',
      fontSize: '0.8125rem',
      lineHeight: 1.5,
    },
  }),
  { name: 'FettleCopyableConfig' },
);

/**
 * Lines of an entity or of config, ready to copy.
 *
 * @public
 */
export function CopyableConfig(props: { text: string }) {
  const { text } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  // Absent on pages that are not served securely; the text can be selected.
  const { clipboard } = window.navigator;
  return (
    <div className={classes.root}>
      <pre className={classes.text}>{text}</pre>
      {clipboard && (
        <TextButton
          variant="outlined"
          onClick={() => {
            clipboard.writeText(text).then(
              () => setCopied(true),
              () => setCopied(false),
            );
          }}
        >
          {t(copied ? 'config.copied' : 'config.copy')}
        </TextButton>
      )}
      {/* Inside of the button it would take the name from it. */}
      <VisuallyHidden>
        <span role="status">{copied ? t('config.copied') : ''}</span>
      </VisuallyHidden>
    </div>
  );
}
