// The build drivers, in the order in which a project is tried.
import type { Driver } from '../driver.ts';
import { cargo } from './cargo.ts';
import { cmake } from './cmake.ts';

/** One line a driver. */
export const drivers: readonly Driver[] = [cmake, cargo];
