// A means that a platform lacks: the check is skipped by name there.

/** Thrown where a check asks for such a means; `message` names it. */
export class PlatformCannot extends Error {}
