import { nameOf } from './nameOf';

it.each([
  ['user:default/guest', 'guest'],
  ['user:acme/elif', 'elif'],
  ['external:pager', 'external:pager'],
  ['fettle', 'fettle'],
])('%s is told as %s', (actor, name) => {
  expect(nameOf(actor)).toBe(name);
});
