// The profiles by which a plugin is held against the contract: reports carry their names, trust policies demand them.

/** Name of a profile. */
export type ProfileName = 'basic' | 'standard' | 'strict';

/** The names, mildest first: what passes one passes all before it. */
export const profileNames = ['basic', 'standard', 'strict'] as const satisfies readonly ProfileName[];
