/** Folders of tests and of what tests read: what lies there is wrong on purpose. */
export const TEST_FOLDERS =
  '**/{test,tests,t,__tests__,spec,specs,testsuite,testsuites,testing,testdata,test-data,test_data,test-cases,test_cases,fixture,fixtures,__fixtures__,test-fixtures,testfixtures,snapshots,__snapshots__,mock,mocks,__mocks__,e2e,mdtest}/**';

/** Test files by their names in common languages. */
export const TEST_FILES =
  '**/{*.test.*,*.tests.*,*.spec.*,*_test.*,*_tests.*,*_spec.*,*-test.*,test_*.*,*Test.java,*Tests.java,*Test.kt,*Tests.cs,*Test.php,*.snap}';

/** Folders that hold the work of others. */
export const VENDOR_FOLDERS =
  '**/{vendor,vendored,third_party,third-party,thirdparty,external,extern,deps}/**';

/** Folders of samples, made to be copied. */
export const SAMPLE_FOLDERS =
  '**/{example,examples,sample,samples,demo,demos,template,templates,template-*,*-template,*_template,create-*-templates,playground,playgrounds,sandbox,sandboxes,starter,starters,boilerplate,skeleton,skeletons,cookiecutter*,docs_src}/**';

/** Folders of measurements, which are run by hand. */
export const BENCHMARK_FOLDERS =
  '**/{bench,benches,benchmark,benchmarks,perf}/**';
