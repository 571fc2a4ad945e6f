// One test for each image of test/expected_results.json: decision, scores, map, boxes and picture as they were recorded.
import { goldenTests } from 'mvas-kit/vitest';

await goldenTests();
