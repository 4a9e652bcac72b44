import { APACHE_2 } from './apache2';
import { BSD_2 } from './bsd2';
import { BSD_3 } from './bsd3';
import { ISC } from './isc';
import { MIT } from './mit';
import { MPL_2 } from './mpl2';

const TEXTS = {
  'Apache-2.0': APACHE_2,
  'BSD-2-Clause': BSD_2,
  'BSD-3-Clause': BSD_3,
  ISC,
  MIT,
  'MPL-2.0': MPL_2,
};

/** SPDX ids of licences whose text is known here. */
export const LICENCES = Object.keys(TEXTS) as (keyof typeof TEXTS)[];

/** The whole text of a licence, with who holds the rights where it says so. */
export function licenceText(
  id: keyof typeof TEXTS,
  { holder, year }: { holder: string; year: number },
): string {
  return TEXTS[id]
    .replace('<year>', () => String(year))
    .replace('<holder>', () => holder);
}
