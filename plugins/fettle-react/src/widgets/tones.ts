import {
  darken,
  getContrastRatio,
  lighten,
} from '@material-ui/core/styles/colorManipulator';
import type { Theme } from '@material-ui/core/styles';

/**
 * What a colour means. A tone is never the only carrier of its meaning: a shape
 * and a word come first.
 *
 * @public
 */
export type Tone = 'good' | 'warn' | 'bad' | 'unknown' | 'accent';

interface StatusPalette {
  ok: string;
  warning: string;
  error: string;
}

const FALLBACK: StatusPalette = {
  ok: '#1DB954',
  warning: '#FF9800',
  error: '#E22134',
};

/**
 * The colour nearest to `colour` that text can have on every one of
 * `backgrounds`: WCAG 2.2, 1.4.3 asks for a contrast of 4.5.
 *
 * @public
 */
export function readableOn(
  colour: string,
  backgrounds: readonly string[],
  ratio = 4.5,
): string {
  const enough = (candidate: string) =>
    backgrounds.every(
      background => getContrastRatio(candidate, background) >= ratio,
    );
  if (enough(colour)) return colour;
  const onDark = backgrounds.every(
    background => getContrastRatio('#fff', background) >= ratio,
  );
  for (let step = 1; step <= 20; step += 1) {
    const candidate = onDark
      ? lighten(colour, step / 20)
      : darken(colour, step / 20);
    if (enough(candidate)) return candidate;
  }
  return onDark ? '#fff' : '#000';
}

const known = new WeakMap<Theme, Record<Tone, string>>();

/**
 * The colours of the tones in a theme, taken from the theme's own status
 * palette and moved until they can be read on it.
 *
 * @public
 */
export function tones(theme: Theme): Record<Tone, string> {
  const cached = known.get(theme);
  if (cached) return cached;
  const { palette } = theme;
  const status: Partial<StatusPalette> =
    'status' in palette ? (palette.status as Partial<StatusPalette>) : {};
  const backgrounds = [palette.background.paper, palette.background.default];
  const made: Record<Tone, string> = {
    good: readableOn(status.ok ?? FALLBACK.ok, backgrounds),
    warn: readableOn(status.warning ?? FALLBACK.warning, backgrounds),
    bad: readableOn(status.error ?? FALLBACK.error, backgrounds),
    unknown: readableOn(
      palette.type === 'dark' ? '#b0b5bd' : '#5f656e',
      backgrounds,
    ),
    accent: readableOn(palette.primary.main, backgrounds),
  };
  known.set(theme, made);
  return made;
}

/**
 * The hatching of everything unknown, as a CSS background.
 *
 * @public
 */
export function hatching(theme: Theme): string {
  const line = tones(theme).unknown;
  return `repeating-linear-gradient(-45deg, ${line} 0 1px, transparent 1px 5px)`;
}
