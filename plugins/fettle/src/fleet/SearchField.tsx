import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import InputBase from '@material-ui/core/InputBase';
import { makeStyles } from '@material-ui/core/styles';
import { tones } from 'backstage-plugin-fettle-react';
import { useEffect, useRef, useState } from 'react';
import { fettleTranslationRef } from '../translation';

const PAUSE_MS = 200;

const useStyles = makeStyles(
  theme => ({
    root: {
      flex: '1 1 180px',
      maxWidth: 320,
      height: 32,
      padding: theme.spacing(0, 1.25),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 6,
      background: theme.palette.background.paper,
      fontSize: '0.875rem',
    },
    focused: { boxShadow: `0 0 0 2px ${tones(theme).accent}` },
  }),
  { name: 'FettleSearchField' },
);

/** Searches when typing pauses. */
export function SearchField(props: {
  value: string;
  onChange: (value: string) => void;
}) {
  const { value, onChange } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const [text, setText] = useState(value);
  const sent = useRef(value);
  useEffect(() => {
    // Only what came from elsewhere (a link, "clear") replaces what is typed.
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    if (text === sent.current) return undefined;
    const timer = setTimeout(() => {
      sent.current = text;
      onChange(text);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, onChange]);
  return (
    <InputBase
      type="search"
      classes={{ root: classes.root, focused: classes.focused }}
      placeholder={t('filter.search')}
      inputProps={{ 'aria-label': t('filter.search'), maxLength: 200 }}
      value={text}
      onChange={event => setText(event.target.value)}
    />
  );
}
