// A means that a platform lacks.

/** Thrown where a job asks for such a means; `message` names it, as in "list of open descriptors". */
export class PlatformCannot extends Error {}
