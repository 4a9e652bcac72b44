import { questionOf } from './questionOf';

describe('questionOf', () => {
  it.each([
    ['fleet', {}],
    ['8f3a', { repository: '8f3a' }],
    ['pipelines', { of: 'runs' }],
    ['pipelines:8f3a', { of: 'runs', repository: '8f3a' }],
    ['security', { of: 'findings' }],
    ['security:8f3a', { of: 'findings', repository: '8f3a' }],
    ['sources', { of: 'sources' }],
    ['automation', { of: 'automation' }],
    ['automation:8f3a', { of: 'automation', repository: '8f3a' }],
    ['campaign:c1', { of: 'automation' }],
  ])('asks for what hints of %s are about', (scope, question) => {
    expect(questionOf(scope)).toEqual(question);
  });
});
