import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';
import type { RegistryKind } from '../RegistryKind';

const NAME = /^[\w-]+(?:\.[\w-]+)*:[\w-][\w.-]*$/;

const schema = z.object({
  metadata: z.object({
    versioning: z.object({
      versions: z.object({ version: z.array(z.string()) }),
    }),
  }),
});

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: false,
  isArray: (name: string) => name === 'version',
});

/** https://maven.apache.org/ref/current/maven-repository-metadata/; it does not tell when a version was published. */
export const maven: RegistryKind = {
  id: 'maven',
  title: 'Maven repository',
  ecosystem: 'Maven',
  baseUrl: 'https://repo.maven.apache.org/maven2',
  isName: name => NAME.test(name),
  async read(api, name) {
    const [group, artifact] = name.split(':');
    const folder = `${group.replaceAll('.', '/')}/${artifact}`;
    const text = await api.text(`${folder}/maven-metadata.xml`);
    if (XMLValidator.validate(text) !== true) {
      throw api.odd('text that is not XML');
    }
    const { metadata } = api.check(schema, parser.parse(text));
    return metadata.versioning.versions.version.map(version => ({ version }));
  },
};
