// The files of the SDK are copies: a copy that differs from the installed kit's is named, with the file to copy.
import { sdkDriftTests } from 'mvas-kit/vitest';

sdkDriftTests();
