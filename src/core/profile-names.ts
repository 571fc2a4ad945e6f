// The profiles by which a plugin is held against the contract: reports carry their names, trust policies demand them.

/** The names, mildest first: what passes one passes all before it. */
export const profileNames = ['basic', 'standard', 'strict'] as const;

/** Name of a profile. */
export type ProfileName = (typeof profileNames)[number];
