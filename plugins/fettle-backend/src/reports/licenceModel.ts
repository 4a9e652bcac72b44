import { Contrib, SPDX, type Models } from '@cyclonedx/cyclonedx-library';

const factory = new Contrib.License.Factories.LicenseFactory(text => {
  if (!isExpression(text)) throw new Error(`${text} is no expression of SPDX.`);
});

/** A licence as CycloneDX has it: by its id or as an expression of SPDX, else by its name. */
export function licenceModel(text: string): Models.License {
  return factory.makeFromString(text);
}

/** Annex D of SPDX 2.3. */
function isExpression(text: string): boolean {
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  let depth = 0;
  let before = 'AND';
  for (const token of tokens) {
    const wants = before === '(' || before === 'AND' || before === 'OR';
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (before === 'WITH') {
      if (!/^[\w.-]+$/.test(token)) return false;
      before = 'exception';
    } else if (wants) {
      if (token !== '(' && !isLicence(token)) return false;
      before = token === '(' ? '(' : 'licence';
    } else {
      const follows =
        ['AND', 'OR', ')'].includes(token) ||
        (token === 'WITH' && before === 'licence');
      if (!follows || depth < 0) return false;
      before = token;
    }
  }
  return depth === 0 && ['licence', 'exception', ')'].includes(before);
}

function isLicence(token: string): boolean {
  return (
    SPDX.fixupSpdxId(token.replace(/\+$/, '')) !== undefined ||
    /^(DocumentRef-[\w.-]+:)?LicenseRef-[\w.-]+$/.test(token)
  );
}
