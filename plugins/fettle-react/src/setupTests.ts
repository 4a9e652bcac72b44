import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// The test app brings the whole portal's code with it; a busy machine needs
// longer than the second and the five seconds that are the defaults.
jest.setTimeout(180_000);
configure({ asyncUtilTimeout: 15_000 });
