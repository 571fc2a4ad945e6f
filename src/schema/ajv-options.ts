// How schemas are compiled, ahead and at run time.

/** All errors at once, with what they are about, and no keyword that is not known. */
export const ajvOptions = { allErrors: true, strict: true, allowUnionTypes: true, verbose: true } as const;
