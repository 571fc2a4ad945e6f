// One test for each rule of the plugin interface, run against the built library in the strict profile.
import { conformanceTests } from 'mvas-kit/vitest';

await conformanceTests();
