/** A licence by words that are in it and in no other licence above it. */
const LICENCES: { id: string; has: RegExp }[] = [
  { id: 'AGPL-3.0', has: /gnu affero general public license version 3/ },
  { id: 'LGPL-3.0', has: /gnu lesser general public license version 3/ },
  { id: 'LGPL-2.1', has: /gnu lesser general public license version 2\.1/ },
  { id: 'GPL-3.0', has: /gnu general public license version 3/ },
  { id: 'GPL-2.0', has: /gnu general public license version 2/ },
  { id: 'Apache-2.0', has: /apache license,? version 2\.0/ },
  { id: 'MPL-2.0', has: /mozilla public license,? version 2\.0/ },
  { id: 'EPL-2.0', has: /eclipse public license - v 2\.0/ },
  { id: 'EUPL-1.2', has: /european union public licence v\. 1\.2/ },
  { id: 'BUSL-1.1', has: /business source license 1\.1/ },
  { id: 'BlueOak-1.0.0', has: /blue oak model license version 1\.0\.0/ },
  { id: 'BSL-1.0', has: /boost software license - version 1\.0/ },
  {
    id: 'Unlicense',
    has: /this is free and unencumbered software released into the public domain/,
  },
  { id: 'CC0-1.0', has: /cc0 1\.0 universal/ },
  { id: 'CC-BY-4.0', has: /creative commons attribution 4\.0/ },
  { id: 'CC-BY-SA-4.0', has: /creative commons attribution-sharealike 4\.0/ },
  {
    id: 'Zlib',
    has: /this software is provided 'as-is', without any express or implied warranty/,
  },
  {
    id: '0BSD',
    has: /permission to use, copy, modify, and\/or distribute this software for any purpose with or without fee is hereby granted\. the software/,
  },
  {
    id: 'ISC',
    has: /permission to use, copy, modify, and(\/or)? distribute this software for any purpose with or without fee is hereby granted/,
  },
  {
    id: 'MIT',
    has: /permission is hereby granted, free of charge, to any person obtaining a copy of this software/,
  },
  {
    id: 'BSD-3-Clause',
    has: /redistribution and use in source and binary forms[\s\S]*neither the name of/,
  },
  {
    id: 'BSD-3-Clause',
    has: /redistribution and use in source and binary forms[\s\S]*may not be used to endorse/,
  },
  {
    id: 'BSD-2-Clause',
    has: /redistribution and use in source and binary forms/,
  },
];

/** The SPDX id of a licence text, where its words give it away; null says nothing about the text's worth. */
export function recogniseLicence(text: string): string | null {
  const flat = text
    .slice(0, 32 * 1024)
    .toLocaleLowerCase('en-US')
    .replace(/[‘’`]/g, "'")
    .replace(/[*_#>=|]+/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ,/g, ',');
  // Licences name each other in their later sections, so that the first one named is the one.
  const found = LICENCES.map(({ id, has }) => ({ id, at: flat.search(has) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  return found[0]?.id ?? null;
}
