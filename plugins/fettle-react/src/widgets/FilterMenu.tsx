import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { tones } from './tones';
import { fettleReactTranslationRef } from './translation';

/**
 * One choice of a filter.
 *
 * @public
 */
export interface FilterOption<T extends string> {
  value: T;
  label: string;
  /** How many rows it leaves, where that is known. */
  count?: number;
}

const useStyles = makeStyles(
  theme => ({
    button: {
      height: 32,
      borderRadius: 6,
      background: theme.palette.background.paper,
      textTransform: 'none',
      fontWeight: 400,
      maxWidth: 280,
      '& .MuiButton-label': {
        overflow: 'hidden',
        whiteSpace: 'nowrap',
        textOverflow: 'ellipsis',
        display: 'block',
      },
    },
    chosen: { boxShadow: `inset 0 0 0 1px ${tones(theme).accent}` },
    paper: { maxHeight: 400, minWidth: 200 },
    item: { gap: theme.spacing(1), fontSize: '0.875rem' },
    mark: { width: '1em', flex: 'none' },
    label: {
      flex: 1,
      minWidth: 0,
      overflowWrap: 'anywhere',
      whiteSpace: 'normal',
    },
    count: {
      color: theme.palette.text.secondary,
      fontVariantNumeric: 'tabular-nums',
      paddingLeft: theme.spacing(2),
    },
  }),
  { name: 'FettleFilterMenu' },
);

/**
 * A filter as a button that names what is chosen, with a menu of choices.
 *
 * @public
 */
export function FilterMenu<T extends string>(props: {
  label: string;
  options: readonly FilterOption<T>[];
  selected: readonly T[];
  /** Undefined where nothing is chosen. */
  onSelect: (selected: T[] | undefined) => void;
  /** At most one choice. */
  single?: boolean;
}) {
  const { label, options, selected, onSelect, single } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const named = selected.map(
    value => options.find(option => option.value === value)?.label ?? value,
  );
  const more = named.length - 1;
  const summary =
    named.length === 0
      ? label
      : `${label}: ${named[0]}${
          more > 0 ? ` ${t('filter.more', { n: String(more) })}` : ''
        }`;

  const choose = (value: T) => {
    const without = selected.filter(other => other !== value);
    const removed = without.length < selected.length;
    let next: T[] = removed ? without : [...without, value];
    if (single) next = removed ? [] : [value];
    onSelect(next.length > 0 ? next : undefined);
    if (single) setAnchor(null);
  };

  return (
    <>
      <Button
        size="small"
        variant="outlined"
        className={`${classes.button} ${
          selected.length > 0 ? classes.chosen : ''
        }`}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={event => setAnchor(event.currentTarget)}
      >
        {summary} <span aria-hidden="true">▾</span>
      </Button>
      <Menu
        anchorEl={anchor}
        getContentAnchorEl={null}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        open={anchor !== null}
        onClose={() => setAnchor(null)}
        MenuListProps={{ 'aria-label': label, dense: true }}
        classes={{ paper: classes.paper }}
      >
        {options.length === 0 && (
          <MenuItem disabled>{t('filter.none')}</MenuItem>
        )}
        {options.map(option => (
          <MenuItem
            key={option.value}
            role={single ? 'menuitemradio' : 'menuitemcheckbox'}
            aria-checked={selected.includes(option.value)}
            className={classes.item}
            onClick={() => choose(option.value)}
          >
            <span className={classes.mark} aria-hidden="true">
              {selected.includes(option.value) ? '✓' : ''}
            </span>
            <span className={classes.label}>{option.label}</span>
            {option.count !== undefined && (
              <span className={classes.count}>{option.count}</span>
            )}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
