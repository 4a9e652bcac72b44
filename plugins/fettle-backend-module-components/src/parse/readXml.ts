import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { Unreadable } from '../Format';

/**
 * A document in XML, with attributes as if they were elements, and everything
 * as text. Entities are never expanded: a file of a repository may define any.
 *
 * @param lists elements that are lists, also where there is one
 */
export function readXml(text: string, lists: ReadonlySet<string>): any {
  const valid = XMLValidator.validate(text);
  if (valid !== true) {
    throw new Unreadable(`It is no XML, in line ${valid.err.line}.`);
  }
  const parser = new XMLParser({
    ...{ processEntities: false, parseTagValue: false, trimValues: true },
    ...{ ignoreAttributes: false, attributeNamePrefix: '' },
    parseAttributeValue: false,
    isArray: name => lists.has(name),
  });
  try {
    return parser.parse(text);
  } catch {
    throw new Unreadable('It has external entities, or is nested too deep.');
  }
}
